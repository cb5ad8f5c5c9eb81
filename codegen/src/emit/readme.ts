import type { PackageKind, ServiceNames } from "../ir/naming.ts";
import { propertyName, sampleName } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import { isErrorShape } from "../ir/shape.ts";
import { sampleInput, sampleOutput } from "../samples/operation-sample.ts";
import { emitSample } from "../samples/sample-literal.ts";
import type { SamplePlan } from "../samples/sample-plan.ts";
import type { Code } from "./code.ts";
import { code, printCode } from "./code.ts";
import { firstSentence, readDocumentation } from "./docs.ts";
import { formatExample } from "./format.ts";
import type { PackagePlan, PlannedOperation } from "./package-plan.ts";
import type { GeneratedFile } from "./source-file.ts";

/** The page of a package on npm: what it is, install, first call. Its examples are complete programs. */

export function emitCoreReadme(plan: PackagePlan): GeneratedFile {
  const { names, service, protocol } = plan;
  const { names: operation } = exampleOperation(plan);
  return emitReadme(plan, "core", [
    `The protocol half of a client for ${service.title} (API version ${service.version}): types, errors and one function for each operation over ${protocol.title}. It carries nothing itself: the packages for [Node](https://www.npmjs.com/package/${names.packages.node}) and [the edge](https://www.npmjs.com/package/${names.packages.edge}) have a transport, and they export everything that is here.`,
    "## One operation, one transport",
    "Import just the operation that you call, and a bundler leaves out the rest:",
    emitExample(code`
      import { ${operation.function} } from "${names.packages.core}";
      import { createTransport } from "${names.packages.edge}";

      const transport = createTransport({ region, credentials });
      const result = await ${operation.function}(transport, ${emitInput(plan)});
    `),
    "## Operations",
    emitOperationTable(plan),
    ...emitPages(plan, "core"),
    ...emitWaiters(plan, "core"),
    "## Errors",
    `Every error of the model is a class here, discriminated by \`name\`. \`${operation.guard}\` narrows a caught value to the errors of that operation, and it works across copies of the package and across realms:`,
    emitErrorExample(plan, "core"),
    "Errors of other kinds stay apart: `isTransportError` (time-out, abort, broken connection), `isInvalidInputError` (the input breaks the model and nothing was sent), `isResponseError` (a response that cannot be read) and `isConfigurationError` (options, Region, credentials).",
    ...emitRules(plan),
  ]);
}

export function emitPlatformReadme(plan: PackagePlan, kind: "edge" | "node"): GeneratedFile {
  const { names, service } = plan;
  const { names: operation } = exampleOperation(plan);
  const texts = platformTexts[kind];
  return emitReadme(plan, kind, [
    `A client for ${service.title} ${texts.runsOn}: typed after the model, small, with SigV4, retries and errors that tell what happened.`,
    "## First call",
    emitExample(code`
      import { ${names.client} } from "${names.packages[kind]}";

      const client = new ${names.client}(${texts.options});
      const { $metadata, ...result } = await client.${operation.function}(${emitInput(plan)});
      console.log(result, $metadata.requestId);
    `),
    texts.credentials,
    "## Operations",
    emitOperationTable(plan),
    ...emitPages(plan, kind),
    ...emitWaiters(plan, kind),
    "## Errors",
    emitErrorExample(plan, kind),
    "## Options",
    emitOptionTable(kind),
    ...emitConnections(plan, kind),
    ...emitBundling(kind),
  ]);
}

