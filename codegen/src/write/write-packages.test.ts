import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GeneratedPackage } from "../emit/package-plan.ts";
import { OutputError } from "./output-error.ts";
import { comparePackages, type Difference, writePackages } from "./write-packages.ts";

interface Files {
  readonly [path: string]: string;
}

const manifest = JSON.stringify({ name: "example", pawprint: { service: "a", package: "core" } });

let out: string;

beforeEach(async () => {
  out = await realpath(await mkdtemp(join(tmpdir(), "pawprint-write-")));
});

afterEach(async () => {
  await rm(out, { recursive: true });
});

function generated(directory: string, files: Files): GeneratedPackage {
  const all = { "package.json": manifest, ...files };
  return { directory, files: Object.entries(all).map(([path, text]) => ({ path, text })) };
}

async function put(files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), text);
  }
}

/** Everything below the output folder: files with their texts, folders with a slash at the end. */
async function readTree(folder: string = out): Promise<Files> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    return entry.isFile() ? [name, await readFile(path, "utf8")] : [`${name}/`, ""];
  });
  return Object.fromEntries((await Promise.all(files)).sort());
}

function kindsOf(differences: readonly Difference[]): Files {
  return Object.fromEntries(differences.map(({ kind, path }) => [relative(out, path), kind]));
}

