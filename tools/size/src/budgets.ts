import { type FigureName, type Figures, installFigureNames } from "./figures.ts";
import { weightNames } from "./weight.ts";

/** The file of budgets is not what it should be; the message says where, and what belongs there. */
export class BudgetFileError extends Error {
  override readonly name = "BudgetFileError";
}

/**
 * Reads budgets. `file` is what error messages call the file. What the names of packages, scopes and
 * bundlers should be is up to whoever compares the budgets with what was measured.
 */
export function readBudgets(text: string, file: string): Figures {
  const { bundles, installs } = readObject(parseJson(text, file), file, "", [
    "bundles",
    "installs",
  ]);
  const budgets = new Map<string, number>();
  readGroups(bundles, file, "/bundles", bundleDepth, weightNames, budgets);
  readGroups(installs, file, "/installs", installDepth, installFigureNames, budgets);
  return budgets;
}

/** The file of budgets, as `readBudgets` reads it. */
export function printBudgets(budgets: Figures): string {
  const root: Group = {};
  for (const [address, budget] of budgets) {
    const steps = address.slice(1).split("/");
    const name = steps.pop() as string;
    let group = root;
    for (const step of steps) {
      group[step] ??= {};
      group = group[step] as Group;
    }
    group[name] = budget;
  }
  return `${JSON.stringify(root, undefined, 2)}\n`;
}

interface Group {
  [name: string]: Group | number;
}

/** How many names stand between the top and a group of figures. */
const bundleDepth = 3;
const installDepth = 1;

function readGroups(
  value: unknown,
  file: string,
  address: string,
  depth: number,
  figureNames: readonly FigureName[],
  budgets: Map<string, number>,
): void {
  if (depth > 0) {
    for (const [name, group] of Object.entries(readObject(value, file, address))) {
      readGroups(group, file, `${address}/${name}`, depth - 1, figureNames, budgets);
    }
    return;
  }
  const figures = readObject(value, file, address, figureNames);
  for (const name of figureNames) {
    budgets.set(`${address}/${name}`, readBudget(figures[name], file, `${address}/${name}`));
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BudgetFileError(`${file}: not JSON: ${(cause as Error).message}`, { cause });
  }
}

function readObject(
  value: unknown,
  file: string,
  address: string,
  known?: readonly string[],
): { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw mismatch(value, file, address, "an object");
  }
  const unknown = Object.keys(value).find((name) => known?.includes(name) === false);
  if (unknown !== undefined) {
    const expected = known?.map((name) => JSON.stringify(name)).join(", ");
    throw new BudgetFileError(
      `${file}: ${address}/${unknown}: unknown property; what belongs here is ${expected}`,
    );
  }
  return value as { readonly [name: string]: unknown };
}

function readBudget(value: unknown, file: string, address: string): number {
  if (!Number.isSafeInteger(value) || (value as number) <= 0) {
    throw mismatch(value, file, address, "a whole number above 0");
  }
  return value as number;
}

function mismatch(value: unknown, file: string, address: string, expected: string): Error {
  const found = value === undefined ? "nothing" : JSON.stringify(value);
  const place = address === "" ? file : `${file}: ${address}`;
  return new BudgetFileError(`${place}: found ${found}; ${expected} belongs here`);
}
