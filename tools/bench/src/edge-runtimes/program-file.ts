import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { EdgeCandidateName } from "./edge-candidates.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Bundles a candidate into one file, as users do where nothing can be installed. `entry` hands the
 * function `handle` to a runtime.
 */
export async function writeProgram(
  folder: string,
  name: EdgeCandidateName,
  entry: string,
): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: {
      contents: `
        import { candidate } from ${JSON.stringify(path(`../candidates/${name}.ts`))};
        import { createRoundHandler } from ${JSON.stringify(path("program.ts"))};
        const handle = createRoundHandler(candidate);
        ${entry}
      `,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: "esm",
    // With this platform an import of Node's is an error, and packages give what they have for browsers.
    platform: "browser",
    target: "es2022",
    minify: true,
    outfile,
    logLevel: "silent",
  });
  return outfile;
}
