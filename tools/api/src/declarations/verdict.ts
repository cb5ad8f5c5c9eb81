import type { Compiler } from "./compilers.ts";
import type { Environment } from "./environments.ts";
import { type ForeignFault, findFault } from "./foreign-faults.ts";
import type { Resolution } from "./program.ts";
import { printFinding, printMistake } from "./programs.ts";

/** What is compiled together: what must be right, and what must be wrong. */
export interface Trial {
  readonly project: string;
  readonly resolution: Resolution;
  readonly environment: Environment;
  /** Files without any mistake. */
  readonly files: readonly string[];
  /** A file that has nothing but mistakes. */
  readonly mistakes: string;
}

export interface Verdict {
  /** Each finding against the right files and against the declarations of any package, as a line. */
  readonly against: readonly string[];
  /** The line and the code of each mistake that was found. */
  readonly mistakes: readonly string[];
  /** The faults of others that were passed over. */
  readonly passedOver: readonly ForeignFault[];
}

/** Compiles, and tells what counts. */
export function judge({ version, check }: Compiler, trial: Trial): Verdict {
  const { project, resolution, environment, files, mistakes } = trial;
  const { lib, types } = environment;
  const findings = check({ project, files: [...files, mistakes], resolution, lib, types });
  const fault = new Map(findings.map((finding) => [finding, findFault(finding, version, types)]));
  const isMistake = ({ file }: { readonly file: string }): boolean => file === mistakes;
  return {
    against: findings
      .filter((finding) => !isMistake(finding) && fault.get(finding) === undefined)
      .map(printFinding),
    mistakes: findings.filter(isMistake).map(printMistake),
    passedOver: [...new Set(fault.values())].filter((known) => known !== undefined),
  };
}
