import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interruption } from "tools-scratch-clone/interruption";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { BrokenOff, Report } from "./report.ts";

let lines: string[];
let report: Report;

beforeEach(() => {
  lines = [];
  report = new Report((line) => lines.push(line));
});

test("a report tells what passed, and every problem of what did not", () => {
  report.begin("Part");
  report.check("good", []);
  report.note("by the way");
  report.check("bad", ["one", "two\nthree"]);
  expect(lines).toEqual([
    "\nPart",
    "  ✓ good",
    "  · by the way",
    "  ✗ bad",
    "      one",
    "      two",
    "      three",
  ]);
  expect(report.summarize()).toBe("1 passed, 1 failed");
  expect(report.failed).toBe(1);
});

test("a step gives what it makes, and tells how long it took", async () => {
  expect(await report.step("make", async () => 7)).toBe(7);
  expect(lines).toEqual([expect.stringMatching(/^ {2}✓ make {2}\d+\.\d s$/)]);
});

test("a step that fails is told, and ends everything", async () => {
  const failed = report.step("make", async () => {
    throw new Error("out of paper");
  });
  await expect(failed).rejects.toThrow(BrokenOff);
  expect(lines).toEqual(["  ✗ make", "      out of paper"]);
  expect(report.failed).toBe(1);
});

test("a step that is interrupted has not failed", async () => {
  const interrupted = report.step("make", async () => {
    throw new Interruption("interrupted by SIGINT");
  });
  await expect(interrupted).rejects.toThrow(Interruption);
  expect(lines).toEqual([]);
});

test("results are left in the form of a test run", async () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  report.check("good", []);
  report.check("bad", ["one"]);
  report.skip("no registry");
  report.write(join(folder, "new/results.json"));
  expect(JSON.parse(readFileSync(join(folder, "new/results.json"), "utf8"))).toEqual({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 1,
    testResults: [],
  });
});
