import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "tools-tarballs";
import { describe, expect, inject, test } from "vitest";

const { project, tarballs } = inject("installed");

describe.each(tarballs)("$name", ({ name, files }) => {
  test("ships its code, its page, its declarations, its README and its licence, and nothing else", () => {
    const expected =
      /^(?:dist\/.*\.(?:d\.ts|js)|dist\/signing\/LICENSE\.smithy\.txt|bin\/[\w-]+\.js|page\/index\.html)$/;
    const other = files.filter((file) => !expected.test(file)).sort();
    expect(other).toEqual(["LICENSE", "README.md", "package.json"]);
    expect(files.filter((file) => /\.test[.-]/.test(file))).toEqual([]);
  });

  test("depends on the other packages at its own version", () => {
    const file = join(project, "node_modules", name, "package.json");
    const { version, dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    const ranges = Object.entries(dependencies)
      .filter(([dependency]) => dependency.startsWith("@pawprint/"))
      .map(([, range]) => range);
    expect(ranges.filter((range) => range !== version)).toEqual([]);
  });
});
