import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HarnessError } from "tools-conformance/harness-error";
import { installLockedProject } from "tools-tarballs/locked-project";
import type { Missing } from "./runtime.ts";

/**
 * The runtimes are a project of their own: they weigh 0.9 GB, and who installs the repository to
 * work on it needs none of them.
 */
const folder = fileURLToPath(new URL("../engines", import.meta.url));

/** Installs the runtimes that come from npm, unless they are there as the lock file wants them. */
export async function installEngines(): Promise<void> {
  const onInstall = (): void =>
    console.log(
      "Installing the runtimes, 0.9 GB: only the first time, and when a version changes …",
    );
  await installLockedProject({ folder, onInstall }).catch((cause: Error) => {
    throw new HarnessError(`the runtimes cannot be installed: ${cause.message}`, { cause });
  });
}

/** The binary of an engine, by the package that has it on this platform, such as `linux-x64`. */
export function findBinary(
  packages: { readonly [platform: string]: string },
  path: string,
): string | Missing {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) return { missing: `there is no package of it for ${platform}` };
  try {
    const manifest = createRequire(join(folder, "package.json")).resolve(`${name}/package.json`);
    return join(dirname(manifest), path);
  } catch {
    return { missing: `${name} is not installed` };
  }
}

/** What an engine says of its version, without the words around it. */
export async function readVersion(binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ["--version"]);
  const [version] = /\d+(?:[.-]\d+)+/.exec(stdout) ?? [];
  if (version === undefined) throw new HarnessError(`${binary}: has no version in ${stdout}`);
  return version;
}
