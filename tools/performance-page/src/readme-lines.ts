import { readFile, writeFile } from "node:fs/promises";

const readmeFile = new URL("../../../README.md", import.meta.url);

/** Lines of the README's table "Beside others", each found by its first cell. */
export type ReadmeLines = readonly (readonly string[])[];

/** Puts what was measured into the README. */
export async function writeReadmeLines(lines: ReadmeLines): Promise<void> {
  await writeFile(readmeFile, replaceLines(await readFile(readmeFile, "utf8"), lines));
}

/** Puts the lines in the place of those that begin with the same cell. */
export function replaceLines(readme: string, lines: ReadmeLines): string {
  const rows = readme.split("\n");
  for (const cells of lines) {
    const index = findLine(rows, cells[0]);
    rows[index] = `| ${cells.join(" | ")} |`;
  }
  return rows.join("\n");
}

/** The numbers of a line, in order. */
export function readNumbers(readme: string, first: string | undefined): readonly number[] {
  const rows = readme.split("\n");
  return extractNumbers(rows[findLine(rows, first)]?.split(" | ").slice(1).join(" | ") ?? "");
}

export function extractNumbers(text: string): readonly number[] {
  return [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));
}

function findLine(rows: readonly string[], first: string | undefined): number {
  const index = rows.findIndex((row) => row.startsWith(`| ${first} |`));
  if (index < 0) {
    throw new Error(`README.md: no line of a table begins with "${first}"; put it back`);
  }
  return index;
}
