import { expect, test } from "vitest";
import { compareValues } from "./value-comparison.ts";

test.each([
  ["a string", "a"],
  ["a number that is none", Number.NaN],
  ["a date", new Date(5)],
  ["bytes", Uint8Array.of(1, 2)],
  ["a big integer", 2n ** 63n],
  ["null", null],
  ["lists and members", { list: [1, { deep: new Date(0) }], nothing: null }],
])("%s equals its copy", (_title, value) => {
  expect(compareValues(value, structuredClone(value), "value")).toEqual([]);
});

test.each<[string, unknown, unknown]>([
  ["another string", "a", "b"],
  ["another number", 1, 1.5],
  ["a number that is none", Number.NaN, 0],
  ["a number for its name", "NaN", Number.NaN],
  ["the opposite", true, false],
  ["a number for a string", "1", 1],
  ["a number for a big integer", 5n, 5],
  ["the big integer beside it", 1234567890123456789n, 1234567890123456788n],
  ["another time", new Date(0), new Date(1)],
  ["a number for a date", new Date(0), 0],
  ["other bytes", Uint8Array.of(1), Uint8Array.of(2)],
  ["more bytes", Uint8Array.of(1), Uint8Array.of(1, 2)],
  ["text for bytes", Uint8Array.of(97), "a"],
  ["null for nothing", undefined, null],
  ["nothing for null", null, undefined],
  ["an empty list for an empty object", {}, []],
  ["a longer list", [1], [1, 2]],
  ["another order", [1, 2], [2, 1].slice(0, 1)],
  ["a hole for null", [null], [undefined]],
  ["an object of a class", {}, new Map()],
])("%s is a difference", (_title, expected, actual) => {
  expect(compareValues(expected, actual, "value")).toHaveLength(1);
});

test("names every member that is wrong, missing or too much", () => {
  const expected = { right: 1, wrong: { deep: [1, 2] }, missing: 3, absent: undefined };
  const actual = { right: 1, wrong: { deep: [1, 3] }, extra: undefined };
  expect(compareValues(expected, actual, "result")).toEqual([
    "result.wrong.deep[1]: expected 2, found 3",
    "result.missing: expected 3, found nothing",
    "result.extra: expected nothing, found undefined",
  ]);
});

test("a member that must be absent is not expected to be undefined", () => {
  expect(compareValues({ member: undefined }, {}, "result")).toEqual([]);
  expect(compareValues({ member: undefined }, { member: undefined }, "result")).toHaveLength(1);
});
