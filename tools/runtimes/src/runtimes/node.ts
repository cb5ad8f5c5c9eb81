import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readOutput } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import type { Result } from "../program/result.ts";
import { type Missing, type Program, type Runtime, readResults } from "../runtime.ts";

/** Prints the results, and leaves it to the process to end: what a client leaves behind would keep it. */
export const printingEntry =
  "run(process.argv[2]).then((results) => console.log(JSON.stringify(results)));";

/** Node 24 is what the repository's own tasks run on. */
export const node24: Runtime = describeNode("24", () => {
  const manifest = createRequire(import.meta.url).resolve("node/package.json");
  return join(dirname(manifest), "bin", "node");
});

/** The oldest that the packages are for, as their `engines` say. */
export const node20: Runtime = describeNode("20", () =>
  findBinary(
    { "linux-arm64": "node-20-linux-arm64", "linux-x64": "node-20-linux-x64" },
    "bin/node",
  ),
);

export const node22: Runtime = describeNode("22", () =>
  findBinary(
    { "linux-arm64": "node-22-linux-arm64", "linux-x64": "node-22-linux-x64" },
    "bin/node",
  ),
);

export const node26: Runtime = describeNode("26", () =>
  findBinary(
    {
      "darwin-arm64": "node-26-darwin-arm64",
      "linux-arm64": "node-26-linux-arm64",
      "linux-x64": "node-26-linux-x64",
    },
    "bin/node",
  ),
);

function describeNode(major: string, find: () => string | Missing): Runtime {
  return {
    name: `Node ${major}`,
    ways: [
      { platform: "node", loading: "import" },
      { platform: "node", loading: "require" },
      { platform: "edge", loading: "import" },
      { platform: "edge", loading: "require" },
    ],
    entry: printingEntry,
    find: async () => {
      const binary = find();
      if (typeof binary !== "string") return binary;
      return { version: await readVersion(binary), run: (program) => runNode(binary, program) };
    },
  };
}

async function runNode(binary: string, program: Program): Promise<readonly Result[]> {
  const command = { file: binary, arguments: [program.file, program.bench] };
  return readResults(await readOutput(command, program));
}