export function emitMocksReadme(plan: PackagePlan, samples: SamplePlan): GeneratedFile {
  const { names, service } = plan;
  const planned = exampleOperation(plan);
  const { names: operation } = planned;
  const output = emitOutput(planned);
  const input = emitInput(plan);
  const mock = `mock.${operation.function}`;
  const client = code`
    const client = new ${names.client}({
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  `;
  return emitReadme(plan, "mocks", [
    `Mocks of ${service.title} for unit tests, on [msw](https://mswjs.io). They decode what your code sends, check it against the model, and answer in the protocol's own form, whichever client sends it.`,
    "## First test",
    emitExample(code`
      import { ${names.mockFunction} } from "${names.packages.mocks}";
      import { ${names.client} } from "${names.packages.node}";
      import { setupServer } from "msw/node";

      const mock = ${names.mockFunction}();
      const server = setupServer(...mock.handlers);
      server.listen();

      ${mock}.resolves(${output});

      ${client}
      await client.${operation.function}(${input});

      console.log(${mock}.calls[0]?.input);
      server.close();
    `),
    "msw 3 asks for Node 22.12 or later; on Node 20, install `msw@2`. In a browser, give the handlers to `setupWorker` of `msw/browser`; a page that calls AWS needs the package for the edge.",
    "## What a mock does",
    emitMockTable(planned),
    "What is said once comes first, in turn. While a test says nothing, an operation answers with a default that the model allows and that is always the same; `onUnmocked` changes that.",
    emitExample(code`
      import { ${operation.mock} } from "${names.packages.mocks}";
      import { ${names.client} } from "${names.packages.node}";
      import { setupServer } from "msw/node";

      // One operation alone: a bundler leaves out the others.
      const mock = ${operation.mock}();
      const server = setupServer(mock.handler);
      server.listen();

      mock.delays(20);
      mock.networkErrorOnce();
      mock.repliesOnce(() => new Response("<html>down for maintenance</html>", { status: 503 }));
      mock.replies((input, { region, attempt, accessKeyId }) => {
        console.log("got", input, region, attempt, accessKeyId);
        return ${output};
      });

      ${client}
      const { $metadata } = await client.${operation.function}(${input});
      console.log(\`answered after \${$metadata.attempts} attempts\`);
      server.close();
    `),
    "The options of a mock, all of which may be left out:",
    [
      "| option | | default |",
      "| --- | --- | --- |",
      '| `onUnmocked` | `"error"`: an operation that the test says nothing of answers with the error `UnmockedOperation`, which lists what was called | `"default"` |',
      "| `credentials` | whose signatures are right: one identity, several, or a function that finds that of an access key | signatures are not looked at |",
      "| `region` | the Region that requests must be signed for, where signatures are looked at | any |",
      "| `keptCalls` | how many calls of an operation `calls` keeps, the latest ones | all |",
      "| `clock` | a function that gives the service's time, for the `date` of answers and the age of signatures | this machine's |",
    ].join("\n"),
    ...emitSampleSection(plan, samples),
    "## Signatures",
    "With `credentials`, each request has to be signed as the service asks for (Signature Version 4): by someone known, for this service, within 5 minutes of the clock, with the body and the headers that arrived.",
    emitExample(code`
      import { ${names.mockFunction} } from "${names.packages.mocks}";
      import { ${names.client} } from "${names.packages.node}";
      import { setupServer } from "msw/node";

      const mock = ${names.mockFunction}({
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "right" },
        region: "us-east-1",
      });
      const server = setupServer(...mock.handlers);
      server.listen();

      const client = new ${names.client}({
        region: "us-east-1",
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wrong" },
      });
      await client.${operation.function}(${input}).catch((error: Error) => {
        console.log(error.name); // InvalidSignatureException
      });
      server.close();
    `),
    "## What is refused, and how",
    "As by the service, before a test's own answers are looked at. None of these uses up what is said once.",
    [
      "| request | answer |",
      "| --- | --- |",
      "| input that breaks the model, or has members that the model does not know | `ValidationException`, with every problem and its path |",
      "| a body that is not JSON, or has members of other types | `SerializationException` |",
      `| another content type than that of ${plan.protocol.title} | \`UnknownOperationException\`, status 404 |`,
      "| no signature | `MissingAuthenticationTokenException` |",
      "| an incomplete one, or one without a date | `IncompleteSignatureException` |",
      "| another secret, body, header, day, Region or service; too old or too new | `InvalidSignatureException` |",
      "| an access key or session token that nobody has | `UnrecognizedClientException` |",
      "| credentials whose `expiration` is over | `ExpiredTokenException` |",
      "| no operation's target | not answered by `handlers`, so that other mocks can; `UnknownOperationException` from `fallback` |",
    ].join("\n"),
    "Handlers go by `X-Amz-Target` alone: they answer on every host of the service and on any endpoint of your own, over HTTP too. A server that has nothing but this service takes `[...mock.handlers, mock.fallback]`. Where two services have a target in common, the one whose handlers come first answers.",
    ...emitRulesAsData(plan),
  ]);
}

