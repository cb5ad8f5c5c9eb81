import { build, type Plugin } from "esbuild";
import type { Program } from "../program.ts";

export async function bundleWithEsbuild({
  platform,
  source,
  external = [],
  mainFields,
  onDemand,
}: Program): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "js" },
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
  return outputFiles.map(({ text }) => text).join("");
}

const leaveOutOnDemand: Plugin = {
  name: "leave-out-on-demand",
  setup({ onResolve }) {
    onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};
