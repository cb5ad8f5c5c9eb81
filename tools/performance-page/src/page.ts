import { mkdir, readFile, writeFile } from "node:fs/promises";

const docs = new URL("../../../docs/", import.meta.url);
const page = new URL("performance.md", docs);

/** The parts of `docs/performance.md`, each written by one tool. */
export type PartName = "calls" | "sizes" | "generator";

/** Replaces one part of `docs/performance.md`; what other tools wrote, and what people wrote around, stays. */
export async function writePart(name: PartName, markdown: string): Promise<void> {
  await writeFile(page, replacePart(await readFile(page, "utf8"), name, markdown));
}

/** Writes a picture that the page shows as `images/<name>`. */
export async function writeImage(name: string, svg: string): Promise<void> {
  const folder = new URL("images/", docs);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(name, folder), svg);
}

/** Puts a part between its two marks. A page without them is an error: the tool would write nowhere. */
export function replacePart(text: string, name: PartName, markdown: string): string {
  const begin = `<!-- begin ${name}: `;
  const end = `<!-- end ${name} -->`;
  const from = text.indexOf("\n", text.indexOf(begin)) + 1;
  const to = text.indexOf(end);
  if (!text.includes(begin) || to < from) {
    throw new Error(`docs/performance.md: no "${begin}…" before "${end}"; put both marks back`);
  }
  return `${text.slice(0, from)}\n${markdown.trim()}\n\n${text.slice(to)}`;
}
