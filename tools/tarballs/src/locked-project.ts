import { execFile } from "node:child_process";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** A project with a lock file of its own, for what only one program of the repository needs. */
export interface LockedProject {
  /** Absolute. */
  readonly folder: string;
  /** Called before anything is installed: it may take long. */
  readonly onInstall: () => void;
}

/** Installs what the lock file of a project wants, unless that has been done before. */
export async function installLockedProject({ folder, onInstall }: LockedProject): Promise<void> {
  const lock = join(folder, "package-lock.json");
  /** The lock file that was installed last. */
  const installed = join(folder, "node_modules", ".installed-lock.json");
  const [wanted, found] = await Promise.all([lock, installed].map(readIfPresent));
  if (wanted !== undefined && wanted === found) return;
  onInstall();
  await promisify(execFile)("npm", ["ci"], { cwd: folder, maxBuffer: 2 ** 26 });
  await copyFile(lock, installed);
}

async function readIfPresent(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
