import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Shaker } from "./shakers.ts";

/**
 * The beginning of what a bundler leaves of a program that imports a module and uses nothing of it. Imports of other
 * people's packages that it has to leave do not count: what those do is not ours to say.
 */
export async function findLeftovers(
  shake: Shaker,
  specifier: string,
  project: string,
): Promise<string> {
  const entry = join(project, "import-for-nothing.js");
  await writeFile(entry, `import ${JSON.stringify(specifier)};\n`);
  const code = await shake(entry);
  return code
    .replaceAll(/import\s*(?:\{[^}]*\}\s*from\s*)?"(?!@pawprint\/)[^"]+";?/g, "")
    .trim()
    .slice(0, 500);
}

/**
 * Copies the packages into another project, without the field of their manifests that promises that
 * they have no side effects: what a bundler leaves out there, it leaves out because it has seen that
 * the code does nothing.
 */
export async function copyWithoutPromise(project: string, copy: string): Promise<void> {
  const folder = join(copy, "node_modules", "@pawprint");
  await cp(join(project, "node_modules", "@pawprint"), folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const file = join(folder, name, "package.json");
    const { sideEffects, ...manifest } = JSON.parse(await readFile(file, "utf8"));
    if (sideEffects !== false) throw new Error(`${name}: sideEffects is not false`);
    await writeFile(file, JSON.stringify(manifest));
  }
}
