import type { BundlerName } from "./bundlers.ts";
import type { Weight } from "./weight.ts";

/** What a user would write, and what it is bundled for. */
export interface Program {
  /** Whose client it uses, and where it is to run: `pawprint, edge`. */
  readonly client: string;
  /** `one operation`, for a table. */
  readonly scope: string;
  readonly platform: "browser" | "node";
  readonly source: string;
  /** Packages that are left to whatever runs the bundle. */
  readonly external?: readonly string[];
  /** Which fields of a `package.json` name a package's code, first one first. The bundler's own choice by default. */
  readonly mainFields?: readonly string[];
  /** Bundlers that split code give what is imported on demand files of its own: it is left out by default. */
  readonly onDemand?: "included";
}

/** Takes ES modules before CommonJS: of the AWS SDK, bundlers for Node then take less than half. */
export const modulesFirst: readonly string[] = ["module", "main"];

/** A program, and its bundles. */
export interface MeasuredProgram extends Program {
  readonly weights: { readonly [name in BundlerName]: Weight };
}
