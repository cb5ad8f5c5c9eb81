import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  isResponseError,
  isServiceError,
  type Operation,
  type ResponseMetadata,
  type Transport,
} from "@pawprint/runtime";
import { FetchHttpHandler } from "@pawprint/runtime/edge";
import { NodeHttpHandler } from "@pawprint/runtime/node";
import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFunctionHandler } from "./in-memory-handler.ts";
import { loadServicePackages, type ServicePackages } from "./service-packages.ts";
import { arbitraryFor } from "./shape-arbitraries.ts";

// What comes back for a request: anything. The call ends with a result or with a typed error.

const seed = Number(process.env.PAWPRINT_SEED ?? 20_261_101);
const services = await loadServicePackages();

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array;
}

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "__type",
  "message",
  "$metadata",
];
const errorNames = [...names, "ThrottlingException", "a#b:c", "", "#", ":", "name", "then"];

const statuses = fc.constantFrom(200, 201, 299, 400, 403, 404, 413, 429, 500, 503, 599);

const headers = fc.record(
  {
    "x-amzn-requestid": fc.constant("id-1"),
    "x-amzn-errortype": fc.constantFrom(...errorNames),
    "x-amzn-query-error": fc.constantFrom(";", "a;b", "constructor;Sender", "__proto__"),
    "content-type": fc.constantFrom("application/x-amz-json-1.1", "text/html", "x"),
    "retry-after": fc.constantFrom("-1", "x", "1e999", "Thu, 99 Foo"),
    date: fc.constantFrom("x", "Thu, 01 Jan 1970 00:00:00 GMT"),
  },
  { requiredKeys: ["x-amzn-requestid"] },
);

/** JSON with the members of the output, of other types than they should have, and worse ones. */
function jsonFor({ output }: ServicePackages["operations"][number]): Arbitrary<string> {
  const members = Object.keys(output.members);
  const name = fc.constantFrom(...members, ...names);
  const key = fc.oneof({ weight: 4, arbitrary: name }, fc.string());
  const { value } = fc.letrec<{ value: string; leaf: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      tie("leaf"),
      fc.array(tie("value"), { maxLength: 4 }).map((parts) => `[${parts.join()}]`),
      fc
        .array(fc.tuple(key, tie("value")), { maxLength: 4 })
        .map((entries) => `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${part}`)}}`),
    ),
    leaf: fc.oneof(
      fc.jsonValue({ maxDepth: 0 }).map((leaf) => JSON.stringify(leaf)),
      fc.constantFrom("1e999", "-0", "12345678901234567890", "0.1234567890123456789", '"\\ud800"'),
      fc.constantFrom('"__proto__"', '"number:"', '"2026-07-01T00:00:00Z"', '"AAAA"', '"A"'),
    ),
  }));
  return fc
    .array(fc.tuple(key, value), { maxLength: 6 })
    .map((entries) => `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${part}`)}}`);
}

function bodiesFor(mocked: ServicePackages["operations"][number]): Arbitrary<Answer["body"]> {
  const valid = arbitraryFor(mocked.output).map((output) =>
    (mocked.operation.json ?? JSON).stringify(mocked.serializeOutput?.(output as object) ?? output),
  );
  const json = jsonFor(mocked);
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: "binary" }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    json,
    valid,
    fc.tuple(fc.oneof(valid, json), fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
    fc
      .tuple(fc.oneof(valid, json), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([text, at, noise]) => overwrite(new TextEncoder().encode(text), at, noise)),
  );
}

function overwrite(bytes: Uint8Array, at: number, noise: Uint8Array): Uint8Array {
  const room = Math.max(0, bytes.length - noise.length);
  bytes.set(noise.subarray(0, bytes.length), at % (room + 1));
  return bytes;
}

const deep = 100_000;
const large = 2_000_000;

/** A value in so many others, under the name of a member that may lead into a recursive shape. */
function nest(open: string, close: string, inside = "1"): string {
  return open.repeat(deep) + inside + close.repeat(deep);
}

/** Bodies for one member of an output: deep and large ones. */
function extremeBodies(name: string): readonly { readonly what: string; readonly body: string }[] {
  const member = JSON.stringify(name);
  return [
    { what: "deep lists", body: `{${member}:${nest("[", "]")}}` },
    { what: "deep lists with null", body: `{${member}:${nest("[", "]", "null")}}` },
    { what: "deep objects", body: nest(`{${member}:`, "}") },
    { what: "deep objects with null", body: nest(`{${member}:`, "}", "null") },
    { what: "deep maps and lists", body: nest('{"M":{"a":{"L":[', "]}}}") },
    { what: "deep lists and no end", body: `{${member}:${"[".repeat(deep)}` },
    {
      what: "deep lists with a large number",
      body: `{${member}:${nest("[", "]", `1${"0".repeat(30)}`)}}`,
    },
    { what: "a deep __proto__", body: nest('{"__proto__":', "}") },
    { what: "a long string", body: `{${member}:"${"x".repeat(large)}"}` },
    { what: "a long string of escapes", body: `{${member}:"${'\\"'.repeat(large)}"}` },
    { what: "a long string without an end", body: `{${member}:"${"\\\\x".repeat(large)}` },
    { what: "a long number", body: `{${member}:${"1".repeat(100_000)}}` },
    { what: "a long list", body: `{${member}:[${"{},".repeat(large / 4)}{}]}` },
    { what: "many names", body: `{${Array.from({ length: 200_000 }, (_, i) => `"${i}":null`)}}` },
    { what: "spaces", body: " ".repeat(large) },
  ];
}

