import { expect, test } from "vitest";
import { type Bump, raiseVersion } from "./next-version.ts";

test.each<[string, Bump, string]>([
  ["0.1.2", "patch", "0.1.3"],
  ["0.1.2", "minor", "0.2.0"],
  ["0.1.2", "major", "1.0.0"],
  ["1.2.3", "major", "2.0.0"],
])("after %s, %s gives %s", (version, bump, expected) => {
  expect(raiseVersion(version, bump)).toBe(expected);
});
