import { expect, test } from "vitest";
import type { CallCosts } from "./call-costs.ts";
import { findDeviations } from "./deviations.ts";

const budget: CallCosts = {
  hashes: 4,
  headersObjects: 1,
  urlObjects: 1,
  abortControllers: 1,
  jsonConversions: 2,
  textConversions: 4,
  promises: 60,
  timers: 1,
  functionCalls: 1000,
  allocatedBytes: 80_000,
};

test("what takes as much as it may is all right", () => {
  expect(findDeviations(budget, budget)).toEqual([]);
});

test("one promise more is too many", () => {
  expect(findDeviations({ ...budget, promises: 61 }, budget)).toEqual([
    "promises: 61, and only 60 are allowed",
  ]);
});

test("one hash less asks for a lower budget", () => {
  expect(findDeviations({ ...budget, hashes: 3 }, budget)).toEqual([
    "hashes: 3, and 4 are allowed; lower the budget with npm run costs --workspace tools-bench",
  ]);
});

test("bytes may move a little, in both directions, and no more", () => {
  const withBytes = (allocatedBytes: number) =>
    findDeviations({ ...budget, allocatedBytes }, budget);
  expect([83_000, 77_000].flatMap(withBytes)).toEqual([]);
  expect([85_000, 75_000].flatMap(withBytes)).toHaveLength(2);
});

test("a cost without a budget is a deviation", () => {
  const { timers: _, ...rest } = budget;
  expect(findDeviations(budget, rest as CallCosts)).toHaveLength(1);
});
