import { expect, test } from "vitest";
import { computeMeanStep, computeSteps, weigh } from "./weight.ts";

const weights = [
  { minified: 1000, gzip: 500, brotli: 400 },
  { minified: 1300, gzip: 620, brotli: 490 },
  { minified: 1500, gzip: 700, brotli: 550 },
  { minified: 1400, gzip: 680, brotli: 520 },
];

test("bytes are counted, not characters", () => {
  expect(weigh("é").minified).toBe(2);
});

test("what repeats weighs less where it is compressed, and least with brotli", () => {
  const { minified, gzip, brotli } = weigh("batchMeterUsage();".repeat(100));
  expect(minified).toBe(1800);
  expect(gzip).toBeLessThan(100);
  expect(brotli).toBeLessThan(gzip);
});

test("a step is what a program weighs more than the one before it, or less", () => {
  expect(computeSteps(weights)).toEqual([
    { minified: 300, gzip: 120, brotli: 90 },
    { minified: 200, gzip: 80, brotli: 60 },
    { minified: -100, gzip: -20, brotli: -30 },
  ]);
});

test("the mean step is the whole way divided by the number of steps, in whole bytes", () => {
  expect(computeMeanStep(weights)).toEqual({ minified: 133, gzip: 60, brotli: 40 });
});

test("one program alone has no step", () => {
  expect(() => computeMeanStep(weights.slice(0, 1))).toThrow(RangeError);
});
