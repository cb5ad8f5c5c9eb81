import { describe, expect, test } from "vitest";
import { compilePattern, isTrivialPattern } from "./pattern.ts";

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
