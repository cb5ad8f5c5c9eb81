import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Table } from "tools-performance-page/table";
import type { BundledFile } from "./bundlers/esbuild.ts";
import { printCount } from "./quantity.ts";

/** Files with fewer bytes share the last line. */
const smallest = 600;

/** The files of a bundle, each by its package and its path there. */
export function createPartTable(files: readonly BundledFile[]): Table {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const shown = files.filter(({ bytes }) => bytes >= smallest);
  const rest = files.filter(({ bytes }) => bytes < smallest);
  const line = (name: string, bytes: number): readonly string[] => [
    name,
    printCount(bytes),
    `${((bytes / total) * 100).toFixed(1)} %`,
  ];
  return [
    ["file", "bytes", "share"],
    ...shown.map(({ path, bytes }) => line(nameFile(path), bytes)),
    line(
      `${rest.length} others`,
      rest.reduce((sum, { bytes }) => sum + bytes, 0),
    ),
  ];
}

function nameFile(path: string): string {
  let folder = dirname(path);
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) return path;
    folder = above;
  }
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
  };
  return `${name}: ${relative(folder, path).replace(/^dist\//, "")}`;
}
