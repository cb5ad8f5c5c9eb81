import { expect, test } from "vitest";
import { drawBars } from "./bars.ts";

const svg = drawBars("CPU <time> & more", [
  { label: "floor", value: 1, isOurs: false },
  { label: "ours", value: 2, isOurs: true },
]);

test("bars are as long as their values are large", () => {
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths).toEqual([210, 420]);
});

test("our own bars stand out", () => {
  expect(svg).toMatch(/class="ours"[^>]*width="420\.0"/);
});

test("text cannot break out of the picture", () => {
  expect(svg).toContain("CPU &lt;time> &amp; more");
});
