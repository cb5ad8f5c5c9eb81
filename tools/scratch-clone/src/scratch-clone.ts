import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, type CommandOptions, runCommand } from "./command.ts";

/** A clone of the repository in a temporary folder, in which anything may be changed. */
export interface ScratchClone {
  readonly folder: string;
  /** Runs a program there, and gives what it printed. Throws with all of that where it fails. */
  run(...command: Command): Promise<string>;
  /** The same with a signal that ends it. */
  runUntil(signal: AbortSignal, ...command: Command): Promise<string>;
  /** Commits everything. */
  commit(message: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Clones what is committed. Dependencies are those of the repository; workspaces are the clone's own.
 * Its origin is in the temporary folder, too: whatever is pushed stays there.
 */
export function createScratchClone(
  repository: string,
  { environment = process.env, signal }: Partial<Omit<CommandOptions, "folder">> = {},
): ScratchClone {
  const parent = mkdtempSync(join(tmpdir(), "pawprint-clone-"));
  const origin = join(parent, "origin.git");
  // People keep repositories in folders of this name, which no pattern for our own `src` may take for it.
  const folder = join(parent, "src", "clone");
  execFileSync("git", ["clone", "--quiet", "--bare", "--no-hardlinks", repository, origin]);
  execFileSync("git", ["clone", "--quiet", origin, folder]);
  linkDependencies(join(repository, "node_modules"), join(folder, "node_modules"));
  const local = join(folder, "node_modules/.bin");
  const options = {
    folder,
    environment: { ...environment, PATH: `${local}:${environment.PATH ?? ""}`, CI: "1" },
  };
  const run: ScratchClone["run"] = (...command) => runCommand(command, { ...options, signal });
  return {
    folder,
    run,
    runUntil: (end, ...command) => {
      const either = signal === undefined ? end : AbortSignal.any([end, signal]);
      return runCommand(command, { ...options, signal: either });
    },
    commit: async (message) => {
      const identity = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
      await run("git", "add", "--all");
      await run("git", ...identity, "commit", "--quiet", "--allow-empty", "--message", message);
    },
    remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }),
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
