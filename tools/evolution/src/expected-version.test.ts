import { expect, test } from "vitest";
import { type Bump, expectedVersion } from "./expected-version.ts";

test.each<[string, Bump, string]>([
  ["0.1.2", "none", "0.1.2"],
  ["0.1.2", "patch", "0.1.3"],
  ["0.1.2", "minor", "0.2.0"],
  ["0.1.2", "major", "0.2.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "major", "2.0.0"],
])("after %s, %s gives %s", (version, bump, expected) => {
  expect(expectedVersion(version, bump)).toBe(expected);
});
