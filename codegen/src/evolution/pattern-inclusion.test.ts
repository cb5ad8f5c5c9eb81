import { expect, test } from "vitest";
import { isIncluded } from "./pattern-inclusion.ts";

const texts = (expression?: RegExp, shortest = 0) => ({ expression, shortest });

test.each([
  ["what is not blank, in what is not empty", texts(/\S+/u), texts(/[\s\S]+/u)],
  ["what has a character, in what is not empty", texts(undefined, 1), texts(/[\s\S]+/u)],
  ["digits, in hexadecimal ones", texts(/^[0-9]+$/u), texts(/^[0-9a-f]+$/u)],
  ["anything, in anything", texts(), texts()],
  ["the same, in itself, whatever it is", texts(/(?=a)b\b/u), texts(/(?=a)b\b/u)],
  ["one of two, in both", texts(/^a$/u), texts(/^a$|^b$/u)],
  ["anchored at one end, in anchored nowhere", texts(/^ab/u), texts(/b/u)],
  ["without the flag u on both sides", texts(/^[_]$/), texts(/^[_a]$/)],
])("%s, is found included", (_what, inner, outer) => {
  expect(isIncluded(inner, outer)).toBe(true);
});

test.each([
  ["what is not empty, in what is not blank", texts(/[\s\S]+/u), texts(/\S+/u)],
  ["what may be empty, in what is not", texts(), texts(/[\s\S]+/u)],
  ["what is shorter, in what is longer", texts(/a/u, 1), texts(/a/u, 2)],
  ["hexadecimal digits, in digits", texts(/^[0-9a-f]+$/u), texts(/^[0-9]+$/u)],
  ["anchored nowhere, in anchored at one end", texts(/a/u), texts(/^a/u)],
  ["an anchor for one alternative alone, in both", texts(/^a|b/u), texts(/^(?:a|b)/u)],
  ["an assertion, in what cannot be decided", texts(/^a(?=b)/u), texts(/^a/u)],
  ["a backreference, in what cannot be decided", texts(/^(a)\1$/u), texts(/^a+$/u)],
  ["what is too large to compare", texts(/^[\s\S]{0,9000}$/u), texts(/^[\s\S]{0,9001}$/u)],
  ["flags that differ", texts(/^a$/), texts(/^a$/u)],
])("%s, is not found included", (_what, inner, outer) => {
  expect(isIncluded(inner, outer)).toBe(false);
});
