#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

// Compiling ts-morph is a fifth of a small generation; Node, from 22.8 on, can keep what it compiled.
nodeModule.enableCompileCache?.();

// The published package has compiled code only. In the repository the sources run as they are, so
// that nobody generates with a build from yesterday; a Node that cannot read TypeScript hands over
// to the one that the repository installs.
const source = new URL("../src/cli.ts", import.meta.url);
if (!existsSync(source)) {
  await runFrom("../dist/cli.js");
} else if (process.features.typescript) {
  await runFrom("../src/cli.ts");
} else {
  const node = createRequire(import.meta.url).resolve("node/bin/node");
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exitCode = spawnSync(node, args, { stdio: "inherit" }).status ?? 2;
}

async function runFrom(module) {
  const { run } = await import(module);
  process.exitCode = await run(process.argv.slice(2));
}
