import { describe, expect, test } from "vitest";
import {
  parseJson,
  readArrayOf,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readObjectOf,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "./json.ts";

const address = ["model.json", "com.example#Shape"];

describe("a value of the wrong type is refused with what was found and what belongs there", () => {
  test.each([
    [() => readString(3, address), "found 3; a string belongs here"],
    [() => readBoolean("true", address), 'found "true"; true or false belongs here'],
    [() => readNumber(null, address), "found null; a number belongs here"],
    [() => readInteger(1.5, address), "found 1.5; a whole number belongs here"],
    [() => readObject([], address), "found an array; an object belongs here"],
    [() => readArrayOf({}, address, readString), "found an object; an array belongs here"],
    [() => readOneOf("c", address, ["a", "b"]), 'found "c"; one of "a", "b" belongs here'],
    [() => readNumber("x".repeat(80), address), `found "${"x".repeat(59)}…; a number belongs here`],
  ])("%s", (read, problem) => {
    expect(read).toThrow(`model.json: com.example#Shape: ${problem}`);
  });
});

test("the address of a part is a JSON pointer that grows with each step", () => {
  const rule = within(address, "rules", 2);
  expect(rule).toEqual(["model.json", "com.example#Shape", "/rules/2"]);
  expect(within(rule, "a/b", "~")).toEqual(["model.json", "com.example#Shape", "/rules/2/a~1b/~0"]);
});

test("the absolute path of a file is not taken for a JSON pointer", () => {
  expect(within(["/models/a.json"], "shapes")).toEqual(["/models/a.json", "/shapes"]);
});

test("an item or entry that is wrong is named by its own address", () => {
  expect(() => readArrayOf(["a", 1], address, readString)).toThrow("Shape: /1: found 1;");
  expect(() => readObjectOf({ a: "x", b: [] }, address, readString)).toThrow(
    "Shape: /b: found an array;",
  );
});

test("a property that must be there is missed under its own address", () => {
  expect(() => readProperty({}, "type", address, readString)).toThrow(
    "model.json: com.example#Shape: /type: found nothing; a string belongs here",
  );
});

test("a property that may be absent is undefined where it is, and checked where it is not", () => {
  expect(readOptional({}, "type", address, readString)).toBeUndefined();
  expect(() => readOptional({ type: null }, "type", address, readString)).toThrow("found null");
});

test("what every object inherits does not count as a property", () => {
  expect(readOptional({}, "constructor", address, readObject)).toBeUndefined();
});

test("a property that nobody knows is refused", () => {
  expect(() => refuseUnknownProperties({ tpye: 1 }, ["type", "value"], address)).toThrow(
    'com.example#Shape: /tpye: unknown property; what belongs here is one of "type", "value"',
  );
});

test("text that is not JSON is refused with the parser's words and its error as the cause", () => {
  expect(parseJson('{"a": [1]}', ["a.json"])).toEqual({ a: [1] });
  expect(() => parseJson("{", ["a.json"])).toThrow(/^a\.json: not JSON: /);
});
