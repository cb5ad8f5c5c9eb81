import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a user would write, and for which platform it is bundled. */
export interface BundleCase {
  readonly title: string;
  readonly platform: "browser" | "node";
  readonly source: string;
  /** Packages that are loaded only on demand, and so are left out. */
  readonly external?: readonly string[];
}

export interface BundleSize {
  readonly title: string;
  /** Minified, in bytes. */
  readonly minified: number;
  /** The same, gzipped at level 9. */
  readonly gzipped: number;
}

/** Bundles and minifies a program with esbuild, and weighs the result. */
export async function measureBundle(
  { title, platform, source, external = [] }: BundleCase,
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
    external: [...external],
    legalComments: "none",
    logLevel: "error",
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return { title, minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}
