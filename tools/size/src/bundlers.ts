import { bundleWithEsbuild } from "./bundlers/esbuild.ts";
import { bundleWithRolldown } from "./bundlers/rolldown.ts";
import type { MeasuredProgram, Program } from "./program.ts";
import { weigh } from "./weight.ts";

/** Gives a program and all that it imports as one minified module, without comments. */
export type Bundler = (program: Program) => Promise<string>;

export const bundlerNames = ["esbuild", "rolldown"] as const;

export type BundlerName = (typeof bundlerNames)[number];

export const bundlers: { readonly [name in BundlerName]: Bundler } = {
  esbuild: bundleWithEsbuild,
  rolldown: bundleWithRolldown,
};

export async function measureProgram(program: Program): Promise<MeasuredProgram> {
  const [esbuild, rolldown] = await Promise.all([
    bundlers.esbuild(program),
    bundlers.rolldown(program),
  ]);
  return { ...program, weights: { esbuild: weigh(esbuild), rolldown: weigh(rolldown) } };
}

/** One after the other: a bundler uses all the cores that there are. */
export async function measurePrograms(
  programs: readonly Program[],
): Promise<readonly MeasuredProgram[]> {
  const measured: MeasuredProgram[] = [];
  for (const program of programs) measured.push(await measureProgram(program));
  return measured;
}