function emitMockTable({ operation }: PlannedOperation): string {
  const { errors } = operation;
  const error = errors.find(({ members }) => members.length > 0) ?? errors[0];
  return [
    "| | |",
    "| --- | --- |",
    "| `resolves(output)`, `resolvesOnce(output)` | answers every call, or the next one, with this output; one that the model does not allow is refused, with the path |",
    `| \`rejects(error)\`, \`rejectsOnce(error)\` | answers with this error${error === undefined ? "" : `, such as \`new ${error.name}({ message: "…" })\``}; members that the model does not allow are refused, with the path |`,
    "| `replies((input, call) => output)`, `repliesOnce` | answers with what the function gives, throws, or promises; a `Response` goes out as it is |",
    "| `networkError()`, `networkErrorOnce()` | breaks the connection |",
    "| `delays(milliseconds)` | keeps every answer back; `Infinity` until the client gives up |",
    "| `calls` | what arrived: input as typed values, headers, who signed and for which Region, attempt |",
    "| `reset()` | forgets all of that; `mock.reset()` does it for every operation |",
    "| `handler` | the msw handler of this operation alone |",
  ].join("\n");
}

/** How emulators and tests get at the overlay's rules, where there are any. */
function emitRulesAsData({ names, service }: PackagePlan): readonly string[] {
  if (service.rules.length === 0) return [];
  return [
    "## Rules as data",
    "What the documentation says beyond the model (limits, windows, quotas), with the time that it holds and its source. Mocks do not keep these rules; an emulator of the service can.",
    emitExample(code`
      import { rules } from "${names.packages.mocks}/rules";

      const today = new Date().toISOString().slice(0, 10);
      for (const { id, since = "", until = "9999", values } of rules) {
        if (since <= today && today < until) console.log(id, values);
      }
    `),
  ];
}

/** How sample data is made, where the service takes or gives anything. */
function emitSampleSection(
  { names, isPresent, service }: PackagePlan,
  { roots, missing }: SamplePlan,
): readonly string[] {
  const outputs = new Set(service.operations.map(({ output }) => output));
  const [example] = [...roots.filter((root) => outputs.has(root)), ...roots];
  if (example === undefined) return [];
  const name = sampleName(example);
  const optional = example.members.find((member) => !isPresent(example, member));
  return [
    "## Sample data",
    "For every input and output there is a function that makes one that the model allows: required and optional members, with patterns, lengths, ranges and enums as they have to be. The same seed gives the same sample on every run; `overrides` take the place of single members, and `undefined` leaves one out.",
    emitExample(code`
      import { ${name} } from "${names.packages.mocks}";

      console.log(${name}());
      console.log(${name}({ seed: 7 }));
      ${optional && code`console.log(${name}({ seed: 7, overrides: { ${propertyName(optional.name)}: undefined } }));`}
    `),
    "Members that the model calls deprecated, idempotency tokens and the tokens of further pages are left out.",
    ...(missing.length === 0
      ? []
      : [
          `There is none of ${missing.map(({ name: shape }) => `\`${shape}\``).join(", ")}: a part that it must have is one for which no value is known.`,
        ]),
  ];
}

const webTypes =
  "The declarations name types of the web, such as `AbortSignal`: have `DOM` or `WebWorker` in `lib`, or the types of your platform, such as `@cloudflare/workers-types` or `@types/node`. Without the types of Node, leave `skipLibCheck` on, for `@smithy/types` names some of them.";
const typeNeeds: { readonly [kind in PackageKind]: string } = {
  core: webTypes,
  edge: webTypes,
  node: "The declarations name types of Node: have `@types/node`.",
  mocks:
    "msw asks for `DOM` in `lib`; before TypeScript 5.7, leave `skipLibCheck` on for the declarations of msw 3.",
};

function emitReadme(
  plan: PackagePlan,
  kind: PackageKind,
  sections: readonly string[],
): GeneratedFile {
  const { names, service } = plan;
  const install = installs[kind](names);
  const [introduction = "", ...rest] = sections;
  const omitted =
    service.omissions.length === 0
      ? []
      : [
          "## Not included",
          service.omissions
            .map(({ id, reason }) => `- \`${id.slice(id.indexOf("#") + 1)}\`: ${reason}.`)
            .join("\n"),
        ];
  const comment = plan.header.replace(/^\/\/ /, "");
  const text = [
    `<!-- ${comment} -->`,
    `# ${names.packages[kind]}`,
    introduction,
    ["```sh", `npm install ${install}`, "```"].join("\n"),
    ...rest,
    ...omitted,
    "## TypeScript",
    `TypeScript 5.4 or later, with the module resolution \`bundler\`, \`nodenext\` or \`node16\`. ${typeNeeds[kind]}`,
    describeProvenance(service),
    "Apache-2.0. Not an AWS product.",
  ];
  return { path: "README.md", text: `${text.join("\n\n")}\n` };
}

