import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createProject, findPublishedPackages, packPackages } from "./tarballs.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tarballs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

test("every package that is published is found, and no tool", () => {
  const names = findPublishedPackages().map(({ manifest }) => manifest.name);
  expect(names).toContain("@pawprint/runtime");
  expect(names).toContain("@pawprint/marketplace-metering-edge");
  expect(names.filter((name) => !name.startsWith("@pawprint/"))).toEqual([]);
});

test("a project runs on the tarballs that are installed into it", async () => {
  const tarballs = await packPackages(join(folder, "tarballs"));
  const needed = tarballs.filter(({ name }) => /runtime$|metering$|-edge$/.test(name));
  const project = join(folder, "project");
  await createProject(project, needed);
  const installed = join(project, "node_modules/@pawprint/marketplace-metering-edge/package.json");
  expect(JSON.parse(await readFile(installed, "utf8"))).toMatchObject({ type: "module" });
  expect(existsSync(join(project, "node_modules/@pawprint/runtime/dist/index.js"))).toBe(true);
});

test("a tarball that cannot be installed is an error that says why", async () => {
  const file = join(folder, "broken.tgz");
  await writeFile(file, "no archive");
  const created = createProject(join(folder, "project"), [{ name: "broken", file, files: [] }]);
  await expect(created).rejects.toThrow(/broken\.tgz|TAR_BAD_ARCHIVE|Z_DATA_ERROR|zlib/i);
});
