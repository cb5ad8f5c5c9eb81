import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { writeProgram } from "./program-file.ts";
import type { Project } from "./project.ts";
import type { Way } from "./runtime.ts";

let project: Project;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "runtimes-program-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  project = { folder, clients: [] };
  await install("runtime", "export const isServiceError = () => false;");
  await install("marketplace-metering-edge", 'export const where = "installed";');
});

async function install(name: string, source: string): Promise<void> {
  const folder = join(project.folder, "node_modules", "@pawprint", name);
  await mkdir(folder, { recursive: true });
  const manifest = { name: `@pawprint/${name}`, type: "module", exports: "./index.js" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "index.js"), source);
}

const entry = "void run; console.log(metering.where);";
const write = (loading: Way["loading"]) =>
  writeProgram(project, { platform: "edge", loading }, entry, "program");
const execute = async (file: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, [file])).stdout;

test.each<[Way["loading"], RegExp, string]>([
  ["import", /from "@pawprint\/marketplace-metering-edge"/, "program.mjs"],
  ["require", /require\("@pawprint\/marketplace-metering-edge"\)/, "program.cjs"],
])("with %s, a program loads the installed package itself", async (loading, pattern, name) => {
  const file = await write(loading);
  expect(file).toBe(join(project.folder, name));
  expect(await readFile(file, "utf8")).toMatch(pattern);
  expect(await execute(file)).toBe("installed\n");
});

test("a bundle has the installed packages in it, and imports nothing", async () => {
  const text = await readFile(await write("bundle"), "utf8");
  expect(text).toContain('"installed"');
  expect(text).not.toMatch(/^(?:import|export)\b|\brequire\(/m);
});

test("a bundle refuses to run where Node's globals are", async () => {
  await expect(execute(await write("bundle"))).rejects.toThrow("this runtime has Node's ");
});

test("a bundle runs beside Node's globals in a runtime that has them", async () => {
  const way = { platform: "edge", loading: "bundle", hasNode: true } as const;
  expect(await execute(await writeProgram(project, way, entry, "program"))).toBe("installed\n");
});

test("such a bundle refuses to run where they are not", async () => {
  const way = { platform: "edge", loading: "bundle", hasNode: true } as const;
  const file = await writeProgram(project, way, entry, "program");
  const text = await readFile(file, "utf8");
  await writeFile(file, `globalThis.process = undefined;\n${text}`);
  await expect(execute(file)).rejects.toThrow("this runtime has no node:crypto");
});

test("a package that imports a module of Node's cannot be bundled", async () => {
  await install("marketplace-metering-edge", 'export { platform as where } from "node:process";');
  await expect(write("bundle")).rejects.toThrow('Could not resolve "node:process"');
});
