import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { awsJson1_1 } from "./protocols/aws-json.ts";
import { rightError, rightRequest, rightResponse, writeSampleModel } from "./sample.test-model.ts";
import type { TestModel } from "./test-model.ts";
import { readTestModel } from "./test-model-file.ts";

const folder = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): Promise<TestModel> {
  const file = join(folder, "model.json");
  writeFileSync(file, text);
  return readTestModel(file, awsJson1_1);
}

test("finds the cases of operations and of their errors", async () => {
  const { cases } = await read(
    writeSampleModel({
      requests: [rightRequest],
      responses: [rightResponse],
      errors: [rightError],
    }),
  );
  expect(cases.map(({ kind, operation, test }) => [kind, operation, test.id])).toEqual([
    ["request", "example#Put", "RightRequest"],
    ["response", "example#Put", "RightResponse"],
    ["error", "example#Put", "RightError"],
  ]);
  expect(cases[0]?.test.params).toMatchObject({ Count: 2n ** 63n - 1n });
});

test("leaves out what is for servers only, and counts it", async () => {
  const { cases, serverCases } = await read(
    writeSampleModel({
      requests: [rightRequest, { ...rightRequest, id: "Server", appliesTo: "server" }],
      responses: [{ ...rightResponse, appliesTo: "client" }],
    }),
  );
  expect(cases.map(({ test }) => test.id)).toEqual(["RightRequest", "RightResponse"]);
  expect(serverCases).toBe(1);
});

test.each<[string, string, string]>([
  [
    "says what nothing asserts",
    writeSampleModel({ requests: [{ ...rightRequest, authScheme: "aws.auth#sigv4" }] }),
    "model.json: request test RightRequest: nothing asserts its authScheme",
  ],
  [
    "has a body that nothing compares",
    writeSampleModel({ responses: [{ ...rightResponse, bodyMediaType: "application/xml" }] }),
    "model.json: response test RightResponse: nothing compares application/xml",
  ],
  [
    "is for another protocol",
    writeSampleModel({ errors: [{ ...rightError, protocol: "aws.protocols#restXml" }] }),
    "model.json: error test RightError: is for aws.protocols#restXml, not for aws.protocols#awsJson1_1",
  ],
  [
    "sits on an error that no operation lists",
    writeSampleModel({ errors: [rightError] }).replace(/"errors": \[[^\]]*\],/, ""),
    "example#Refused: it has tests, and no operation lists it as an error",
  ],
  [
    "is of a kind that nothing runs",
    writeSampleModel({}).replace("#httpRequestTests", "#eventStreamTests"),
    "example#Put: nothing runs its smithy.test#eventStreamTests",
  ],
])("a test that %s is refused", async (_title, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("a file that is not there is refused", async () => {
  await expect(readTestModel(join(folder, "none.json"), awsJson1_1)).rejects.toThrow(
    "none.json: cannot be read (ENOENT)",
  );
});
