import { type Command, readOutput } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import { type Missing, type Program, type Runtime, readResults } from "../runtime.ts";
import { printingEntry } from "./node.ts";

export const bun: Runtime = {
  name: "Bun",
  ways: [{ platform: "edge", loading: "import" }],
  entry: printingEntry,
  find: async () => {
    const binary = findBun();
    if (typeof binary !== "string") return binary;
    return {
      version: await readVersion(binary),
      run: async (program) =>
        readResults(await readOutput(createBunCommand(binary, program), program)),
    };
  },
};

export function findBun(): string | Missing {
  return findBinary(
    {
      "darwin-arm64": "@oven/bun-darwin-aarch64",
      "linux-arm64": "@oven/bun-linux-aarch64",
      "linux-x64": "@oven/bun-linux-x64",
    },
    "bin/bun",
  );
}

/** It would fetch what it does not find: here, that has to fail. */
export function createBunCommand(binary: string, { file, bench }: Program): Command {
  return { file: binary, arguments: ["--no-install", file, bench] };
}
