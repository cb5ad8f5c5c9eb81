import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { chromium } from "./runtimes/chromium.ts";

const program = fileURLToPath(new URL("runtimes.ts", import.meta.url));

function runProgram(
  list: readonly string[],
  data = "",
): { readonly status: number | null; readonly output: string } {
  const env = { ...process.env, PAWPRINT_REFERENCE_DATA: data };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...list], {
    env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("a runtime that there is not is wrong input", () => {
  const { status, output } = runProgram(["rhino"]);
  expect(output).toBe(
    "rhino: there is no such runtime; there are node-20, node-22, node-24, node-26, bun, deno, workerd, plain-workerd, edge-runtime, chromium\n",
  );
  expect(status).toBe(2);
});

test("reference data without protocol tests is wrong input", () => {
  const folder = mkdtempSync(join(tmpdir(), "runtimes-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { status, output } = runProgram(["node-24"], folder);
  expect(output).toMatch(/awsJson1_[01]\.json: cannot be read \(ENOENT\)\n$/);
  expect(status).toBe(2);
});

test("a browser that is not installed is missing, with what to do", async () => {
  vi.stubEnv("PATH", "");
  vi.stubEnv("CHROMIUM_PATH", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await chromium.find()).toEqual({
    missing:
      "it is not on this machine: install Chromium (on Debian and Ubuntu: apt-get install chromium), or set CHROMIUM_PATH",
  });
});
