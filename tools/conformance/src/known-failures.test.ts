import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { judgeRuns, type KnownFailure, readKnownFailures } from "./known-failures.ts";
import { printSurprises, printTotals } from "./report.ts";
import type { TestRun } from "./test-run.ts";

const run: TestRun = {
  protocol: "awsJson1_1",
  kind: "request",
  id: "Case",
  operation: "Put",
  transport: "node",
  carrier: "handler",
  differences: [],
};
const failing: TestRun = { ...run, differences: ["body.Name: expected 'n', found nothing"] };
const known: KnownFailure = {
  protocol: "awsJson1_1",
  kind: "request",
  id: "Case",
  place: "body.Name",
  reason: "not built yet",
};

test("nothing is surprising where everything passes", () => {
  expect(printSurprises(judgeRuns([run], []))).toBe("");
});

test("a failure is surprising, and is printed with its case, its operation and the difference", () => {
  const verdict = judgeRuns([failing, { ...failing, transport: "edge" }], []);
  expect(printSurprises(verdict)).toBe(
    [
      "FAILED awsJson1_1 request Case, operation Put (node handler, edge handler)",
      "    body.Name: expected 'n', found nothing",
    ].join("\n"),
  );
});

test("a failure that is listed is not surprising", () => {
  const verdict = judgeRuns([failing], [known]);
  expect(printSurprises(verdict)).toBe("");
  expect(verdict.excused).toEqual([failing]);
});

test("a listed case that fails elsewhere is surprising", () => {
  const elsewhere = { ...failing, differences: [...failing.differences, "host: expected 'a'"] };
  expect(judgeRuns([elsewhere], [known])).toMatchObject({ excused: [], failed: [elsewhere] });
});

test("a listed case of another kind excuses nothing", () => {
  const { failed } = judgeRuns([failing], [{ ...known, kind: "response" }]);
  expect(failed).toEqual([failing]);
});

test("a listed case that passes somewhere is surprising", () => {
  const verdict = judgeRuns([failing, { ...run, transport: "edge" }], [known]);
  expect(printSurprises(verdict)).toBe(
    "STALE awsJson1_1 request Case: listed as known to fail, and passes (edge, handler)",
  );
});

test("a listed case that does not exist is surprising", () => {
  expect(printSurprises(judgeRuns([run], [{ ...known, id: "Other" }]))).toBe(
    "STALE awsJson1_1 request Other: listed, and there is no such case",
  );
});

test("the totals are by protocol, transport, carrier and kind", () => {
  const error: TestRun = { ...failing, kind: "error", carrier: "socket" };
  expect(printTotals(judgeRuns([run, failing, error], [known]))).toBe(
    [
      "protocol    on    over       requests responses    errors",
      "awsJson1_1  node  handler         1/2       0/0       0/0",
      "awsJson1_1  node  socket          0/0       0/0       0/1",
      "1 of 3 runs passed, 1 failed as known, 1 failed",
    ].join("\n"),
  );
});

const folder = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[string, unknown]>([
  ["reason", [{ ...known, reason: " " }]],
  ["kind", [{ ...known, kind: undefined }]],
  ["property that is known", [{ ...known, transport: "node" }]],
])("an entry without a %s is refused", async (_what, entries) => {
  const file = join(folder, "known-failures.json");
  writeFileSync(file, JSON.stringify(entries));
  await expect(readKnownFailures(file)).rejects.toThrow("known-failures.json[0]: must have");
});
