import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What a bundle weighs, in bytes. */
export interface Weight {
  readonly minified: number;
  /** At level 9, its highest. */
  readonly gzip: number;
  /** At quality 11, its highest. */
  readonly brotli: number;
}

export const weightNames = ["minified", "gzip", "brotli"] as const satisfies (keyof Weight)[];

export function weigh(code: string): Weight {
  const bytes = Buffer.from(code);
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/** What each program weighs more than the one before it. */
export function computeSteps(weights: readonly Weight[]): readonly Weight[] {
  return weights.slice(1).map((weight, index) => subtract(weight, weights[index] as Weight));
}

/** What one step adds on average. */
export function computeMeanStep(weights: readonly Weight[]): Weight {
  const [first] = weights;
  const last = weights.at(-1);
  if (first === undefined || last === undefined || weights.length < 2) {
    throw new RangeError("a step needs two programs at least");
  }
  const total = subtract(last, first);
  const share = (bytes: number): number => Math.round(bytes / (weights.length - 1));
  return {
    minified: share(total.minified),
    gzip: share(total.gzip),
    brotli: share(total.brotli),
  };
}

function subtract(one: Weight, other: Weight): Weight {
  return {
    minified: one.minified - other.minified,
    gzip: one.gzip - other.gzip,
    brotli: one.brotli - other.brotli,
  };
}
