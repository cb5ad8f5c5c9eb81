import { execFile } from "node:child_process";
import { resolve } from "node:path";

/**
 * The paths that git says are changed or unknown to it in the work tree of a folder, absolute.
 * Nothing where the folder is in no work tree, or where there is no git to ask.
 */
export async function findChangedPaths(folder: string): Promise<readonly string[]> {
  const root = await git(folder, ["rev-parse", "--show-toplevel"]);
  if (root === undefined) return [];
  const status = await git(folder, ["status", "--porcelain", "-z", "--untracked-files=all"]);
  return readPaths(status ?? "").map((path) => resolve(root.trimEnd(), path));
}

/** Entries are `XY path`; after one that was renamed, its old path comes as an entry of its own. */
function readPaths(status: string): readonly string[] {
  const entries = status.split("\0").filter((entry) => entry !== "");
  return entries.flatMap((entry, index) => {
    const isOldPath = /^(?:R|C|.R|.C)/.test(entries[index - 1]?.slice(0, 2) ?? "");
    return isOldPath ? [] : [entry.slice(3)];
  });
}

function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile("git", [...args], { cwd: folder, maxBuffer: 2 ** 28 }, (failure, stdout) =>
      done(failure === null ? stdout : undefined),
    );
  });
}