describe("writing", () => {
  test("makes what is missing, folders included", async () => {
    const differences = await writePackages(out, [generated("a/core", { "src/index.ts": "new" })]);
    expect(kindsOf(differences)).toEqual({
      "a/core/package.json": "missing",
      "a/core/src/index.ts": "missing",
    });
    expect(await readTree()).toEqual({
      "a/": "",
      "a/core/": "",
      "a/core/package.json": manifest,
      "a/core/src/": "",
      "a/core/src/index.ts": "new",
    });
  });

  test("makes the output folder, where it is missing, too", async () => {
    await writePackages(join(out, "far", "away"), [generated("a/core", {})]);
    expect(await readTree()).toMatchObject({ "far/away/a/core/package.json": manifest });
  });

  test("changes what differs and does not touch what is the same", async () => {
    await put({
      "a/core/package.json": manifest,
      "a/core/src/one.ts": "old",
      "a/core/src/two.ts": "same",
    });
    const before = await stat(join(out, "a/core/src/two.ts"));
    const files = { "src/one.ts": "new", "src/two.ts": "same" };
    const differences = await writePackages(out, [generated("a/core", files)]);
    expect(kindsOf(differences)).toEqual({ "a/core/src/one.ts": "changed" });
    expect(await readTree()).toMatchObject({ "a/core/src/one.ts": "new" });
    const after = await stat(join(out, "a/core/src/two.ts"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test("deletes what is stale, and folders that get empty", async () => {
    await put({
      "a/core/package.json": manifest,
      "a/core/src/operations/old.ts": "old",
      "a/core/src/kept.ts": "kept",
      "a/core/.hidden": "",
    });
    const differences = await writePackages(out, [generated("a/core", { "src/kept.ts": "kept" })]);
    expect(kindsOf(differences)).toEqual({
      "a/core/.hidden": "stale",
      "a/core/src/operations/old.ts": "stale",
    });
    expect(await readTree()).toEqual({
      "a/": "",
      "a/core/": "",
      "a/core/package.json": manifest,
      "a/core/src/": "",
      "a/core/src/kept.ts": "kept",
    });
  });

  test("leaves alone what other programs keep in a package, and what is beside it", async () => {
    const foreign = {
      "a/core/CHANGELOG.md": "# Changes",
      "a/core/dist/index.js": "",
      "a/core/node_modules/x/index.js": "",
      "a/notes.txt": "mine",
      "b/core/package.json": "{}",
    };
    await put({ "a/core/package.json": manifest, ...foreign });
    expect(await writePackages(out, [generated("a/core", {})])).toEqual([]);
    expect(await readTree()).toMatchObject(foreign);
  });

  test("changes nothing the second time", async () => {
    const packages = [generated("a/core", { "src/index.ts": "one" }), generated("a/node", {})];
    await writePackages(out, packages);
    expect(await writePackages(out, packages)).toEqual([]);
  });

  test("goes through a link to the output folder", async () => {
    await mkdir(join(out, "real"));
    await symlink(join(out, "real"), join(out, "link"));
    await writePackages(join(out, "link"), [generated("a/core", {})]);
    expect(await readTree(join(out, "real"))).toMatchObject({ "a/core/package.json": manifest });
  });
});

describe("comparing", () => {
  test("says what writing would do, and does none of it", async () => {
    const disk = {
      "a/core/package.json": manifest,
      "a/core/src/one.ts": "old",
      "a/core/src/stale.ts": "old",
    };
    await put(disk);
    const before = await readTree();
    const packages = [generated("a/core", { "src/one.ts": "new", "src/two.ts": "new" })];
    expect(kindsOf(await comparePackages(out, packages))).toEqual({
      "a/core/src/one.ts": "changed",
      "a/core/src/stale.ts": "stale",
      "a/core/src/two.ts": "missing",
    });
    expect(await readTree()).toEqual(before);
  });

  test("finds nothing where all is as generated", async () => {
    const packages = [generated("a/core", { "src/index.ts": "one" })];
    await writePackages(out, packages);
    expect(await comparePackages(out, packages)).toEqual([]);
  });

  test("needs no output folder", async () => {
    const differences = await comparePackages(join(out, "gone"), [generated("a/core", {})]);
    expect(kindsOf(differences)).toEqual({ "gone/a/core/package.json": "missing" });
    expect(await readTree()).toEqual({});
  });

  test("names files in full outside of the working folder", async () => {
    const [difference] = await comparePackages(out, [generated("a/core", {})]);
    expect(difference?.path).toBe(join(out, "a/core/package.json"));
  });

  test("names files by their paths inside of the working folder", async () => {
    const [difference] = await comparePackages(join(process.cwd(), "gone"), [
      generated("a/core", {}),
    ]);
    expect(difference?.path).toBe("gone/a/core/package.json");
  });
});

describe("what stands in the way is refused, and left as it was", () => {
  async function refuse(packages: readonly GeneratedPackage[], folder = out): Promise<unknown> {
    const before = await readTree();
    const refusal = await writePackages(folder, packages).catch((error: unknown) => error);
    expect(await readTree()).toEqual(before);
    return refusal;
  }

  test("a file where the output folder would be", async () => {
    await put({ file: "" });
    const error = await refuse([generated("a/core", {})], join(out, "file"));
    expect(error).toEqual(
      new OutputError(join(out, "file"), "it is a file, and a folder is needed there"),
    );
  });

  test("a file above the output folder", async () => {
    await put({ file: "" });
    const error = await refuse([generated("a/core", {})], join(out, "file/deep/down"));
    expect(error).toEqual(
      new OutputError(join(out, "file"), "it is a file, and a folder is needed there"),
    );
  });

  test("a file where a package would be", async () => {
    await put({ "a/core": "" });
    expect(await refuse([generated("a/core", {})])).toMatchObject({
      name: "OutputError",
      message: `${join(out, "a/core")}: a folder is needed there`,
    });
  });

  test.each<[string, Files]>([
    ["files without a manifest", { "a/core/index.ts": "mine" }],
    ["a manifest of someone else's", { "a/core/package.json": '{ "name": "pawprint" }' }],
    ["a manifest that is no JSON", { "a/core/package.json": '"pawprint' }],
    ["a manifest that is no object", { "a/core/package.json": '"pawprint"' }],
  ])("a folder with %s", async (_what, files) => {
    await put(files);
    expect(await refuse([generated("a/core", {})])).toEqual(
      new OutputError(
        join(out, "a/core"),
        "the folder holds files that were not generated; empty it or choose another --out",
      ),
    );
  });

  test("a file that cannot be read", async () => {
    await put({ "a/core/package.json": manifest });
    await symlink(join(out, "a/core/loop.ts"), join(out, "a/core/loop.ts"));
    const error = await writePackages(out, [generated("a/core", { "loop.ts": "" })]).catch(
      (refusal: unknown) => refusal,
    );
    expect(error).toMatchObject({
      name: "OutputError",
      message: `${join(out, "a/core/loop.ts")}: it cannot be read (ELOOP)`,
    });
  });

  test("a folder where a file must go, after other packages have been written", async () => {
    await put({
      "a/core/package.json": manifest,
      "a/core/changed.ts": "old",
      "a/core/stale/deep.ts": "stale",
      "a/node/package.json": manifest,
    });
    await mkdir(join(out, "a/node/blocked.ts"));
    const error = await refuse([
      generated("a/core", { "changed.ts": "new", "made/deep/missing.ts": "new" }),
      generated("a/edge", { "src/index.ts": "new" }),
      generated("a/node", { "blocked.ts": "new" }),
    ]);
    expect(error).toMatchObject({
      name: "OutputError",
      message: `${out}: it cannot be written (EISDIR); nothing was changed`,
      cause: { code: "EISDIR" },
    });
  });

  test("a folder where a file must go, in an output folder that was just made", async () => {
    await put({ "outer/keep": "" });
    const folder = join(out, "outer/inner/deep");
    const longName = "x".repeat(300);
    const error = await refuse([generated("a/core", { [`${longName}.ts`]: "new" })], folder);
    expect(error).toMatchObject({
      name: "OutputError",
      message: `${folder}: it cannot be written (ENAMETOOLONG); nothing was changed`,
    });
  });
});

describe("files beside the packages", () => {
  test("change together with them", async () => {
    await put({ "models/old.json": "old", "models/kept.json": "kept", "models/same.json": "same" });
    const others = [
      { path: join(out, "models/old.json"), text: undefined },
      { path: join(out, "models/kept.json"), text: "new" },
      { path: join(out, "models/same.json"), text: "same" },
      { path: join(out, "notes/new.md"), text: "new" },
    ];
    const packages = [generated("a/core", {})];
    const expected = {
      "models/old.json": "stale",
      "models/kept.json": "changed",
      "notes/new.md": "missing",
      "packages/a/core/package.json": "missing",
    };
    const folder = join(out, "packages");
    expect(kindsOf(await comparePackages(folder, packages, others))).toEqual(expected);
    expect(kindsOf(await writePackages(folder, packages, others))).toEqual(expected);
    expect(await readTree()).toMatchObject({ "models/kept.json": "new", "notes/new.md": "new" });
    expect(Object.keys(await readTree())).not.toContain("models/old.json");
    expect(await comparePackages(folder, packages, others)).toEqual([]);
  });

  test("stay as they are where a package cannot be written", async () => {
    await put({ "models/a.json": "old" });
    const before = await readTree();
    const others = [{ path: join(out, "models/a.json"), text: "new" }];
    const packages = [generated("a/core", { [`${"x".repeat(300)}.ts`]: "new" })];
    await expect(writePackages(join(out, "packages"), packages, others)).rejects.toThrow(
      "nothing was changed",
    );
    expect(await readTree()).toEqual(before);
  });

  test("take a folder with them that is empty without them", async () => {
    await put({ "models/a/service-2.json": "old", "models/b.json": "b" });
    const others = [{ path: join(out, "models/a/service-2.json"), text: undefined }];
    await writePackages(join(out, "packages"), [generated("a/core", {})], others);
    expect(await readdir(join(out, "models"))).toEqual(["b.json"]);
  });
});

describe("an output error says where", () => {
  test.each([
    ["by the path inside of the working folder", join(process.cwd(), "packages"), "packages: "],
    ["in full outside of it", "/elsewhere/packages", "/elsewhere/packages: "],
    ["with a dot in the working folder itself", process.cwd(), ".: "],
    ["by the path where that begins with dots", join(process.cwd(), "..packages"), "..packages: "],
  ])("%s", (_how, path, start) => {
    expect(new OutputError(path, "it is full").message).toBe(`${start}it is full`);
  });
});
