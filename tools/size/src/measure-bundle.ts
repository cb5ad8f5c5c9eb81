import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** What a user would write, and for which platform it is bundled. */
export interface BundleCase {
  readonly title: string;
  readonly platform: "browser" | "node";
  readonly source: string;
}

export interface BundleSize {
  readonly title: string;
  /** Minified, in bytes. */
  readonly minified: number;
  /** The same, gzipped at level 9. */
  readonly gzipped: number;
}

/** What is imported on demand is no part of what starts: bundlers that split code give it a file of its own. */
const leaveOutOnDemand: Plugin = {
  name: "leave-out-on-demand",
  setup({ onResolve }) {
    onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/** Bundles and minifies a program with esbuild, and weighs what starts with it. */
export async function measureBundle(
  { title, platform, source }: BundleCase,
  resolveDir: string,
): Promise<BundleSize> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    platform,
    plugins: [leaveOutOnDemand],
    legalComments: "none",
    logLevel: "error",
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return { title, minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}
