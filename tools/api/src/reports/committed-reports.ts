import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the reports are that somebody has reviewed. */
export const reportFolder: string = fileURLToPath(new URL("../../reports", import.meta.url));

/** Reports by the names of their files. */
export type Reports = ReadonlyMap<string, string>;

/** The file of the report of a module: `@pawprint/runtime/edge` has `runtime.edge.md`. */
export function nameReport(specifier: string): string {
  return `${specifier.replace(/^@[^/]+\//, "").replaceAll("/", ".")}.md`;
}

export async function readReports(folder: string = reportFolder): Promise<Reports> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(
      names.map(
        async (name): Promise<[string, string]> => [
          name,
          await readFile(join(folder, name), "utf8"),
        ],
      ),
    ),
  );
}

/** Replaces all reports of a folder. */
export async function writeReports(reports: Reports, folder: string = reportFolder): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of reports) await writeFile(join(folder, name), text);
}

/** A line for each report that is not as it was reviewed. */
export function compareReports(current: Reports, reviewed: Reports): readonly string[] {
  const names = new Set([...current.keys(), ...reviewed.keys()]);
  return [...names].sort().flatMap((name) => {
    const now = current.get(name);
    const before = reviewed.get(name);
    if (now === before) return [];
    if (before === undefined) return [`${name}: is new`];
    if (now === undefined) return [`${name}: its module is gone`];
    return [`${name}: ${printDifference(now.split("\n"), before.split("\n"))}`];
  });
}

function printDifference(now: readonly string[], before: readonly string[]): string {
  const line = now.findIndex((text, index) => text !== before[index]);
  const index = line === -1 ? now.length : line;
  return `line ${index + 1} is ${print(now[index])}, not ${print(before[index])}`;
}

function print(line: string | undefined): string {
  return line === undefined ? "missing" : `\`${line.trim()}\``;
}
