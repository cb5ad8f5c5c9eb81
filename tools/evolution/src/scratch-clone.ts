import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A clone of the repository in a temporary folder, in which anything may be changed. */
export interface ScratchClone {
  readonly folder: string;
  /** Runs a program there, and gives what it printed. Throws with all of that where it fails. */
  run(program: string, ...args: readonly string[]): string;
  /** Commits everything. */
  commit(message: string): void;
  remove(): void;
}

/** Clones what is committed. Dependencies are those of the repository; workspaces are the clone's own. */
export function createScratchClone(repository: string): ScratchClone {
  const parent = mkdtempSync(join(tmpdir(), "pawprint-evolution-"));
  const folder = join(parent, "clone");
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", repository, folder]);
  linkDependencies(join(repository, "node_modules"), join(folder, "node_modules"));
  const run = (program: string, ...args: readonly string[]): string => runIn(folder, program, args);
  return {
    folder,
    run,
    commit: (message) => {
      const identity = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
      run("git", "add", "--all");
      run("git", ...identity, "commit", "--quiet", "--allow-empty", "--message", message);
    },
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** Links to workspaces and their commands are relative, so that copies of them lead into the clone. */
function linkDependencies(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(to, name));
    else if (name === "@pawprint" || name === ".bin") linkDependencies(path, join(to, name));
    else symlinkSync(path, join(to, name));
  }
}

function runIn(folder: string, program: string, args: readonly string[]): string {
  const local = join(folder, "node_modules/.bin");
  const env = { ...process.env, PATH: `${local}:${process.env.PATH ?? ""}`, CI: "1" };
  try {
    return execFileSync(program, [...args], { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${[program, ...args].join(" ")} failed:\n${stdout}${stderr}`, { cause });
  }
}
