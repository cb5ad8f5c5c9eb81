import { expect, test } from "vitest";
import { measureBundle } from "./measure-bundle.ts";

const measure = (source: string) =>
  measureBundle({ title: "case", platform: "browser", source }, import.meta.dirname);

test("one operation brings no error of the others", async () => {
  const one = await measure(
    'import { resolveCustomer } from "@pawprint/marketplace-metering"; console.log(resolveCustomer);',
  );
  const all = await measure(
    'import { MarketplaceMeteringClient } from "@pawprint/marketplace-metering"; console.log(MarketplaceMeteringClient);',
  );
  expect(one.minified).toBeLessThan(all.minified * 0.8);
});

test("weighs more for more code", async () => {
  const little = await measure("console.log(1);");
  const more = await measure(`console.log("${"abcdefghij".repeat(100)}");`);
  expect(more.minified).toBe(little.minified + 1001);
});

test("what is imported on demand does not count", async () => {
  const { minified } = await measure('console.log(() => import("@pawprint/runtime"));');
  expect(minified).toBeLessThan(60);
});

test("fails where a program cannot be bundled", async () => {
  await expect(measure('import "no-such-package";')).rejects.toThrow("no-such-package");
});
