import { expect, test } from "vitest";
import { drawScatter } from "./scatter.ts";

const points = [
  { label: "small & <new>", size: 100, time: 0.1 },
  { label: "large", size: 1000, time: 1 },
];
const svg = drawScatter("Time & size", points, { factor: 0.001, exponent: 1, fit: 1 });

test("the smallest model is at the lower left, the largest at the upper right", () => {
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
    x,
    y,
  ]);
  expect(places).toEqual([
    ["60.0", "350.0"],
    ["610.0", "50.0"],
  ]);
});

test("the curve goes through points that are on it", () => {
  expect(svg).toMatch(/class="fit"[^>]* d="M 60\.0 350\.0 L 610\.0 50\.0"/);
});

test("the axes have round numbers", () => {
  expect(svg).toContain(">500</text>");
  expect(svg).toContain(">0.2 s</text>");
});

test("names cannot break out of the picture", () => {
  expect(svg).toContain("small &amp; &lt;new>: 100 shapes");
});
