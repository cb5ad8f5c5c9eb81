import { readFile, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";

/** Puts a program of `programs/bundles` into a project, without its types. Gives its path there. */
export async function copyProgram(name: string, project: string): Promise<string> {
  const source = new URL(`../../programs/bundles/${name}.ts`, import.meta.url);
  return writeProgram(name, stripTypeScriptTypes(await readFile(source, "utf8")), project);
}

/** Writes a program into a project. Gives its path there. */
export async function writeProgram(name: string, code: string, project: string): Promise<string> {
  const file = join(project, `${name}.js`);
  await writeFile(file, code);
  return file;
}
