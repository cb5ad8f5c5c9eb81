import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders = [
  "codegen",
  "packages/runtime",
  ...["core", "edge", "mocks", "node"].map((kind) => `packages/marketplace-metering/${kind}`),
];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: {
    readonly [subpath: string]: string | { readonly [condition: string]: string };
  };
  readonly dependencies: { readonly [name: string]: string };
}

describe.each(folders)("the package in %s", (folder) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  const files = pack(folder);

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
    const ranges = Object.entries(manifest.dependencies)
      .filter(([name]) => name.startsWith("@pawprint/"))
      .map(([, range]) => range);
    expect(ranges.filter((range) => range !== manifest.version)).toEqual([]);
  });
});

test("the edge package and all it imports have no import of Node's", () => {
  const closure = ["packages/marketplace-metering/edge", "packages/marketplace-metering/core"];
  const runtime = pack("packages/runtime")
    .filter((file) => file.endsWith(".js") && !/^dist\/(?:node|mocks)\//.test(file))
    .map((file) => join("packages/runtime", file));
  const files = [
    ...runtime,
    ...closure.flatMap((folder) =>
      pack(folder)
        .filter((file) => file.endsWith(".js"))
        .map((file) => join(folder, file)),
    ),
  ];
  const forbidden = /from "node:|\bprocess\.|\bBuffer\b|\brequire\(/;
  const offenders = files.filter((file) => forbidden.test(readFileSync(join(root, file), "utf8")));
  expect(files.length).toBeGreaterThan(30);
  expect(offenders).toEqual([]);
});

function pack(folder: string): readonly string[] {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: join(root, folder),
    encoding: "utf8",
  });
  const [result] = Object.values(JSON.parse(stdout)) as { files: readonly { path: string }[] }[];
  return (result?.files ?? []).map(({ path }) => path);
}
