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

/** Entries are `XY path`; after one that was moved or copied, its old path comes as an entry of its own. */
function readPaths(status: string): readonly string[] {
  const entries = status.split("\0").values();
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry === "") continue;
    paths.push(entry.slice(3));
    if (/[RC]/.test(entry.slice(0, 2))) entries.next();
  }
  return paths;
}

function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile("git", [...args], { cwd: folder, maxBuffer: 2 ** 28 }, (failure, stdout) =>
      done(failure === null ? stdout : undefined),
    );
  });
}
