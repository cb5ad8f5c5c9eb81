import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readOutput } from "../child-process.ts";
import { type Runtime, readResults } from "../runtime.ts";

/** Vercel's. It lives inside Node, so it gets a process of its own, which a program can hang or end. */
export const edgeRuntime: Runtime = {
  name: "Edge Runtime (Vercel)",
  ways: [{ platform: "edge", loading: "bundle" }],
  entry: "globalThis.runProgram = run;",
  limits: [
    {
      reason:
        "has no `CompressionStream`, so bodies are sent as they are, and tests of compression fail",
      tests: [
        "SDKAppliedContentEncoding_awsJson1_0",
        "SDKAppliedContentEncoding_awsJson1_1",
        "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
        "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
      ],
    },
  ],
  find: async () => {
    // The package exports no manifest.
    const main = createRequire(import.meta.url).resolve("@edge-runtime/vm");
    const manifest = join(dirname(main), "..", "package.json");
    const { version } = JSON.parse(await readFile(manifest, "utf8")) as {
      readonly version: string;
    };
    const host = fileURLToPath(new URL("../edge-runtime-host.ts", import.meta.url));
    return {
      version,
      run: async (program) => {
        const list = [host, program.file, program.bench];
        return readResults(await readOutput({ file: process.execPath, arguments: list }, program));
      },
    };
  },
};
