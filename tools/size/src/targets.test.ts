import { expect, test } from "vitest";
import { printKilobytes } from "./quantity.ts";
import { createTargetTable } from "./targets.ts";

const target = { what: "edge bundle", most: 12_000, print: printKilobytes };

test("a target is met by what weighs as much, and missed by what weighs more", () => {
  const targets = [
    { ...target, measured: 12_000 },
    { ...target, measured: 13_200 },
  ];
  expect(createTargetTable(targets).slice(1)).toEqual([
    ["edge bundle", "12.0 kB", "12.0 kB", "met"],
    ["edge bundle", "12.0 kB", "13.2 kB", "missed by 10 %"],
  ]);
});
