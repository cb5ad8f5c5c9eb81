import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GeneratedClient } from "./client.ts";
import { createClient } from "./generated-client.ts";
import { handlerCarrier } from "./handler-carrier.ts";
import { awsJson1_1 as protocol } from "./protocols/aws-json.ts";
import {
  rightError,
  rightRequest,
  rightResponse,
  type SampleTests,
  writeSampleModel,
} from "./sample.test-model.ts";
import { socketCarrier } from "./socket-carrier.ts";
import { readTestModel } from "./test-model-file.ts";
import { runTests, type TestRun } from "./test-run.ts";

const carriers = [handlerCarrier, socketCarrier];
const folder = fileURLToPath(new URL("../.test-results/sample", import.meta.url));
const file = join(folder, "sample.json");
let client: GeneratedClient;

/** Tests are no part of what is generated: one client does for all of them. */
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, writeSampleModel({}));
  client = await createClient(await readTestModel(file, protocol), join(folder, "client"));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function run(tests: SampleTests): Promise<readonly TestRun[]> {
  writeFileSync(file, writeSampleModel(tests));
  return runTests({ protocol, model: await readTestModel(file, protocol), client, carriers });
}

test("what is right is green over each transport and each carrier", async () => {
  const runs = await run({
    requests: [rightRequest],
    responses: [rightResponse],
    errors: [rightError],
  });
  expect(runs.map(({ kind, transport, carrier }) => `${kind} ${transport} ${carrier}`)).toEqual([
    ...["request node handler", "request edge handler", "request node socket"],
    ...["request edge socket", "response node handler", "response edge handler"],
    ...["response node socket", "response edge socket", "error node handler"],
    ...["error edge handler", "error node socket", "error edge socket"],
  ]);
  expect(runs.flatMap(({ differences }) => differences)).toEqual([]);
});

test.each<[string, SampleTests, string]>([
  ["method", { requests: [{ ...rightRequest, method: "PUT" }] }, "method: "],
  ["path", { requests: [{ ...rightRequest, uri: "/put" }] }, "uri: "],
  ["query", { requests: [{ ...rightRequest, requireQueryParams: ["a"] }] }, "query: "],
  [
    "header",
    { requests: [{ ...rightRequest, headers: { "Content-Type": "text/plain" } }] },
    "header Content-Type: ",
  ],
  [
    "forbidden header",
    { requests: [{ ...rightRequest, forbidHeaders: ["X-Amz-Target"] }] },
    "header X-Amz-Target: ",
  ],
  [
    "required header",
    { requests: [{ ...rightRequest, requireHeaders: ["X-Amzn-Query-Mode"] }] },
    "header X-Amzn-Query-Mode: ",
  ],
  ["request body", { requests: [{ ...rightRequest, bodyMediaType: undefined }] }, "body: "],
  [
    "idempotency token",
    { requests: [{ ...rightRequest, params: { ...rightRequest.params, Token: "given" } }] },
    "body.Token: ",
  ],
  [
    "64-bit integer in a request",
    { requests: [{ ...rightRequest, body: rightRequest.body?.replace("807", "806") }] },
    "body.Count: expected 9223372036854775806n, found 9223372036854775807n",
  ],
  [
    "64-bit integer in a response",
    { responses: [{ ...rightResponse, body: rightResponse.body?.replace("807", "806") }] },
    "result.Count: expected 9223372036854775807n, found 9223372036854775806n",
  ],
  [
    "input",
    { requests: [{ ...rightRequest, params: { Choice: {} } }] },
    "nothing was sent: InvalidInputError: ",
  ],
  ["result", { responses: [{ ...rightResponse, params: {} }] }, "result.When: expected nothing"],
  ["response body", { responses: [{ ...rightResponse, body: "<a/>" }] }, "the call failed: "],
  ["status", { responses: [{ ...rightResponse, code: 400 }] }, "the call failed: "],
  ["error", { errors: [{ ...rightError, body: '{ "__type": "Denied" }' }] }, "class: "],
  [
    "message",
    { errors: [{ ...rightError, params: { message: "yes", Since: 0 } }] },
    "message: expected 'yes', found 'no'",
  ],
  [
    "member of an error",
    { errors: [{ ...rightError, params: { message: "no", Since: 1 } }] },
    "error.Since: ",
  ],
])("a wrong %s is red over each of them", async (_dimension, tests, difference) => {
  const runs = await run(tests);
  expect(runs).toHaveLength(4);
  for (const { differences } of runs) expect(differences.join("\n")).toContain(difference);
});

const find = {
  id: "Find",
  protocol: protocol.trait,
  method: "POST",
  uri: "/base/",
  host: "example.com/base",
  params: { Name: "n" },
};

test("a case with a host runs over the handler, with the host as the client's endpoint", async () => {
  const runs = await run({ finds: [find] });
  expect(runs.map(({ carrier, differences }) => [carrier, differences])).toEqual([
    ["handler", []],
    ["handler", []],
  ]);
});

test("a request that goes elsewhere is red", async () => {
  const runs = await run({ finds: [{ ...find, resolvedHost: "elsewhere.example.com" }] });
  expect(runs.map(({ differences }) => differences)).toEqual([
    ["host: expected 'elsewhere.example.com', found 'example.com'"],
    ["host: expected 'elsewhere.example.com', found 'example.com'"],
  ]);
});

test("a header that no carrier of the case can see is red", async () => {
  const [first] = await run({ finds: [{ ...find, requireHeaders: ["Content-Length"] }] });
  expect(first?.differences).toEqual([
    "header content-length: is asserted, and nothing but the handler can run the case",
  ]);
});

test("an operation that was not generated is red", async () => {
  const text = writeSampleModel({ responses: [rightResponse] });
  writeFileSync(file, text.replaceAll("example#Put", "example#Omitted"));
  const model = await readTestModel(file, protocol);
  const [first] = await runTests({ protocol, model, client, carriers });
  expect(first?.differences).toEqual([
    "the call failed: Error: the client has no operation Omitted",
  ]);
});

test("UUIDs are random again after the request cases", async () => {
  await run({ requests: [rightRequest] });
  expect(crypto.randomUUID()).not.toBe(crypto.randomUUID());
});
