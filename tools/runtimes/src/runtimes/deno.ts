import { dirname, join } from "node:path";
import { readOutput } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import { type Runtime, readResults } from "../runtime.ts";
import { printingEntry } from "./node.ts";

export const deno: Runtime = {
  name: "Deno",
  ways: [{ platform: "edge", loading: "import" }],
  entry: printingEntry,
  find: async () => {
    const binary = findBinary(
      {
        "darwin-arm64": "@deno/darwin-arm64",
        "linux-arm64": "@deno/linux-arm64-glibc",
        "linux-x64": "@deno/linux-x64-glibc",
      },
      "deno",
    );
    if (typeof binary !== "string") return binary;
    return {
      version: await readVersion(binary),
      run: async (program) => {
        // The network of this machine is all that the packages may ask for: no file, no environment.
        const list = ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual"];
        const command = {
          file: binary,
          arguments: [...list, "--allow-net=127.0.0.1", program.file, program.bench],
          environment: {
            DENO_DIR: join(dirname(program.file), ".deno"),
            DENO_NO_UPDATE_CHECK: "1",
          },
        };
        return readResults(await readOutput(command, program));
      },
    };
  },
};
