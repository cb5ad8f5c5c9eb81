import { describe, expect, test } from "vitest";
import { isValidHostLabel, isVirtualHostableS3Bucket } from "./host-label.ts";

describe("a host label has letters, digits and inner dashes", () => {
  test.each([
    ["us-east-1", true],
    ["3aws4", true],
    ["Upper", true],
    ["a", true],
    ["a".repeat(63), true],
    ["a".repeat(64), false],
    ["part1 part2", false],
    ["part1.part2", false],
    ["-part", false],
    ["part-", false],
    ["part_1", false],
    ["part\n", false],
    ["", false],
  ])("%j: %s", (value, expected) => {
    expect(isValidHostLabel(value, false)).toBe(expected);
  });
});

describe("with subdomains, labels have single dots between", () => {
  test.each([
    ["part1.part2", true],
    ["part1", true],
    ["part1.", false],
    ["part1..part2", false],
    ["part1.-part2", false],
    ["", false],
  ])("%j: %s", (value, expected) => {
    expect(isValidHostLabel(value, true)).toBe(expected);
  });
});

describe("a bucket can be a host where its name is a small label of 3 to 63 characters", () => {
  test.each([
    ["my-bucket", false, true],
    ["abc", false, true],
    ["ab", false, false],
    ["a".repeat(63), false, true],
    ["a".repeat(64), false, false],
    ["My-bucket", false, false],
    ["my-bucket-", false, false],
    ["my.bucket", false, false],
    ["my.bucket", true, false],
    ["mine.bucket", true, true],
    ["mine..bucket", true, false],
    ["192.168.100.100", true, false],
  ])("%j with subdomains %s: %s", (value, allowSubDomains, expected) => {
    expect(isVirtualHostableS3Bucket(value, allowSubDomains)).toBe(expected);
  });
});
