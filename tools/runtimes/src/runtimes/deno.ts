import { dirname, join } from "node:path";
import { type Command, readOutput } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import { type Missing, type Program, type Runtime, readResults } from "../runtime.ts";
import { printingEntry } from "./node.ts";

export const deno: Runtime = {
  name: "Deno",
  ways: [{ platform: "edge", loading: "import" }],
  entry: printingEntry,
  find: async () => {
    const binary = findDeno();
    if (typeof binary !== "string") return binary;
    return {
      version: await readVersion(binary),
      run: async (program) =>
        readResults(await readOutput(createDenoCommand(binary, program), program)),
    };
  },
};

export function findDeno(): string | Missing {
  return findBinary(
    {
      "darwin-arm64": "@deno/darwin-arm64",
      "linux-arm64": "@deno/linux-arm64-glibc",
      "linux-x64": "@deno/linux-x64-glibc",
    },
    "deno",
  );
}

/** The network of this machine is all that the packages may ask for: no file, no environment. */
export function createDenoCommand(binary: string, { file, bench }: Program): Command {
  const list = ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual"];
  return {
    file: binary,
    arguments: [...list, "--allow-net=127.0.0.1", file, bench],
    environment: { DENO_DIR: join(dirname(file), ".deno"), DENO_NO_UPDATE_CHECK: "1" },
  };
}
