import { expect, test } from "vitest";
import { createTargetTable } from "./targets.ts";

test("a target is reached up to its limit, and missed beyond", () => {
  const target = { what: "start", limit: 1, unit: " s" };
  const table = createTargetTable([
    { ...target, measured: 1 },
    { ...target, measured: 1.01 },
  ]);
  expect(table.slice(1)).toEqual([
    ["start", "1 s", "1.00 s", "reached"],
    ["start", "1 s", "1.01 s", "**missed**"],
  ]);
});
