import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";

test.each<[string, unknown]>([
  ["9223372036854775807", 9223372036854775807n],
  ["-9007199254740993", -9007199254740993n],
  ["9007199254740991", 9007199254740991],
  ["-0", -0],
  ["1.5e3", 1500],
  ["1e400", Number.POSITIVE_INFINITY],
  ["9007199254740993.0", 9007199254740992n],
  ["1e20", 100000000000000000000n],
  ['"9223372036854775807"', "9223372036854775807"],
  ['"a \\" 9223372036854775807"', 'a " 9223372036854775807'],
  [
    '{ "9223372036854775807": [true, 9223372036854775806, null] }',
    { "9223372036854775807": [true, 9223372036854775806n, null] },
  ],
])("reads %s to the last digit", (text, value) => {
  expect(parseExactJson(text)).toEqual(value);
});

test.each(["09223372036854775807", "- 1", "9223372036854775807a", '"a', "[9223372036854775807,]"])(
  "refuses %s, which is not JSON",
  (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  },
);
