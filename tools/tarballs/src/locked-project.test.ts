import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { installLockedProject } from "./locked-project.ts";

let folder: string;
const onInstall = vi.fn();

beforeEach(async () => {
  onInstall.mockClear();
  folder = await mkdtemp(join(tmpdir(), "locked-project-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "paper"));
  await writeFile(join(folder, "paper/package.json"), '{"name":"paper","version":"1.0.0"}');
  await writeFile(
    join(folder, "package.json"),
    '{"name":"project","version":"1.0.0","dependencies":{"paper":"file:paper"}}',
  );
  execFileSync("npm", ["install", "--package-lock-only"], { cwd: folder });
});

test("a project is installed once", async () => {
  await installLockedProject({ folder, onInstall });
  expect(existsSync(join(folder, "node_modules/paper/package.json"))).toBe(true);
  await installLockedProject({ folder, onInstall });
  expect(onInstall).toHaveBeenCalledOnce();
});

test("a project whose lock file has changed is installed again", async () => {
  await installLockedProject({ folder, onInstall });
  await writeFile(join(folder, "package.json"), '{"name":"project","version":"2.0.0"}');
  execFileSync("npm", ["install", "--package-lock-only"], { cwd: folder });
  await installLockedProject({ folder, onInstall });
  expect(existsSync(join(folder, "node_modules/paper"))).toBe(false);
  expect(onInstall).toHaveBeenCalledTimes(2);
});

test("a project that cannot be installed is tried again the next time", async () => {
  await rm(join(folder, "package-lock.json"));
  const install = (): Promise<void> => installLockedProject({ folder, onInstall });
  await expect(install()).rejects.toThrow("npm ci");
  await expect(install()).rejects.toThrow("npm ci");
});
