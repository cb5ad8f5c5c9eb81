import { expect, test } from "vitest";
import { compareJson } from "./json-body.ts";

const compare = (expected: string, actual: string): readonly string[] =>
  compareJson(new TextEncoder().encode(expected), new TextEncoder().encode(actual));

test.each([
  ["white space", '{ "a": [ 1 ] }', '{"a":[1]}'],
  ["the order of members", '{"a":1,"b":2}', '{"b":2,"a":1}'],
  ["the spelling of numbers", '{"a":[1.0,1e2,100000000000000000000]}', '{"a":[1,100,1e20]}'],
  ["escapes", '{"a":"\\u00e9"}', '{"a":"é"}'],
])("%s does not count", (_title, expected, actual) => {
  expect(compare(expected, actual)).toEqual([]);
});

test.each([
  ["another value", '{"a":1}', '{"a":2}'],
  ["a missing member", '{"a":1}', "{}"],
  ["a member too much", "{}", '{"a":1}'],
  ["null for an absent member", "{}", '{"a":null}'],
  ["the 64-bit integer beside it", "[1234567890123456789]", "[1234567890123456788]"],
  ["a string for a number", '{"a":1}', '{"a":"1"}'],
  ["another order of elements", '["a","b"]', '["b","b"]'],
  ["what is no JSON", "{}", "<a/>"],
  ["no body", "{}", ""],
])("%s is a difference", (_title, expected, actual) => {
  expect(compare(expected, actual)).toHaveLength(1);
});
