import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Cell } from "./cell.ts";
import { writeResults } from "./results-file.ts";

const cell: Cell = { group: "abort", state: "passed", passed: 1, known: 0, problems: [] };

test("each cell counts as a test, and those of a runtime that is missing as skipped", async () => {
  const folder = await mkdtemp(join(tmpdir(), "runtimes-results-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "new", "results.json");
  const row = {
    runtime: "Bun",
    version: "1",
    way: { platform: "edge", loading: "import" },
  } as const;
  await writeResults(file, {
    groups: ["retry", "abort", "time-out"],
    rows: [
      { ...row, cells: [cell, cell, { ...cell, state: "skipped" }] },
      { ...row, cells: [cell, cell, { ...cell, state: "failed" }] },
    ],
    skips: [{ runtime: "Chromium", reason: "it is not here", rows: 2 }],
    limits: [],
  });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 7,
    testResults: [],
  });
});
