import { describe, expect, test } from "vitest";
import { split, substring } from "./text.ts";

describe("a substring is cut from either end", () => {
  test.each([
    ["abcdefg", 0, 4, false, "abcd"],
    ["abcd", 0, 4, false, "abcd"],
    ["abcdefg", 0, 4, true, "defg"],
    ["defg", 1, 3, false, "ef"],
    ["defg", 1, 3, true, "ef"],
    ["\u007fabcdef", 0, 4, false, "\u007fabc"],
  ])("%j from %i to %i", (value, start, stop, reverse, expected) => {
    expect(substring(value, start, stop, reverse)).toBe(expected);
  });
});

describe("there is no substring of text that is too short or is not ASCII", () => {
  test.each([
    ["abc", 0, 4, false],
    ["", 0, 4, true],
    ["abcdef", 3, 3, false],
    ["\ufdfd\ufdfd\ufdfd\ufdfd\ufdfd", 0, 4, false],
  ])("%j from %i to %i", (value, start, stop, reverse) => {
    expect(substring(value, start, stop, reverse)).toBeUndefined();
  });
});

describe("text is split into as many parts as the limit allows", () => {
  test.each([
    ["a--b--c", "--", 0, ["a", "b", "c"]],
    ["a--b--c", "--", 1, ["a--b--c"]],
    ["a--b--c", "--", 2, ["a", "b--c"]],
    ["a--b--c", "--", 3, ["a", "b", "c"]],
    ["a--b--c--d--e", "--", 4, ["a", "b", "c", "d--e"]],
    ["", "--", 0, [""]],
    ["----", "--", 0, ["", "", ""]],
    ["aaa", "aa", 0, ["", "a"]],
    ["a.*b", ".*", 0, ["a", "b"]],
    ["abc", "x", 0, ["abc"]],
  ])("%j at %j, limit %i", (value, delimiter, limit, expected) => {
    expect(split(value, delimiter, limit)).toEqual(expected);
  });
});
