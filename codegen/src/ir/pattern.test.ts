import { describe, expect, test } from "vitest";
import { compilePattern, isTrivialPattern, selectCheck } from "./pattern.ts";

describe("a pattern is compiled with the u flag where it can be, and without where it must", () => {
  test.each([
    ["^[a-z]+$", "/^[a-z]+$/u"],
    ["^\\p{L}+$", "/^\\p{L}+$/u"],
    ["^[\\w-_]*$", "/^[\\w-_]*$/"],
    ["^([a-z]|\\-)+$", "/^([a-z]|\\-)+$/"],
    ["^\\u0020\\x20\\cA$", "/^\\u0020\\x20\\cA$/u"],
  ])("%s", (pattern, expression) => {
    expect(String(compilePattern(pattern))).toBe(expression);
  });
});

describe("Java's POSIX classes mean what they mean in Java", () => {
  test.each([
    ["^\\p{Print}+$", "a b~", "é"],
    ["^[\\p{Alnum}\\-]+$", "a-1", "a_1"],
    ["^\\p{Punct}$", "[", "a"],
    ["^\\[\\p{Upper}\\]$", "[A]", "[a]"],
  ])("%s", (pattern, match, other) => {
    const expression = compilePattern(pattern);
    expect(expression?.test(match)).toBe(true);
    expect(expression?.test(other)).toBe(false);
  });
});

describe("a pattern that JavaScript would refuse or misread is not compiled", () => {
  test.each(["(", "^a{1}{3}$", "\\A[a-z]\\z", "^[\\p{Nonsense}\\-]+$", "^\\h+\\-$"])(
    "%s",
    (pattern) => {
      expect(compilePattern(pattern)).toBeUndefined();
    },
  );
});

describe("a pattern is trivial only if every string matches it", () => {
  test.each([".*", "[\\s\\S]*", "^[\\s\\S]*$", "^[\\S\\s]*$", ""])("trivial: %s", (pattern) => {
    expect(isTrivialPattern(pattern)).toBe(true);
    expect(
      ["", "a", "\n", "a\r\n\u2028"].every((text) => compilePattern(pattern)?.test(text)),
    ).toBe(true);
  });

  test.each(["^.*$", "^[\\s\\S]+$", ".+", "[a-z]*$x", "^\\S*$"])("not trivial: %s", (pattern) => {
    expect(isTrivialPattern(pattern)).toBe(false);
  });
});

describe("a client checks a pattern", () => {
  test("that is quick for strings of any length", () => {
    const check = selectCheck({ pattern: "^[a-z]+$", length: undefined });
    expect(String(check)).toBe("/^[a-z]+$/u");
  });

  test("that is quick for strings of the lengths that are allowed, and no other", () => {
    const pattern = "^(https|s3)://([^/]+)/?(.*)$";
    expect(selectCheck({ pattern, length: { min: 0, max: 1_024 } })).toBeInstanceOf(RegExp);
    expect(selectCheck({ pattern, length: { min: 0, max: 65_536 } })).toBeUndefined();
    expect(selectCheck({ pattern, length: undefined })).toBeUndefined();
  });

  test("without the u flag only where it is quick for twice as many code units", () => {
    const length = { min: 0, max: 1_500 };
    expect(String(selectCheck({ pattern: "^a*a*-?$", length }))).toBe("/^a*a*-?$/u");
    expect(String(compilePattern("^a*a*\\-?$"))).toBe("/^a*a*\\-?$/");
    expect(selectCheck({ pattern: "^a*a*\\-?$", length })).toBeUndefined();
  });

  test.each([
    ["matches every string", ".*"],
    ["JavaScript cannot express", "\\A[a-z]\\z"],
    ["may keep it busy", "^(a+)+$"],
  ])("but not one that %s", (_reason, pattern) => {
    expect(selectCheck({ pattern, length: { min: 1, max: 64 } })).toBeUndefined();
  });
});
