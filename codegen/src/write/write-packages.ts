import { randomUUID } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { GeneratedPackage } from "../emit/package-plan.ts";
import { displayOutput, OutputError } from "./output-error.ts";

/** How the disk differs from what was generated. Paths are the output folder's plus the file's. */
export interface Difference {
  readonly kind: "changed" | "missing" | "stale";
  readonly path: string;
}

/** A file beside the packages that is to change together with them. */
export interface OtherFile {
  /** Absolute. */
  readonly path: string;
  /** What it is to hold; absent where it is to go. */
  readonly text: string | undefined;
}

/** Compares packages, and files beside them, with the disk. */
export async function comparePackages(
  out: string,
  packages: readonly GeneratedPackage[],
  others: readonly OtherFile[] = [],
): Promise<readonly Difference[]> {
  await checkOutput(out);
  const changes = [...(await planOthers(others)), ...(await planChanges(out, packages))];
  return changes.map(({ kind, path }) => ({ kind, path: displayOutput(path) }));
}

/** Brings the disk to what was generated: all of it, or, where anything fails, nothing. */
export async function writePackages(
  out: string,
  packages: readonly GeneratedPackage[],
  others: readonly OtherFile[] = [],
): Promise<readonly Difference[]> {
  await checkOutput(out);
  const changes = [...(await planOthers(others)), ...(await planChanges(out, packages))];
  if (changes.length > 0) await applyChanges(out, changes);
  return changes.map(({ kind, path }) => ({ kind, path: displayOutput(path) }));
}

interface Change extends Difference {
  /** What the file is to hold; absent where it is to go. */
  readonly text: string | undefined;
}

/** What other programs keep inside a package: it is neither written nor stale. */
const foreignEntries: ReadonlySet<string> = new Set([
  ".test-results",
  "CHANGELOG.md",
  "dist",
  "node_modules",
]);

async function planChanges(
  out: string,
  packages: readonly GeneratedPackage[],
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { directory, files } of packages) {
    const root = join(out, directory);
    const present = await listFiles(root);
    await checkOwnership(root, present);
    const wanted = new Set(files.map(({ path }) => join(root, path)));
    for (const { path, text } of files) {
      const file = join(root, path);
      const found = present.includes(file) ? await readText(file) : undefined;
      if (found !== text) {
        changes.push({ kind: found === undefined ? "missing" : "changed", path: file, text });
      }
    }
    for (const file of present) {
      if (!wanted.has(file)) changes.push({ kind: "stale", path: file, text: undefined });
    }
  }
  return changes;
}

async function planOthers(others: readonly OtherFile[]): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { path, text } of others) {
    const found = (await exists(path)) ? await readText(path) : undefined;
    if (found === text) continue;
    const kind = found === undefined ? "missing" : text === undefined ? "stale" : "changed";
    changes.push({ kind, path, text });
  }
  return changes;
}

async function checkOutput(out: string): Promise<void> {
  for (let folder = out; ; folder = dirname(folder)) {
    const status = await lstat(folder).catch(() => undefined);
    if (status === undefined && folder !== dirname(folder)) continue;
    if (status?.isDirectory() || status?.isSymbolicLink()) return;
    throw new OutputError(folder, "it is a file, and a folder is needed there");
  }
}

/** Everything in a generated package belongs to the generator, so it does not move into a folder of someone else's. */
async function checkOwnership(root: string, present: readonly string[]): Promise<void> {
  if (present.length === 0) return;
  const manifest = join(root, "package.json");
  if (present.includes(manifest) && isGenerated(await readText(manifest))) return;
  throw new OutputError(
    root,
    "the folder holds files that were not generated; empty it or choose another --out",
  );
}

function isGenerated(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === "object" && value !== null && Object.hasOwn(value, "pawprint");
  } catch {
    return false;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(path: string, cause: unknown): OutputError {
  const { code = "" } = cause as NodeJS.ErrnoException;
  const problem = code === "ENOTDIR" ? "a folder is needed there" : `it cannot be read (${code})`;
  return new OutputError(path, problem, { cause });
}

async function listFiles(root: string): Promise<readonly string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(root, { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unreadable(root, cause);
  }
  const files: string[] = [];
  for (const entry of entries.filter(({ name }) => !foreignEntries.has(name))) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) files.push(...(await listFiles(path)));
    else files.push(path);
  }
  return files.sort();
}

/**
 * Writes everything beside the packages first: a full disk or a missing permission shows before any
 * file is touched. Then files are moved, and moved back where one cannot be.
 */
async function applyChanges(out: string, changes: readonly Change[]): Promise<void> {
  const staging = join(out, `.pawprint-${randomUUID()}`);
  const created: string[] = [];
  const moved: { readonly from: string; readonly to: string }[] = [];
  const move = async (from: string, to: string): Promise<void> => {
    await makeFolder(dirname(to), created);
    await rename(from, to);
    moved.push({ from, to });
  };
  try {
    await makeFolder(staging, created);
    for (const [index, { text }] of changes.entries()) {
      if (text !== undefined) await writeFile(join(staging, `new-${index}`), text);
    }
    for (const [index, { kind, path, text }] of changes.entries()) {
      if (kind !== "missing") await move(path, join(staging, `old-${index}`));
      if (text !== undefined) await move(join(staging, `new-${index}`), path);
    }
  } catch (cause) {
    for (const { from, to } of moved.reverse()) await rename(to, from);
    for (const folder of created.reverse()) await rm(folder, { recursive: true, force: true });
    const { code = "" } = cause as NodeJS.ErrnoException;
    throw new OutputError(out, `it cannot be written (${code}); nothing was changed`, { cause });
  }
  await rm(staging, { recursive: true });
  const stale = changes.filter(({ kind }) => kind === "stale").map(({ path }) => path);
  await removeEmptyFolders(stale, out);
}

/** Makes a folder and those above it one by one: Node's recursive `mkdir` never returns below `/proc`. */
async function makeFolder(folder: string, created: string[]): Promise<void> {
  if (await exists(folder)) return;
  await makeFolder(dirname(folder), created);
  await mkdir(folder);
  created.push(folder);
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function removeEmptyFolders(removed: readonly string[], out: string): Promise<void> {
  for (const file of removed) {
    // Beside the packages, only the folder of the file itself may have been made for it.
    const top = file.startsWith(out + sep) ? out : dirname(dirname(file));
    for (let folder = dirname(file); folder.startsWith(top + sep); folder = dirname(folder)) {
      if ((await readdir(folder).catch(() => ["unreadable"])).length > 0) break;
      await rm(folder, { recursive: true });
    }
  }
}
