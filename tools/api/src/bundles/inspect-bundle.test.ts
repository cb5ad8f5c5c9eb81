import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createFolder } from "../installed-packages.ts";
import { bundlers } from "./bundler.ts";
import { inspectCode, listPackages } from "./inspect-bundle.ts";
import { writeProgram } from "./programs.ts";

test.each([
  ['import { Agent } from "node:https"; new Agent();', ["imports node:https"]],
  ['export * from "crypto";', ["imports crypto"]],
  ['import("@aws-sdk/credential-provider-node");', ["imports @aws-sdk/credential-provider-node"]],
  ['const { createHash } = require("crypto");', ["uses require"]],
  ["if (process.env.AWS_REGION) go();", ["uses process"]],
  ["typeof globalThis.process;", ["uses process"]],
  ['Buffer.from("a"); self.Buffer;', ["uses Buffer"]],
  ['(0, eval)("1"); new Function("return this")();', ["uses Function", "uses eval"]],
  ["const { process } = globalThis;", ["uses process"]],
])("finds what is not of the web in %s", (code, findings) => {
  expect(inspectCode(code)).toEqual(findings);
});

test("takes no member of another object, no text and no comment for a global", () => {
  const code = 'hash.process(1); ({ process: 1, require() {} }); "Buffer"; // eval';
  expect(inspectCode(code)).toEqual([]);
});

let folder: string;

beforeEach(async () => {
  folder = await createFolder("bad-package-");
  onTestFinished(() => rm(folder, { recursive: true }));
});

test.each(Object.entries(bundlers))(
  "a package with an import of Node's does not get through %s unnoticed",
  async (_, bundler) => {
    await addPackage("bad", 'import { hostname } from "node:os"; export const name = hostname();');
    const entry = await writeProgram("entry", 'import { name } from "bad"; report(name);', folder);
    const outcome = await bundler({ entry, target: "browser" }).then(
      (bundle) => [...inspectCode(bundle.code), ...listPackages(bundle)].join(),
      (error: Error) => error.message,
    );
    expect(outcome).toMatch(/\bnode:os\b|__vite-browser-external/);
  },
);

test.each(Object.entries(bundlers))("a polyfill is found in what %s makes", async (_, bundler) => {
  await addPackage("process", "export default { env: { time: Date.now() } };");
  const program = 'import process from "process"; report(process.env);';
  const entry = await writeProgram("entry", program, folder);
  expect(listPackages(await bundler({ entry, target: "worker" }))).toEqual(["process"]);
});

async function addPackage(name: string, code: string): Promise<void> {
  const target = join(folder, "node_modules", name);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "index.js"), code);
  const manifest = { name, version: "1.0.0", type: "module", exports: "./index.js" };
  await writeFile(join(target, "package.json"), JSON.stringify(manifest));
}
