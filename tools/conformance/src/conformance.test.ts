import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { rightRequest, sampleTrait, writeSampleModel } from "./sample.test-model.ts";

const program = fileURLToPath(new URL("conformance.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

function runProgram(data: string): { readonly status: number | null; readonly output: string } {
  const env = { ...process.env, PAWPRINT_REFERENCE_DATA: data };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("without reference data it says so, and that is no failure", () => {
  const { status, output } = runProgram("");
  expect(output).toContain("Nothing was tested");
  expect(status).toBe(0);
});

test("reference data without protocol tests is wrong input", () => {
  const { status, output } = runProgram(folder);
  expect(output).toMatch(/awsJson1_0\.json: cannot be read \(ENOENT\)\n$/);
  expect(status).toBe(2);
});

test("a surprise is printed, and fails", { timeout: 60_000 }, () => {
  mkdirSync(join(folder, "protocol-tests"));
  for (const version of ["1_0", "1_1"]) {
    const wrong = { ...rightRequest, uri: "/wrong" };
    const text = writeSampleModel({ requests: [wrong] })
      .replaceAll(sampleTrait, `aws.protocols#awsJson${version}`)
      .replaceAll("json-1.1", `json-${version.replace("_", ".")}`);
    writeFileSync(join(folder, "protocol-tests", `awsJson${version}.json`), text);
  }
  const { status, output } = runProgram(folder);
  expect(output).toContain(
    [
      "FAILED awsJson1_0 request RightRequest, operation Put (node handler, edge handler, node socket, edge socket)",
      "    uri: expected '/wrong', found '/'",
    ].join("\n"),
  );
  expect(output).toMatch(/awsJson1_1 {2}edge {2}socket {10}0\/1 {7}0\/0 {7}0\/0/);
  expect(status).toBe(1);
});

const data = process.env.PAWPRINT_REFERENCE_DATA ?? "";

describe.skipIf(data === "")("Smithy's protocol tests (PAWPRINT_REFERENCE_DATA)", () => {
  test("hold, except for those that are known to fail", { timeout: 120_000 }, () => {
    const { status, output } = runProgram(data);
    expect(status, output).toBe(0);
  });
});
