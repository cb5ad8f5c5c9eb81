import { execFile } from "node:child_process";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The official client of the largest service weighs 30 MB, which nobody else here needs: it is a project of its own. */
const folder = fileURLToPath(new URL("../rival", import.meta.url));
const lock = join(folder, "package-lock.json");
/** The lock file that was installed last. */
const installed = join(folder, "node_modules", ".installed-lock.json");

/** Installs the rival, unless it is there as its lock file wants it, and gives its `node_modules`. */
export async function installRival(): Promise<string> {
  const [wanted, found] = await Promise.all([lock, installed].map(readIfPresent));
  if (wanted !== found) {
    console.log("Installing @aws-sdk/client-sagemaker, 30 MB: only the first time …");
    await promisify(execFile)("npm", ["ci"], { cwd: folder });
    await copyFile(lock, installed);
  }
  return join(folder, "node_modules");
}

async function readIfPresent(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
