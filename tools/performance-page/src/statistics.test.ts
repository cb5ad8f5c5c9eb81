import { expect, test } from "vitest";
import { compare, summarize } from "./statistics.ts";

test("the median of an even number of values lies between the two in the middle", () => {
  expect(summarize([4, 1, 3, 2]).median).toBe(2.5);
});

test("the spread is that of the middle half, so that one stray round does not count", () => {
  expect(summarize([10, 10, 10, 10, 90])).toEqual({ median: 10, spread: 0 });
  expect(summarize([8, 9, 10, 11, 12]).spread).toBeCloseTo(0.2);
});

test("series are compared turn by turn", () => {
  expect(compare([10, 20, 40], [20, 40, 80])).toEqual({ median: 0.5, spread: 0 });
});

test("nothing cannot be summarized", () => {
  expect(() => summarize([])).toThrow(RangeError);
  expect(() => compare([1], [1, 2])).toThrow(RangeError);
});
