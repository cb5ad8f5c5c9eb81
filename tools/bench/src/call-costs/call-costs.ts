import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ObjectCounts } from "./object-counter.ts";

/** What one call takes, counted and not timed: the same on every machine. */
export interface CallCosts extends Readonly<ObjectCounts> {
  /** How often a hash was finished. HMAC takes two. */
  readonly hashes: number;
  readonly promises: number;
  readonly timers: number;
  /** Calls of functions of the packages and of what they depend on. */
  readonly functionCalls: number;
  /** Bytes on V8's heap, without optimized code. */
  readonly allocatedBytes: number;
}

export const platformNames = ["node", "edge"] as const;
export type PlatformName = (typeof platformNames)[number];

/** What a call of each platform may take. */
export type CallBudgets = { readonly [platform in PlatformName]: CallCosts };

const budgetsFile = new URL("../../call-costs.json", import.meta.url);
const program = fileURLToPath(new URL("counting-process.ts", import.meta.url));

export async function readBudgets(): Promise<CallBudgets> {
  return JSON.parse(await readFile(budgetsFile, "utf8")) as CallBudgets;
}

/** Makes what calls take now what they may take. */
export async function writeBudgets(budgets: CallBudgets): Promise<void> {
  await writeFile(budgetsFile, `${JSON.stringify(budgets, undefined, 2)}\n`);
}

/** Counts what a call takes, in a process of its own. */
export async function countCallCosts(platform: PlatformName): Promise<CallCosts> {
  const options = ["--expose-gc", "--max-semi-space-size=256", "--min-semi-space-size=256"];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...options,
    ...["--no-opt", "--no-maglev", "--no-sparkplug"],
    program,
    platform,
  ]);
  const costs = JSON.parse(stdout) as CallCosts;
  if (costs.hashes === 0) throw new Error("hashes were not counted: they are made somewhere else");
  return costs;
}
