import { resolve } from "node:path";
import { build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import type { Program } from "../program.ts";

export async function bundleWithEsbuild(program: Program): Promise<string> {
  const { outputFiles } = await run(program);
  return outputFiles.map(({ text }) => text).join("");
}

/** A file that went into a bundle. */
export interface BundledFile {
  /** Absolute. */
  readonly path: string;
  /** What is left of it, minified. */
  readonly bytes: number;
}

/** The files that something is left of, the largest first. */
export async function listBundledFiles(program: Program): Promise<readonly BundledFile[]> {
  const { metafile } = await run(program);
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([path, { bytesInOutput }]) => ({
      path: resolve(workingFolder, path),
      bytes: bytesInOutput,
    }))
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes);
}

const workingFolder = import.meta.dirname;

async function run({
  platform,
  source,
  external = [],
  mainFields,
  onDemand,
}: Program): Promise<{ readonly outputFiles: readonly OutputFile[]; readonly metafile: Metafile }> {
  return build({
    absWorkingDir: workingFolder,
    metafile: true,
    stdin: { contents: source, resolveDir: workingFolder, loader: "js" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    platform,
    external: [...external],
    ...(mainFields && { mainFields: [...mainFields] }),
    plugins: onDemand === "included" ? [] : [leaveOutOnDemand],
    legalComments: "none",
    logLevel: "silent",
  });
}

const leaveOutOnDemand: Plugin = {
  name: "leave-out-on-demand",
  setup({ onResolve }) {
    onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};
