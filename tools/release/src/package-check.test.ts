import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkPackages } from "./package-check.ts";
import { type PackedPackage, readTarball } from "./packed-package.ts";

interface Fault {
  readonly manifest?: object;
  readonly files?: { readonly [path: string]: string | undefined };
}

const files = {
  LICENSE: "Apache License",
  "README.md": "# Example",
  "dist/index.js": "export {};",
};

/** Goes through a real tarball. */
function pack({ manifest, files: others }: Fault = {}): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const content = {
    "package.json": JSON.stringify({
      name: "@pawprint/example",
      version: "1.2.3",
      license: "Apache-2.0",
      ...manifest,
    }),
    ...files,
    ...others,
  };
  for (const [path, text] of Object.entries(content)) {
    if (text === undefined) continue;
    mkdirSync(join(folder, "package", dirname(path)), { recursive: true });
    writeFileSync(join(folder, "package", path), text);
  }
  execFileSync("tar", ["-czf", join(folder, "example.tgz"), "-C", folder, "package"]);
  return readTarball(join(folder, "example.tgz"), join(folder, "unpacked"));
}

test("a package with everything it needs has no problem", () => {
  expect(checkPackages([pack()])).toEqual([]);
});

test.each<[string, Fault, string]>([
  ["a test", { files: { "dist/index.test.js": "" } }, "dist/index.test.js is a test"],
  ["no licence file", { files: { LICENSE: undefined } }, "has no LICENSE"],
  ["an empty README", { files: { "README.md": " " } }, "has no README.md"],
  [
    "provenance for every publisher",
    { manifest: { publishConfig: { provenance: true } } },
    "leave that to the workflow",
  ],
  ["another licence", { manifest: { license: "MIT" } }, "licence must be Apache-2.0"],
  ["nothing built", { files: { "dist/index.js": undefined } }, "build it first"],
  ["a workspace range", { manifest: { dependencies: { other: "workspace:*" } } }, "workspace:*"],
  [
    "a peer by path",
    { manifest: { peerDependencies: { other: "file:../other" } } },
    "file:../other",
  ],
  [
    "a source map that is not there",
    { files: { "dist/index.js": "export {};\n//# sourceMappingURL=index.js.map\n" } },
    "points to index.js.map",
  ],
  [
    "a source map of sources that are not there",
    { files: { "dist/index.js.map": JSON.stringify({ sources: ["../src/index.ts"] }) } },
    "points to ../src/index.ts",
  ],
  ["five megabytes", { files: { "dist/data.js": "x".repeat(5 * 2 ** 20) } }, "bytes unpacked"],
])("a package with %s is named, with what would be right", (_, fault, problem) => {
  expect(checkPackages([pack(fault)])).toEqual([expect.stringContaining(problem)]);
  expect(checkPackages([pack(fault)])[0]).toMatch(/^@pawprint\/example: /);
});

test("a source map that brings its sources along points to nothing that is missing", () => {
  const map = JSON.stringify({ sources: ["../src/index.ts"], sourcesContent: ["export {};"] });
  expect(checkPackages([pack({ files: { "dist/index.js.map": map } })])).toEqual([]);
});

test("a package with another version than the first is named", () => {
  const other = pack({ manifest: { name: "@pawprint/other", version: "1.2.4" } });
  expect(checkPackages([pack(), other])).toEqual([
    "@pawprint/other: has version 1.2.4; all packages of a release have 1.2.3",
  ]);
});

test("a package that depends on an older release of another is named", () => {
  const other = pack({
    manifest: { name: "@pawprint/other", dependencies: { "@pawprint/example": "1.2.2" } },
  });
  expect(checkPackages([pack(), other])).toEqual([
    "@pawprint/other: depends on @pawprint/example 1.2.2; packages of one release depend on each other as 1.2.3",
  ]);
});