/** Which model it was. The generator's version is in the manifest alone, where a release changes it. */
function describeProvenance({ source, version, provenance }: Service): string {
  const facts = [
    ...(version === "" ? [] : [`API version ${version}`]),
    ...(provenance === undefined ? [] : [`SHA-256 \`${provenance.digest}\``]),
  ];
  const model = `\`${source}\`${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
  const overlay = provenance?.overlay;
  const files = overlay
    ? `${model} and \`${overlay.source}\` (SHA-256 \`${overlay.digest}\`)`
    : model;
  return `Generated by [Pawprint](https://www.npmjs.com/package/@pawprint/codegen) from ${files}. The same stands in \`package.json\` under \`pawprint\`, with the generator's version.`;
}

const installs: { readonly [kind in PackageKind]: (names: ServiceNames) => string } = {
  core: ({ packages }) => packages.core,
  edge: ({ packages }) => packages.edge,
  mocks: ({ packages }) => `--save-dev ${packages.mocks} msw`,
  node: ({ packages }) => packages.node,
};

const platformTexts = {
  edge: {
    runsOn: "on Cloudflare Workers, Deno, Bun, browsers and everything else that has `fetch`",
    options: "{ region, credentials }",
    credentials:
      "Region and credentials are always given: `credentials` is an object with `accessKeyId`, `secretAccessKey` and, for temporary ones, `sessionToken`, or a function that gives one.",
  },
  node: {
    runsOn: "on Node 20.19 and later",
    options: '{ region: "us-east-1" }',
    credentials:
      "Without options, the Region comes from the environment or the shared config files, and credentials come from there, SSO, a web identity, a program, the container or the instance, as with every AWS SDK. Where there are none, the error says which of these were tried and why each had nothing.",
  },
} as const;

/** The operation with which the examples are made: the first one that has an input to show. */
function exampleOperation({ operations }: PackagePlan): PlannedOperation {
  const example =
    operations.find(({ operation }) => sampleInput(operation) !== undefined) ?? operations[0];
  if (example === undefined) throw new RangeError("a service has at least one operation");
  return example;
}

function emitInput(plan: PackagePlan): Code {
  return emitInputOf(exampleOperation(plan));
}

function emitOutput({ operation }: PlannedOperation): Code {
  const output = sampleOutput(operation);
  return output === undefined ? code`{}` : emitSample(output);
}

function emitInputOf({ operation }: PlannedOperation): Code {
  const input = sampleInput(operation);
  return input === undefined ? code`{}` : emitSample(input);
}

function emitExample(example: Code): string {
  return ["```ts", formatExample(printCode(example)), "```"].join("\n");
}

function emitOperationTable({ operations }: PackagePlan): string {
  const rows = operations.map(({ operation, names }) => {
    const summary = firstSentence(readDocumentation(operation.documentation ?? ""));
    return `| \`${names.function}\` | ${summary.replaceAll("|", "\\|")} |`;
  });
  return ["| operation | |", "| --- | --- |", ...rows].join("\n");
}

