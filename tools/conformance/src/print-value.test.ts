import { expect, test } from "vitest";
import { printValue } from "./print-value.ts";

test.each<[unknown, string]>([
  ["it's\n", "'it\\'s\\n'"],
  ['"a"', "'\"a\"'"],
  [5n, "5n"],
  [-0, "-0"],
  [Number.NaN, "NaN"],
  [undefined, "undefined"],
  [null, "null"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [new Date(Number.NaN), "no date"],
  [Uint8Array.of(1, 2), "Uint8Array [ 1, 2 ]"],
  [[], "[]"],
  [{}, "{}"],
  [{ a: [1, "b"], "c-d": true }, "{ a: [ 1, 'b' ], 'c-d': true }"],
  [new Map(), "Map {}"],
  [new TypeError("no"), "TypeError: no"],
  [Object.create(null), "{}"],
])("prints %o so that its type shows", (value, text) => {
  expect(printValue(value)).toBe(text);
});

test("cuts what is long or deep", () => {
  expect(printValue("a".repeat(101))).toBe(`'${"a".repeat(100)}…'`);
  expect(printValue(Array(22).fill(0))).toBe(`[ ${"0, ".repeat(20)}… 2 more ]`);
  expect(printValue([[[[[[1]]]]]])).toBe("[ [ [ [ [ … ] ] ] ] ]");
});
