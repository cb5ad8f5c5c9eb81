import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createProject, packPackages } from "tools-tarballs";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { findInstalledPackages, type InstalledPackage, sumUp } from "./installed-packages.ts";

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "installed-")));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function install(path: string, manifest: object, files: readonly string[] = []) {
  const at = join(folder, "node_modules", path);
  for (const file of ["package.json", ...files]) {
    await mkdir(dirname(join(at, file)), { recursive: true });
    await writeFile(join(at, file), JSON.stringify({ version: "1.0.0", ...manifest }));
  }
}

async function find(name: string): Promise<readonly string[]> {
  const found = await findInstalledPackages(name, [], folder);
  return found.map(({ name, version }) => `${name}@${version}`).sort();
}

test("dependencies of dependencies are brought, each version once", async () => {
  await install("a", { dependencies: { b: "1", c: "1" } });
  await install("b", { dependencies: { c: "2" } });
  await install("b/node_modules/c", { version: "2.0.0", dependencies: { a: "1" } });
  await install("c", {});
  await install("unrelated", {});
  expect(await find("a")).toEqual(["a@1.0.0", "b@1.0.0", "c@1.0.0", "c@2.0.0"]);
});

test("peers are brought, unless they are optional", async () => {
  await install("a", {
    peerDependencies: { peer: "1", optional: "1" },
    peerDependenciesMeta: { optional: { optional: true } },
  });
  await install("peer", {});
  await install("optional", {});
  expect(await find("a")).toEqual(["a@1.0.0", "peer@1.0.0"]);
});

test("optional dependencies are brought where they are there", async () => {
  await install("a", { optionalDependencies: { there: "1", "other-platform": "1" } });
  await install("there", {});
  expect(await find("a")).toEqual(["a@1.0.0", "there@1.0.0"]);
});

test("a dependency that is missing is an error", async () => {
  await install("a", { dependencies: { "not-there": "1" } });
  await expect(find("a")).rejects.toThrow("not-there is not installed: run `npm ci`");
});

test("files of a package count, and those of packages below it do not", async () => {
  await install("a", {}, ["dist/index.js", "dist/deep/index.js", ".hidden"]);
  await install("a/node_modules/b", {});
  const [found] = await findInstalledPackages("a", [], folder);
  expect(found?.files.map(({ path }) => path).sort()).toEqual([
    ".hidden",
    "dist/deep/index.js",
    "dist/index.js",
    "package.json",
  ]);
});

test("a disk keeps every file and every folder in blocks of its own", () => {
  const packages: readonly InstalledPackage[] = [
    {
      name: "a",
      version: "1.0.0",
      files: [
        { path: "package.json", bytes: 1 },
        { path: "dist/deep/one.js", bytes: 4096 },
        { path: "dist/deep/two.js", bytes: 4097 },
      ],
    },
    { name: "b", version: "1.0.0", files: [{ path: "package.json", bytes: 10 }] },
  ];
  expect(sumUp(packages)).toEqual({
    packages: 2,
    files: 4,
    bytes: 8204,
    bytesOnDisk: (1 + 1 + 2 + 1 + 3 + 1) * 4096,
  });
});

test("what is said to be brought is what npm brings into an empty project", async () => {
  const tarballs = await packPackages(join(folder, "tarballs"));
  const edge = "@pawprint/marketplace-metering-edge";
  const fromHere = await findInstalledPackages(edge, tarballs);
  const needed = tarballs.filter(({ name }) => fromHere.some((one) => one.name === name));
  const project = join(folder, "project");
  await createProject(project, needed);

  // Others may have newer versions there than in the lock file, which bring other packages.
  const fromThere = await findInstalledPackages(edge, [], project);
  const names = fromThere.map(({ name }) => name).sort();
  expect(names).toEqual(await listPackages(join(project, "node_modules")));
  const oursOf = (packages: readonly InstalledPackage[]) =>
    sumUp(packages.filter(({ name }) => name.startsWith("@pawprint/")));
  expect(oursOf(fromHere)).toEqual(oursOf(fromThere));
});

async function listPackages(modules: string): Promise<readonly string[]> {
  const names = (await readdir(modules)).filter((name) => !name.startsWith("."));
  const scoped = names.map(async (name) =>
    name.startsWith("@")
      ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`)
      : [name],
  );
  return (await Promise.all(scoped)).flat().sort();
}
