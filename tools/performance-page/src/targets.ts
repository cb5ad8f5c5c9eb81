import type { Table } from "./table.ts";

/** A figure that is not to be above another one. */
export interface Target {
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  /** What follows both figures, such as ` s`. */
  readonly unit: string;
}

/** What was wanted and what came out, missed or not. */
export function createTargetTable(targets: readonly Target[]): Table {
  return [
    ["what", "at most", "measured", ""],
    ...targets.map(({ what, limit, measured, unit }) => [
      what,
      `${limit}${unit}`,
      `${measured.toFixed(2)}${unit}`,
      measured <= limit ? "reached" : "**missed**",
    ]),
  ];
}
