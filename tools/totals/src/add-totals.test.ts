import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addTotals, countCommands, printTotals } from "./add-totals.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "totals-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function addProject(path: string, results?: object): void {
  mkdirSync(join(root, path, ".test-results"), { recursive: true });
  writeFileSync(join(root, path, "vitest.config.ts"), "");
  if (results === undefined) return;
  writeFileSync(join(root, path, ".test-results", "results.json"), JSON.stringify(results));
}

test("adds up the results of every project", () => {
  const results = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 1, testResults: [] };
  addProject("codegen", results);
  addProject("tools/x", { ...results, numFailedTests: 1 });
  addProject("examples/x", results);
  expect(printTotals(addTotals(root))).toBe("6 passed, 1 failed, 3 skipped");
});

test("adds up the results of generated packages that have tests", () => {
  const results = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  addProject("packages/x/core", results);
  mkdirSync(join(root, "packages/x/core/src"));
  writeFileSync(join(root, "packages/x/core/src/endpoint.test.ts"), "");
  expect(printTotals(addTotals(root))).toBe("2 passed, 0 failed");
});

test("adds what programs have left in the root", () => {
  const results = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, testResults: [] };
  addProject("codegen", results);
  mkdirSync(join(root, ".test-results"));
  writeFileSync(join(root, ".test-results", "runtimes.json"), JSON.stringify(results));
  expect(printTotals(addTotals(root))).toBe("4 passed, 2 failed");
});

test("counts a test file that could not be loaded as failed", () => {
  addProject("codegen", {
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [{ status: "failed", assertionResults: [] }],
  });
  expect(printTotals(addTotals(root))).toBe("1 passed, 1 failed");
});

test("fails where a project has left no results", () => {
  addProject("packages/runtime");
  expect(() => addTotals(root)).toThrow("results.json");
});

test("counts a command that broke off before a test could fail", () => {
  const totals = { passed: 3, failed: 0, skipped: 0 };
  expect(countCommands(totals, ["npm start"])).toEqual({ ...totals, failed: 1 });
});

test("does not count a command beside the tests that made it fail", () => {
  const totals = { passed: 3, failed: 2, skipped: 0 };
  expect(countCommands(totals, ["npm test"])).toEqual(totals);
});
