import { expect, test } from "vitest";
import { fitGrowth } from "./growth.ts";

const sizes = [10, 100, 1000, 3000];

test("time in proportion has the exponent 1", () => {
  const growth = fitGrowth(sizes.map((size) => ({ size, time: 0.002 * size })));
  expect(growth.exponent).toBeCloseTo(1);
  expect(growth.factor).toBeCloseTo(0.002);
  expect(growth.fit).toBeCloseTo(1);
});

test("time with the square of the size has the exponent 2", () => {
  expect(fitGrowth(sizes.map((size) => ({ size, time: size ** 2 }))).exponent).toBeCloseTo(2);
});

test("points that lie beside the curve lower the fit", () => {
  const points = sizes.map((size, index) => ({ size, time: size * (index % 2 === 0 ? 1 : 10) }));
  expect(fitGrowth(points).fit).toBeLessThan(0.95);
});

test("one size shows no growth, and no time is none", () => {
  expect(() => fitGrowth([{ size: 10, time: 1 }])).toThrow(RangeError);
  expect(() => fitGrowth(sizes.map((size) => ({ size, time: 0 })))).toThrow(RangeError);
});
