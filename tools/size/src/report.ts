import { type BundledFile, listBundledFiles } from "./bundlers/esbuild.ts";
import { measurePrograms } from "./bundlers.ts";
import type { MeasuredBundle, MeasuredInstall } from "./figures.ts";
import type { InstallSize } from "./installed-packages.ts";
import { measureBundles, measureInstalls, measureOtherInstalls } from "./measurements.ts";
import {
  createPawprintProgram,
  createStepPrograms,
  packageNames,
  wholePrograms,
} from "./pawprint-programs.ts";
import type { MeasuredProgram } from "./program.ts";
import { rivalPrograms, sdkStepPrograms, wholeSdkProgram } from "./rival-programs.ts";

/** Everything that `npm run size` measures. */
export interface Report {
  readonly bundles: readonly MeasuredBundle[];
  readonly rivals: readonly MeasuredProgram[];
  /** For each client, a program with one operation, with two, and so on. */
  readonly steps: readonly (readonly MeasuredProgram[])[];
  /** What our program of one operation on the edge consists of. */
  readonly parts: readonly BundledFile[];
  /** Programs with what is left out elsewhere. */
  readonly whole: readonly MeasuredProgram[];
  readonly installs: readonly MeasuredInstall[];
  readonly otherInstalls: ReadonlyMap<string, InstallSize>;
}

export async function createReport(): Promise<Report> {
  const steps: (readonly MeasuredProgram[])[] = [];
  for (const programs of [...packageNames.map(createStepPrograms), sdkStepPrograms]) {
    steps.push(await measurePrograms(programs));
  }
  return {
    bundles: await measureBundles(),
    rivals: await measurePrograms(rivalPrograms),
    steps,
    parts: await listBundledFiles(createPawprintProgram("edge", "oneOperation")),
    whole: await measurePrograms([...wholePrograms, wholeSdkProgram]),
    installs: await measureInstalls(),
    otherInstalls: await measureOtherInstalls(),
  };
}

/** The program of a client, ours or another's. What knows no single operation has its whole service. */
export function selectProgram(
  { bundles, rivals }: Pick<Report, "bundles" | "rivals">,
  client: string,
  scope: string,
): MeasuredProgram | undefined {
  const programs = [...bundles.map(({ program }) => program), ...rivals];
  const of = (wanted: string): MeasuredProgram | undefined =>
    programs.find((program) => program.client === client && program.scope === wanted);
  return of(scope) ?? (scope === "one operation" ? of("all operations") : undefined);
}
