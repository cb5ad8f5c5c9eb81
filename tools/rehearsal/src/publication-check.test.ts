import { expect, test } from "vitest";
import {
  checkPublications,
  type ExpectedPublications,
  type RegistryManifest,
  type RegistryPackage,
} from "./publication-check.ts";

function describePackage(
  name: string,
  manifest: RegistryManifest,
  versions = ["0.1.0", "0.2.0"],
): RegistryPackage {
  return {
    name,
    "dist-tags": { latest: versions.at(-1) ?? "" },
    versions: Object.fromEntries(versions.map((version) => [version, manifest])),
  };
}

const core = describePackage("core", { dependencies: { other: "^1.0.0" } });
const node = describePackage("node", { dependencies: { core: "0.2.0" } });
const ids = ["core@0.1.0", "node@0.1.0", "core@0.2.0", "node@0.2.0"];
const expected = { versions: ["0.1.0", "0.2.0"], published: ids, tags: ids };

test("packages that were released together have no problem", () => {
  expect(checkPublications([core, node], expected)).toEqual([]);
});

interface Fault {
  readonly core?: RegistryPackage;
  readonly node?: RegistryPackage;
  readonly expected?: Partial<ExpectedPublications>;
}

test.each<[string, Fault, readonly string[]]>([
  [
    "a minor version that became a major one",
    { core: describePackage("core", {}, ["0.1.0", "1.0.0"]) },
    ["core has 0.1.0, 1.0.0; 0.1.0, 0.2.0 were released", "core has 1.0.0 as its latest"],
  ],
  [
    "a package that stayed behind",
    { core: describePackage("core", {}, ["0.1.0"]) },
    ["core has 0.1.0; 0.1.0, 0.2.0 were released", "core has 0.1.0 as its latest"],
  ],
  [
    "a package that was published twice",
    { expected: { published: [...ids, "core@0.2.0"] } },
    ["core@0.2.0 was published 2 times"],
  ],
  [
    "a package without a tag",
    { expected: { tags: ids.slice(1) } },
    ["core@0.1.0 was tagged 0 times"],
  ],
  [
    "a range that only a workspace knows",
    { core: describePackage("core", { peerDependencies: { other: "workspace:^" } }) },
    ["core depends on other as workspace:^"],
  ],
  [
    "a dependency on an older release",
    { node: describePackage("node", { dependencies: { core: "0.1.0" } }) },
    ["node depends on core as 0.1.0"],
  ],
])("%s is found", (_what, fault, problems) => {
  const packages = [fault.core ?? core, fault.node ?? node];
  expect(checkPublications(packages, { ...expected, ...fault.expected })).toEqual(problems);
});