/** How results that come in pages are read, where the service has any. */
function emitPages(plan: PackagePlan, kind: PackageKind): readonly string[] {
  const paginated = plan.operations.filter(({ operation }) => operation.pagination !== undefined);
  const withItems = paginated.find(({ operation }) => operation.pagination?.items !== undefined);
  const example = withItems ?? paginated[0];
  if (example === undefined) return [];
  const { names } = example;
  const input = emitInputOf(example);
  const [name, variable] = withItems ? [names.items, "item"] : [names.pages, "page"];
  const rows = paginated.map(({ names: { pages, items }, operation: { pagination } }) => {
    const path = pagination?.items?.map((member) => member.name).join(".");
    return path === undefined
      ? `| \`${pages}\` | |`
      : `| \`${pages}\` | \`${items}\`, those of \`${path}\` |`;
  });
  return [
    "## Pages",
    "A result that comes in pages can be read in one loop. Each request is sent when the loop gets there, and `break` or the option `abortSignal` ends it:",
    emitExample(emitLoop(plan, kind, name, variable, input)),
    ["| pages | items |", "| --- | --- |", ...rows].join("\n"),
    "A token that the service gave for this very page ends the loop; tokens that go round in a circle are a `PaginationError`.",
  ];
}

function emitLoop(
  { names }: PackagePlan,
  kind: PackageKind,
  name: string,
  variable: string,
  input: Code,
): Code {
  const called =
    kind === "core" ? code`${name}(transport, ${input})` : code`client.${name}(${input})`;
  return code`
    ${kind === "core" && code`import { ${name} } from "${names.packages.core}";\n`}
    for await (const ${variable} of ${called}) {
      console.log(${variable});
    }
  `;
}

/** How to wait for a state, where the service has any to wait for. */
function emitWaiters(plan: PackagePlan, kind: PackageKind): readonly string[] {
  const waiting = plan.operations.filter(({ waiters }) => waiters.length > 0);
  const [example] = waiting;
  const name = example?.waiters[0]?.name;
  if (example === undefined || name === undefined) return [];
  const { core } = plan.names.packages;
  const input = emitInputOf(example);
  const called =
    kind === "core"
      ? code`${name}(transport, ${input}, { maxWaitTime: 300 })`
      : code`client.${name}(${input}, { maxWaitTime: 300 })`;
  const imported = kind === "core" ? `isWaiterError, ${name}` : "isWaiterError";
  const rows = waiting.flatMap(({ waiters, names }) =>
    waiters.map((waiter) => {
      const summary = firstSentence(readDocumentation(waiter.waiter.documentation ?? ""));
      const text = summary === "" ? `asks \`${names.function}\`` : summary;
      return `| \`${waiter.name}\` | ${text.replaceAll("|", "\\|")} |`;
    }),
  );
  return [
    "## Waiting",
    "A waiter asks again and again, with longer and longer pauses, until the service has what is waited for. `maxWaitTime` is in seconds:",
    emitExample(code`
      import { ${imported} } from "${kind === "core" ? core : plan.names.packages[kind]}";

      try {
        const { reason } = await ${called};
        console.log(reason);
      } catch (error) {
        if (isWaiterError(error) && error.name === "TimeoutError") {
          console.log("not yet", error.reason);
        } else {
          throw error;
        }
      }
    `),
    ["| waiter | |", "| --- | --- |", ...rows].join("\n"),
    "A `WaiterError` is a `FailureError` where the service says that it will never be so, a `TimeoutError`, or an `AbortError`; `reason` is the last answer.",
  ];
}

/** What the overlay knows beyond the model: the rules that hold, and since when. */
function emitRules({ service }: PackagePlan): readonly string[] {
  const rules = service.rules.filter(({ until }) => until === undefined);
  if (rules.length === 0) return [];
  const rows = rules.map(
    ({ since, statement, source }) => `| ${statement} | ${since ?? ""} | ${source} |`,
  );
  return [
    "## Rules that the model cannot say",
    "They change from time to time, so each one says since when it holds and where that is written.",
    ["| rule | since | source |", "| --- | --- | --- |", ...rows].join("\n"),
  ];
}