describe.each(services)("$service, whatever comes back", (service) => {
  let answer: Answer = { status: 200, headers: {}, body: "" };
  const transports = service.createTransports(
    createFunctionHandler(() => {
      const { status, headers, body } = answer;
      return new Response(body as BodyInit, { status, headers });
    }),
  );
  const named = service.operations.map((mocked) => ({ name: mocked.operation.name, mocked }));
  const numRuns = named.length > 10 ? 60 : 600;

  test.each(named)("$name ends with a result or a typed error", async ({ mocked }) => {
    const [input] = fc.sample(arbitraryFor(mocked.operation.input), { seed, numRuns: 1 });
    const property = fc.asyncProperty(
      fc.constantFrom<(keyof typeof transports)[]>("node", "edge"),
      fc.record({ status: statuses, headers, body: bodiesFor(mocked) }),
      async (platform, given) => {
        answer = given;
        expectTyped(await settle(transports[platform], mocked.operation, input), given.status);
        expectNoPollution();
      },
    );
    await fc.assert(property, { seed, numRuns });
  });

  const large = named.filter((_, index) => index % Math.ceil(named.length / 4) === 0);
  test.each(large)("$name survives deep and large bodies", async ({ mocked }) => {
    const [input] = fc.sample(arbitraryFor(mocked.operation.input), { seed, numRuns: 1 });
    const [name = "Other"] = Object.keys(mocked.output.members);
    for (const { what, body } of extremeBodies(name)) {
      for (const status of [200, 400, 500]) {
        answer = { status, headers: { "x-amzn-requestid": "id-1" }, body };
        const outcome = await settle(transports.node, mocked.operation, input);
        expect(what && outcome).toBeDefined();
        expectTyped(outcome, status);
        expectNoPollution();
      }
    }
  });
});

describe("the platforms' own handlers, whatever comes back", () => {
  let respond: (response: ServerResponse) => void = () => {};
  const nodeHandler = new NodeHttpHandler();
  let server: Server;
  let endpoint: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on("end", () => respond(response));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    nodeHandler.destroy();
    server.close();
    server.closeAllConnections();
  });

  const handlers = [
    { platform: "node", handler: nodeHandler },
    { platform: "edge", handler: new FetchHttpHandler() },
  ] as const;
  test.each(handlers)("$platform", async ({ platform, handler }) => {
    const [metering] = services as [ServicePackages];
    const transport = metering.createTransports(handler, endpoint)[platform];
    for (const mocked of metering.operations) {
      const [input] = fc.sample(arbitraryFor(mocked.operation.input), { seed, numRuns: 1 });
      const property = fc.asyncProperty(
        statuses,
        headers,
        bodiesFor(mocked),
        async (status, given, body) => {
          respond = (response) => void response.writeHead(status, given).end(body);
          expectTyped(await settle(transport, mocked.operation, input), status);
          expectNoPollution();
        },
      );
      await fc.assert(property, { seed, numRuns: 100 });
    }
  });
});

/** What a call ended with: its result, or the error with which it was rejected. */
async function settle(
  transport: Transport,
  operation: Operation<object, object>,
  input: unknown,
): Promise<{ readonly value: unknown; readonly isRejected: boolean }> {
  try {
    return { value: await transport.call(operation, input as object), isRejected: false };
  } catch (value) {
    return { value, isRejected: true };
  }
}

function expectTyped(
  { value, isRejected }: Awaited<ReturnType<typeof settle>>,
  status: number,
): void {
  const isSuccess = status < 300;
  const isTyped = isRejected
    ? value instanceof Error && (isResponseError(value) || (isServiceError(value) && !isSuccess))
    : isSuccess && Object.getPrototypeOf(value) === Object.prototype;
  expect({ isTyped, value: isTyped || value }).toEqual({ isTyped: true, value: true });
  const { $metadata } = value as { $metadata?: ResponseMetadata };
  expect($metadata).toEqual({
    httpStatusCode: status,
    requestId: "id-1",
    attempts: 1,
    totalRetryDelay: 0,
  });
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, Error.prototype];
const untouched = prototypes.map((prototype) => Object.getOwnPropertyNames(prototype));

function expectNoPollution(): void {
  expect(prototypes.map((prototype) => Object.getOwnPropertyNames(prototype))).toEqual(untouched);
}
