import { dirname, resolve } from "node:path";
import { build } from "esbuild";
import type { Build, Bundle } from "./bundler.ts";
import { selectConditions } from "./conditions.ts";

export async function buildWithEsbuild({ entry, target }: Build): Promise<Bundle> {
  const absWorkingDir = dirname(entry);
  const { outputFiles, metafile } = await build({
    absWorkingDir,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    platform: "browser",
    conditions: selectConditions(target),
    legalComments: "none",
    logLevel: "silent",
  });
  return {
    code: outputFiles[0]?.text ?? "",
    modules: Object.keys(metafile.inputs).map((path) => resolve(absWorkingDir, path)),
  };
}
