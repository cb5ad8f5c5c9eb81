import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPublishedPackages, packPackages } from "tools-tarballs";
import { describe, expect, test } from "vitest";

const packages = findPublishedPackages().map(({ manifest, folder }) => ({
  name: manifest.name,
  manifest,
  folder,
}));
const destination = await mkdtemp(join(tmpdir(), "packaging-"));
const tarballs = await packPackages(destination).finally(() =>
  rm(destination, { recursive: true }),
);

describe.each(packages)("$name", ({ name, manifest }) => {
  const files = filesOf(name);

  test("ships its code, its declarations, its README and its licence, and nothing else", () => {
    const expected =
      /^(?:dist\/.*\.(?:d\.ts|js)|dist\/signing\/LICENSE\.smithy\.txt|bin\/pawprint\.js)$/;
    const other = files.filter((file) => !expected.test(file)).sort();
    expect(other).toEqual(["LICENSE", "README.md", "package.json"]);
    expect(files.filter((file) => /\.test[.-]/.test(file))).toEqual([]);
  });

  test("has every file that it exports", () => {
    const targets = Object.values(manifest.exports)
      .flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)))
      .map((target) => target.replace(/^\.\//, ""));
    expect(targets.filter((target) => !files.includes(target))).toEqual([]);
  });

  test("depends on the other packages at its own version", () => {
    const ranges = Object.entries(manifest.dependencies ?? {})
      .filter(([name]) => name.startsWith("@pawprint/"))
      .map(([, range]) => range);
    expect(ranges.filter((range) => range !== manifest.version)).toEqual([]);
  });
});

test("the edge package and all it imports have no import of Node's", () => {
  const closure = packages.filter(({ name }) => /(?:runtime|metering|-edge)$/.test(name));
  const files = closure.flatMap(({ name, folder }) =>
    filesOf(name)
      .filter((file) => file.endsWith(".js") && !/^dist\/(?:node|mocks)\//.test(file))
      .map((file) => join(folder, file)),
  );
  const forbidden = /from "node:|\bprocess\.|\bBuffer\b|\brequire\(/;
  const offenders = files.filter((file) => forbidden.test(readFileSync(file, "utf8")));
  expect(files.length).toBeGreaterThan(30);
  expect(offenders).toEqual([]);
});

function filesOf(name: string): readonly string[] {
  return tarballs.find((tarball) => tarball.name === name)?.files ?? [];
}