function emitErrorExample(plan: PackagePlan, kind: PackageKind): string {
  const { operation, names } = exampleOperation(plan);
  const retried = operation.errors.find(({ name }) => /Throttl/.test(name));
  const error = retried ?? operation.errors.find(isErrorShape);
  if (error === undefined) return "The model lists no errors for its operations.";
  return emitExample(code`
    import { ${names.guard} } from "${plan.names.packages[kind]}";

    try {
      await client.${names.function}(input);
    } catch (error) {
      if (${names.guard}(error) && error.name === "${error.name}") {
        console.log(error.message, error.$metadata.attempts);
      } else {
        throw error;
      }
    }
  `);
}

/** What surrounds a process on Node: proxies, a CA of one's own, the size of the pool. */
function emitConnections({ names }: PackagePlan, kind: "edge" | "node"): readonly string[] {
  if (kind === "edge") return [];
  return [
    "## Connections",
    "From Node 22.21 and 24.5 on, requests go through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name. On older versions, and for a CA of your own, client certificates or another size of the pool, give an HTTP handler with your options and agents, such as those of [`https-proxy-agent`](https://www.npmjs.com/package/https-proxy-agent):",
    emitExample(code`
      import { ${names.client}, NodeHttpHandler } from "${names.packages.node}";
      import { HttpsProxyAgent } from "https-proxy-agent";

      const client = new ${names.client}({
        region: "us-east-1",
        requestHandler: new NodeHttpHandler({
          httpsAgent: new HttpsProxyAgent("http://proxy.example:3128", {
            keepAlive: true,
            maxSockets: 50,
          }),
        }),
      });
    `),
  ];
}

function emitBundling(kind: "edge" | "node"): readonly string[] {
  if (kind === "edge") return [];
  return [
    "## In a bundle",
    "AWS's credential chain and its reader of the config files are loaded when they are needed: not where options or the environment, as on Lambda, say who signs and which Region it is. A bundle keeps it that way if it may have several files; in a single one, what the chain imports is part of each start. The chain is CommonJS inside, so a bundle of ES modules needs a `require`:",
    ["```sh", bundleCommand, "```"].join("\n"),
  ];
}

const bundleCommand = `npx esbuild app.ts --bundle --platform=node --format=esm --splitting \\
  --outdir=dist --out-extension:.js=.mjs \\
  --banner:js='import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'`;

function emitOptionTable(kind: "edge" | "node"): string {
  const platform =
    kind === "node"
      ? [["connectionTimeout", "milliseconds until a new connection must stand", "5000"]]
      : [["fetch", "sends the requests", "the global `fetch`"]];
  const given = kind === "node" ? "environment, config files, container, instance" : "required";
  const rows = [
    [
      "region",
      "the AWS Region, or a function that gives it",
      kind === "node" ? "environment, config files" : "required",
    ],
    ["credentials", "who signs, or a function that gives it", given],
    ["endpoint", "a URL to call instead of the service's own", "by the Region"],
    ["useDualstackEndpoint", "the endpoint that has IPv6, too", "false"],
    ["useFipsEndpoint", "the endpoint whose cryptography follows FIPS 140", "false"],
    ["maxAttempts", "requests for one call, at most", "3"],
    ["retryStrategy", "a `RetryStrategyV2` of `@smithy/types`", "standard"],
    ["requestTimeout", "milliseconds from the start of an attempt to its last byte", "30000"],
    ...platform,
    ["requestHandler", "any HTTP handler of `@smithy/types`", "ours"],
    ["interceptors", "watch and change what goes over the wire", "none"],
    ["logger", "gets a line for each attempt and retry, without data", "none"],
    ["validate", "refuse input that breaks the model before it is sent", "true"],
    ["userAgentAppId", "your application's name in the user agent", "none"],
  ];
  return [
    "| option | | default |",
    "| --- | --- | --- |",
    ...rows.map(([name, text, value]) => `| \`${name}\` | ${text} | ${value} |`),
  ].join("\n");
}
