import { readOutput } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import { type Runtime, readResults } from "../runtime.ts";
import { printingEntry } from "./node.ts";

export const bun: Runtime = {
  name: "Bun",
  ways: [{ platform: "edge", loading: "import" }],
  entry: printingEntry,
  find: async () => {
    const binary = findBinary(
      {
        "darwin-arm64": "@oven/bun-darwin-aarch64",
        "linux-arm64": "@oven/bun-linux-aarch64",
        "linux-x64": "@oven/bun-linux-x64",
      },
      "bin/bun",
    );
    if (typeof binary !== "string") return binary;
    return {
      version: await readVersion(binary),
      run: async (program) => {
        // It would fetch what it does not find: here, that has to fail.
        const list = ["--no-install", program.file, program.bench];
        return readResults(await readOutput({ file: binary, arguments: list }, program));
      },
    };
  },
};
