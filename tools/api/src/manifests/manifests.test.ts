import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pack } from "@publint/pack";
import { expect, inject, onTestFinished, test } from "vitest";
import { createFolder } from "../installed-packages.ts";
import { lintTarball } from "./manifests.ts";

const { project, tarballs } = inject("installed");

test.each(tarballs)("$name has a manifest and types that resolve", async ({ file }) => {
  expect(await lintTarball(file)).toEqual([]);
});

test.each([
  ["a file that is not there", { exports: "./dist/missing.js" }, /FILE_DOES_NOT_EXIST/],
  [
    "types behind what is never reached",
    { exports: { ".": { default: "./dist/index.js", types: "./dist/index.d.ts" } } },
    /EXPORTS_TYPES_SHOULD_BE_FIRST/,
  ],
  [
    "types of another module",
    { exports: { ".": { types: "./dist/missing.d.ts", default: "./dist/index.js" } } },
    /UntypedResolution|NoTypes|FILE_DOES_NOT_EXIST/,
  ],
  ["modules that are said to be CommonJS", { type: "commonjs" }, /FILE_INVALID_FORMAT/],
])("a manifest with %s is found", async (_, change, expected) => {
  const folder = await createFolder("bad-manifest-");
  onTestFinished(() => rm(folder, { recursive: true }));
  const name = "node_modules/@pawprint/marketplace-metering-edge";
  await cp(join(project, name), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, ...change }));
  const tarball = await pack(folder, { packageManager: "npm", ignoreScripts: true });
  expect((await lintTarball(tarball)).join("\n")).toMatch(expected);
});

test("declarations that do not resolve are found", async () => {
  const folder = await createFolder("bad-types-");
  onTestFinished(() => rm(folder, { recursive: true }));
  const name = "node_modules/@pawprint/marketplace-metering-edge";
  await cp(join(project, name), folder, { recursive: true });
  const file = join(folder, "dist", "index.d.ts");
  await writeFile(file, `${await readFile(file, "utf8")}\nexport { a } from "./missing.js";\n`);
  const tarball = await pack(folder, { packageManager: "npm", ignoreScripts: true });
  expect((await lintTarball(tarball)).join("\n")).toMatch(/InternalResolutionError/);
});
