import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

// The oldest msw that the mocks promise to work with, which is the one for Node 20, and the newest.

const folder = fileURLToPath(new URL("../.test-results", import.meta.url));
let programs = "";

beforeAll(async () => {
  programs = await mkdtemp(join(folder, "msw-"));
  for (const name of ["program", "loader"]) {
    const source = fileURLToPath(new URL(`msw-2.test-${name}.ts`, import.meta.url));
    // Node 20 cannot read TypeScript.
    await build({ entryPoints: [source], outfile: join(programs, `${name}.mjs`), format: "esm" });
  }
});
afterAll(() => rm(programs, { recursive: true }));

function run(node: string, withVersion2: boolean): Promise<{ readonly stdout: string }> {
  const loader = withVersion2 ? ["--import", join(programs, "loader.mjs")] : [];
  const args = [...loader, join(programs, "program.mjs")];
  return promisify(execFile)(node, args, { cwd: folder });
}

/** The Node of another major version on this machine, where it has one. */
function findNode(major: number): string | undefined {
  const candidates = (process.env.PATH ?? "").split(delimiter).map((path) => join(path, "node"));
  const found = candidates.find((candidate) =>
    spawnSync(candidate, ["--version"], { encoding: "utf8" }).stdout?.startsWith(`v${major}.`),
  );
  if (found === undefined) console.warn(`Skipped: this machine has no Node ${major}.`);
  return found;
}

test("what is tried as version 2 is the oldest that the packages allow", () => {
  const { version } = createRequire(import.meta.url)("msw-2/package.json") as { version: string };
  const manifest = new URL("../../../packages/runtime/package.json", import.meta.url);
  const { peerDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
  expect(version).toMatch(/^2\.14\./);
  expect(peerDependencies.msw).toMatch(/^\^2\.14\.0 /);
});

test.each([true, false])("the mocks work on this Node, with msw 2: %s", async (withVersion2) => {
  const { stdout } = await run(process.execPath, withVersion2);
  expect(stdout).toBe(`done on Node ${process.versions.node.split(".")[0]}\n`);
});

const node20 = findNode(20);

test.skipIf(node20 === undefined)("the mocks work with msw 2 on Node 20", async () => {
  const { stdout } = await run(node20 ?? "", true);
  expect(stdout).toBe("done on Node 20\n");
});
