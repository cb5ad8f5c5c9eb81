import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The README of this repository, and those of the packages as they are installed. */
export function findReadmes(project: string): readonly string[] {
  const packages = globSync("node_modules/@pawprint/*/README.md", { cwd: project }).sort();
  const root = fileURLToPath(new URL("../../../../README.md", import.meta.url));
  return [root, ...packages.map((path) => join(project, path))];
}
