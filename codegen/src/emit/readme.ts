import type { PackageKind, ServiceNames } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import { isErrorShape } from "../ir/shape.ts";
import { sampleInput, sampleOutput } from "../samples/operation-sample.ts";
import { emitSample } from "../samples/sample-literal.ts";
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
  ]);
}

export function emitMocksReadme(plan: PackagePlan): GeneratedFile {
  const { names, service } = plan;
  const planned = exampleOperation(plan);
  const { names: operation, operation: model } = planned;
  const output = sampleOutput(model);
  const error = model.errors.find(({ members }) => members.length > 0) ?? model.errors[0];
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

      mock.${operation.function}.resolves(${output === undefined ? "{}" : emitSample(output)});

      const client = new ${names.client}({
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      });
      await client.${operation.function}(${emitInput(plan)});

      console.log(mock.${operation.function}.calls[0]?.input);
      server.close();
    `),
    "msw 3 asks for Node 22.12 or later; on Node 20, install `msw@2`.",
    "## What a mock does",
    [
      "| | |",
      "| --- | --- |",
      "| `resolves(output)`, `resolvesOnce(output)` | answers every call, or the next one, with this output; one that the model does not allow is refused |",
      `| \`rejects(error)\`, \`rejectsOnce(error)\` | answers with this error${error === undefined ? "" : `, such as \`new ${error.name}({ message: "…" })\``} |`,
      "| `replies(input => output)` | answers with what the function gives, or throws |",
      "| `calls` | what arrived: input as typed values, headers, Region, attempt |",
      "| `reset()` | forgets all of that; `mock.reset()` does it for every operation |",
      "| `handler` | the msw handler of this operation alone |",
    ].join("\n"),
    "While a test says nothing, an operation answers with a default that the model allows and that is always the same. Input that breaks the model is answered with `ValidationException`.",
  ]);
}

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
      "Without options, Region and credentials come from the environment, the shared config files, and the container or instance, as with every AWS SDK.",
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

function emitOptionTable(kind: "edge" | "node"): string {
  const platform =
    kind === "node"
      ? [["connectionTimeout", "milliseconds until a new connection must stand", "5000"]]
      : [["fetch", "sends the requests", "the global `fetch`"]];
  const given = kind === "node" ? "environment, config files, instance" : "required";
  const rows = [
    ["region", "the AWS Region, or a function that gives it", given],
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
