import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChangedPaths } from "./git-tree.ts";

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "pawprint-git-")));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "ignore" });
}

async function commit(...paths: readonly string[]): Promise<void> {
  git("init", "--quiet");
  for (const path of paths) await writeFile(join(root, path), `${path}, as it was.`);
  git("add", ".");
  git("commit", "--quiet", "--message", "Start");
}

async function changed(folder = root): Promise<readonly string[]> {
  const paths = await findChangedPaths(folder);
  return paths.map((path) => relative(root, path)).sort();
}

test("a tree as it was committed has no changes", async () => {
  await commit("a", "b");
  expect(await changed()).toEqual([]);
});

test("what is edited, deleted, moved, new, staged or not, is a change, each under its present name", async () => {
  await commit("deleted", "edited", "kept", "moved away", "staged");
  await writeFile(join(root, "edited"), "new");
  await writeFile(join(root, "staged"), "new");
  await writeFile(join(root, "übrig – new"), "new");
  git("add", "staged");
  git("mv", "moved away", "moved here");
  await rm(join(root, "deleted"));
  expect(await changed()).toEqual(["deleted", "edited", "moved here", "staged", "übrig – new"]);
});

test("the old name of what was moved is not taken for a word about the next one", async () => {
  await commit("RC", "z");
  git("mv", "RC", "moved");
  await writeFile(join(root, "z"), "new");
  expect(await changed()).toEqual(["moved", "z"]);
});

test("what git ignores is none", async () => {
  await writeFile(join(root, ".gitignore"), "dist\n");
  await commit("a");
  await writeFile(join(root, "dist"), "new");
  expect(await changed()).toEqual([]);
});

test("the tree is the whole one, wherever in it one asks", async () => {
  await commit("a");
  await mkdir(join(root, "inner"));
  await writeFile(join(root, "a"), "new");
  expect(await changed(join(root, "inner"))).toEqual(["a"]);
});

test("a folder that is in no tree has no changes", async () => {
  await writeFile(join(root, "a"), "new");
  expect(await changed()).toEqual([]);
});
