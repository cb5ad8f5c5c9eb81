import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createScratchClone, type ScratchClone } from "./scratch-clone.ts";

let repository: string;
let clone: ScratchClone;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "repository-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  mkdirSync(join(repository, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(repository, "node_modules/.bin/greet"), "echo hello from $PWD", {
    mode: 0o755,
  });
  writeFileSync(join(repository, ".gitignore"), "node_modules\n");
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--message=Begin");
  writeFileSync(join(repository, "draft.txt"), "not yet");
  clone = createScratchClone(repository);
  onTestFinished(() => clone.remove());
});

function git(...args: readonly string[]): string {
  return execFileSync("git", [...args], { cwd: repository, encoding: "utf8" });
}

test("a clone has what is committed, and nothing else", () => {
  expect(existsSync(join(clone.folder, ".gitignore"))).toBe(true);
  expect(existsSync(join(clone.folder, "draft.txt"))).toBe(false);
});

test("the repository's commands run in the clone", async () => {
  expect(await clone.run("greet")).toBe(`hello from ${clone.folder}\n`);
});

test("what is committed and pushed stays in the temporary folder", async () => {
  const before = git("for-each-ref");
  writeFileSync(join(clone.folder, "new.txt"), "new");
  await clone.commit("Try");
  await clone.run("git", "tag", "v1");
  await clone.run("git", "push", "--quiet", "origin", "HEAD", "--tags");
  expect(await clone.run("git", "ls-remote", "--tags", "origin")).toContain("refs/tags/v1");
  expect(git("for-each-ref")).toBe(before);
});

test("a clone that is removed leaves the repository's dependencies alone", async () => {
  await clone.remove();
  expect(existsSync(clone.folder)).toBe(false);
  expect(readFileSync(join(repository, "node_modules/.bin/greet"), "utf8")).toContain("hello");
});
