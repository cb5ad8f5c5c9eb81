import { expect, test } from "vitest";
import { checkRelease, type ReleasedPackage } from "./release-check.ts";

const changelog =
  "# core\n\n## 0.2.0\n\n### Minor Changes\n\n- Follow.\n\n  - More.\n\n## 0.1.0\n\n- Old.\n";
const core: ReleasedPackage = { name: "core", version: "0.2.0", changelog };
const runtime: ReleasedPackage = { name: "runtime", version: "0.2.0", changelog: undefined };
const expected = { version: "0.2.0", changed: ["core"], tells: "- More." };

test("a release in which all packages have one version, and those that changed tell why, is right", () => {
  expect(checkRelease([core, runtime], expected)).toEqual([]);
});

test.each<[string, readonly ReleasedPackage[], string]>([
  [
    "a package that stayed behind",
    [core, { ...runtime, version: "0.1.0" }],
    "runtime is at 0.1.0, not at 0.2.0",
  ],
  ["a package that is gone", [runtime], "core is missing"],
  [
    "a changelog that tells it of another version",
    [{ ...core, changelog: changelog.replace("0.2.0", "0.3.0") }],
    "core does not tell of 0.2.0: - More.",
  ],
  [
    "a changelog that told it earlier",
    [{ ...core, changelog: "# core\n\n## 0.2.0\n\n- Other.\n\n## 0.1.0\n\n- More.\n" }],
    "core does not tell of 0.2.0: - More.",
  ],
  [
    "a package without a changelog",
    [{ ...core, changelog: undefined }],
    "core does not tell of 0.2.0: - More.",
  ],
])("%s is found", (_what, packages, problem) => {
  expect(checkRelease(packages, expected)).toEqual([problem]);
});
