import { type BundlerName, bundlerNames } from "./bundlers.ts";
import type { InstallSize } from "./installed-packages.ts";
import type { PackageName, ScopeName } from "./pawprint-programs.ts";
import type { MeasuredProgram } from "./program.ts";
import { type Weight, weightNames } from "./weight.ts";

/**
 * Figures that have budgets, by where they stand in `budgets.json`:
 * `/bundles/edge/oneOperation/esbuild/gzip`, `/installs/edge/packages`.
 */
export type Figures = ReadonlyMap<string, number>;

/** The figures of an installation that have budgets; the rest follows from them. */
export const installFigureNames = [
  "packages",
  "files",
  "bytes",
] as const satisfies (keyof InstallSize)[];

export type FigureName = keyof Weight | (typeof installFigureNames)[number];

export interface MeasuredBundle {
  readonly package: PackageName;
  readonly scope: ScopeName;
  readonly program: MeasuredProgram;
}

export interface MeasuredInstall {
  /** As in `budgets.json`. */
  readonly key: string;
  /** As in npm. */
  readonly name: string;
  readonly size: InstallSize;
}

export function collectFigures(
  bundles: readonly MeasuredBundle[],
  installs: readonly MeasuredInstall[],
): Figures {
  const figures = new Map<string, number>();
  for (const { package: name, scope, program } of bundles) {
    for (const bundler of bundlerNames) {
      for (const weight of weightNames) {
        figures.set(bundleAddress(name, scope, bundler, weight), program.weights[bundler][weight]);
      }
    }
  }
  for (const { key, size } of installs) {
    for (const name of installFigureNames) figures.set(`/installs/${key}/${name}`, size[name]);
  }
  return figures;
}

function bundleAddress(
  name: PackageName,
  scope: ScopeName,
  bundler: BundlerName,
  weight: keyof Weight,
): string {
  return `/bundles/${name}/${scope}/${bundler}/${weight}`;
}

/** Which figure an address ends with. */
export function figureNameOf(address: string): FigureName {
  return address.slice(address.lastIndexOf("/") + 1) as FigureName;
}
