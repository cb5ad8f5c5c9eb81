import { buildWithEsbuild } from "./esbuild.ts";
import { buildWithRolldown } from "./rolldown.ts";
import { buildWithRollup } from "./rollup.ts";
import { buildWithVite } from "./vite.ts";
import { buildWithWebpack } from "./webpack.ts";

/** A page's script, or a worker: Cloudflare's, a service worker. */
export type Target = "browser" | "worker";

export interface Build {
  /** The absolute path of the program. */
  readonly entry: string;
  readonly target: Target;
}

export interface Bundle {
  readonly code: string;
  /** The files that went into it, as far as they have a path. */
  readonly modules: readonly string[];
}

/** Makes one script of a program and all that it imports, as a user would without any settings of note. */
export type Bundler = (build: Build) => Promise<Bundle>;

export const bundlers: { readonly [name: string]: Bundler } = {
  esbuild: buildWithEsbuild,
  rolldown: buildWithRolldown,
  rollup: buildWithRollup,
  vite: buildWithVite,
  webpack: buildWithWebpack,
};
