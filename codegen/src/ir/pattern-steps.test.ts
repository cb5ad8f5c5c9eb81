import { describe, expect, test } from "vitest";
import { countComparisons } from "./backtracking.test-engine.ts";
import { countSteps } from "./pattern-steps.ts";

const unbounded = Number.POSITIVE_INFINITY;

describe("the steps are at least as many as an engine takes for any text of the length", () => {
  test.each([
    /^a*$/u,
    /^a*a*a*b$/u,
    /a*b/u,
    /.*a.*b/u,
    /^(a+)+$/u,
    /^(a*)*b$/u,
    /^(a|a)*$/u,
    /^(a|b|ab)*$/u,
    /^(a?){6}$/u,
    /^(a?b?){3,}$/u,
    /^(a?)+b$/u,
    /^a?a?a?a?aaaa$/u,
    /^((a|aa)b?)*?$/u,
    /^(ab|a)(bab|b)?(ba)*$/u,
    /^(?!a*b).*c$/u,
    /^a(?=a*b)(a|b)*c$/u,
    /(?=a*b)(a|b)*c/u,
    /^a+b*|b*a+$/u,
    /(^a|^b)*c$/u,
    /[ab]*[bc]*[ca]*$/u,
    /^([ab]{1,3}c?){2,4}$/u,
    /(?:[ab].*)*$/u,
  ])("%s", (expression) => {
    for (const text of textsUpTo(6)) {
      const steps = countSteps(expression, { longest: text.length }) ?? unbounded;
      // Those before the first character are not counted: there is one for each way to begin.
      expect(countComparisons(expression, text), text).toBeLessThanOrEqual(steps + 12);
    }
  });
});

describe("the steps for a text of any length are limited for each character", () => {
  test.each([
    /^[a-z]+$/u,
    /^a(-*a)*$/u,
    /^arn:aws[a-z-]*:s3:[a-z0-9-]*:[0-9]{12}:.+$/u,
    /^(?!\s*$).+$/u,
    /[\s\S]+/u,
    /^0|([1-9]\d{0,128})$/u,
    /^([0-9a-f]{16})+$/u,
    /^([a-z]{0,9}:){2}[a-z:]+$/u,
  ])("%s", (expression) => {
    expect(countSteps(expression, { longest: unbounded })).toBe(unbounded);
  });
});

describe("a pattern whose steps grow with the square of the length is limited to short texts", () => {
  test.each([/^a*a*$/u, /^(https|s3):\/\/([^/]+)\/?(.*)$/u, /a+$/u, /.*\S.*/u])(
    "%s",
    (expression) => {
      expect(countSteps(expression, { longest: 1_024 })).toBeLessThan(10_000_000);
      expect(countSteps(expression, { longest: 100_000 })).toBeUndefined();
      expect(countSteps(expression, { longest: unbounded })).toBeUndefined();
    },
  );
});

describe("a pattern whose steps double with each character is refused, however it is written", () => {
  test.each([
    /^(a+)+$/u,
    /^(a*)*$/u,
    /^(a|a)*$/u,
    /^(a|[^b])*$/u,
    /^([a-z]|\p{L})*$/u,
    /^(\p{Lu}|\p{Lt}|é)*$/u,
    /^(a?){40}$/u,
    /^(.|\s)*$/u,
    /^(a|\u0061)+$/,
    /^(.|\u00a0)*x$/,
    /^[a-z0-9]([-a-z0-9]*[a-z0-9]){0,39}?$/u,
    /^ *[^:]+( +[^:]+)* *$/u,
    /(?:[ \r\n\t].*)*$/u,
    /^(?=(a+)+$)a*$/u,
    /^(?<=(a+)+b)c$/u,
    /^((((a?)*)?)*)*b$/u,
  ])("%s", (expression) => {
    expect(countSteps(expression, { longest: 64 })).toBeUndefined();
  });
});

describe("a pattern of which nothing can be proved is refused", () => {
  test.each([/^(a+)\1$/u, /^(?<x>a)\k<x>*$/u, /^((a?){99}){99}$/u, /^x(?=a*$)a*$/u])(
    "%s",
    (expression) => {
      expect(countSteps(expression, { longest: unbounded })).toBeUndefined();
    },
  );
});

test("a pattern that ends soon costs the same for texts of any length", () => {
  expect(countSteps(/^a?a?a?b$/u, { longest: unbounded })).toBe(
    countSteps(/^a?a?a?b$/u, { longest: 4 }),
  );
});

/** Every text of the letters a, b and c up to a length, the empty one included. */
function textsUpTo(length: number): readonly string[] {
  const texts = [""];
  for (const text of texts) {
    if (text.length < length) texts.push(...["a", "b", "c"].map((letter) => text + letter));
  }
  return texts;
}
