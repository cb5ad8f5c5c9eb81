import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createFolder } from "../installed-packages.ts";
import { compilers } from "./compilers.ts";
import { findFault } from "./foreign-faults.ts";
import type { Finding } from "./program.ts";
import { isBefore } from "./version.ts";

let project: string;

beforeEach(async () => {
  project = await createFolder("declarations-");
  onTestFinished(() => rm(project, { recursive: true }));
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  await writeFile(join(project, "program.ts"), 'export type { Given } from "given";\n');
});

test("there is a compiler of every minor version from 5.4 to 7.0", () => {
  expect(compilers.map(({ version }) => version)).toEqual([
    "5.4",
    "5.5",
    "5.6",
    "5.7",
    "5.8",
    "5.9",
    "6.0",
    "7.0",
  ]);
});

describe.each(compilers)("TypeScript $version", ({ version, check }) => {
  const checkDeclarations = async (declarations: string): Promise<readonly Finding[]> => {
    await addPackage(declarations);
    const files = ["program.ts"];
    return check({ project, files, resolution: "nodenext", lib: ["ES2022"], types: [] });
  };

  test("finds a name that is not there in the declarations of a package", async () => {
    const findings = await checkDeclarations("export type Given = Promise<Missing>;\n");
    expect(findings).toMatchObject([
      { file: "node_modules/given/index.d.ts", line: 1, code: 2304 },
    ]);
  });

  test("finds what only a later compiler knows", async () => {
    const findings = await checkDeclarations("export type Given = Uint8Array<ArrayBuffer>;\n");
    expect(findings.map(({ code }) => code)).toEqual(isBefore(version, "5.7") ? [2315] : []);
  });

  test("finds a module that is imported without its extension", async () => {
    const findings = await checkDeclarations('export type { Given } from "./other";\n');
    expect(findings.map(({ code }) => code)).toEqual([2834]);
  });
});

test("a fault of others is passed over only as it is known", () => {
  const finding = {
    file: "node_modules/@mswjs/interceptors/lib/node/index.d.ts",
    line: 1,
    code: 2315,
    message: "Type 'Uint8Array' is not generic.",
  };
  expect(findFault(finding, "5.6", ["node"])).toBeDefined();
  expect(findFault(finding, "5.7", ["node"])).toBeUndefined();
  expect(findFault({ ...finding, code: 2322 }, "5.6", ["node"])).toBeUndefined();
  expect(findFault({ ...finding, message: "Type 'X' is not generic." }, "5.6", [])).toBeUndefined();
  const own = { ...finding, file: "node_modules/@pawprint/runtime/dist/index.d.ts" };
  expect(findFault(own, "5.6", ["node"])).toBeUndefined();
});

async function addPackage(declarations: string): Promise<void> {
  const folder = join(project, "node_modules", "given");
  await mkdir(folder, { recursive: true });
  const manifest = { name: "given", version: "1.0.0", type: "module", exports: "./index.js" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "index.js"), "");
  await writeFile(join(folder, "index.d.ts"), declarations);
  await writeFile(join(folder, "other.d.ts"), "export type Given = 1;\n");
}
