import { expect, test } from "vitest";
import type { Cell } from "./cell.ts";
import { isComplete, printDocument } from "./document.ts";
import { printTable } from "./table.ts";
import type { Report, Row } from "./test-runtimes.ts";

const cell: Cell = { group: "tests", state: "passed", passed: 7, known: 2, problems: [] };
const row: Row = {
  runtime: "Node 20",
  version: "20.20.2",
  way: { platform: "node", loading: "require" },
  cells: [cell, { ...cell, group: "abort", passed: 1, known: 0 }],
};
const report: Report = { groups: ["tests", "abort"], rows: [row], skips: [], limits: [] };
const withCell = (change: Partial<Cell>): Report => ({
  ...report,
  rows: [{ ...row, cells: [{ ...cell, ...change }] }],
});

test("aligns the table", () => {
  const failed: Row = {
    ...row,
    runtime: "Bun",
    version: "1.4.5",
    cells: [
      { ...cell, state: "failed", problems: ["a", "b"] },
      { ...cell, state: "skipped" },
    ],
  };
  expect(printTable({ ...report, rows: [row, failed] })).toBe(
    [
      "| runtime           | package | loaded by | tests         | abort |",
      "| ----------------- | ------- | --------- | ------------- | ----- |",
      "| Node 20 (20.20.2) | node    | require   | ✓ 7 + 2 known | ✓     |",
      "| Bun (1.4.5)       | node    | require   | ✗ 2           | –     |",
    ].join("\n"),
  );
});

test("the page has the table, and says what a runtime cannot do", () => {
  const page = printDocument({ ...report, limits: [{ runtime: "Bun", reason: "has no sugar" }] });
  expect(page).toContain(printTable(report));
  expect(page).toContain(" Bun has no sugar.\n");
});

test("what is green and was run as a whole is worth keeping", () => {
  expect(isComplete(report)).toBe(true);
});

test.each<[string, Report]>([
  ["something failed", withCell({ state: "failed", problems: ["a"] })],
  ["a group was skipped", withCell({ state: "skipped" })],
  ["a row gave nothing", { ...report, rows: [{ ...row, failure: "crashed" }] }],
  ["a runtime was skipped", { ...report, skips: [{ runtime: "Bun", reason: "x", rows: 1 }] }],
  ["nothing was run", { ...report, rows: [] }],
])("it is not where %s", (_title, incomplete) => {
  expect(isComplete(incomplete)).toBe(false);
});
