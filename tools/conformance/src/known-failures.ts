import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { HarnessError } from "./harness-error.ts";
import type { TestRun } from "./test-run.ts";

/** A case that is known to fail, over every transport, and why that is right or has to wait. */
export interface KnownFailure {
  readonly protocol: string;
  readonly kind: string;
  readonly id: string;
  /** What every difference begins with, such as `body.defaults`: a failure of another kind is not excused. */
  readonly place: string;
  readonly reason: string;
}

export async function readKnownFailures(file: string): Promise<readonly KnownFailure[]> {
  const entries: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!Array.isArray(entries)) throw new HarnessError(`${basename(file)}: must be an array`);
  for (const [index, entry] of entries.entries()) checkEntry(entry, `${basename(file)}[${index}]`);
  return entries as readonly KnownFailure[];
}

/** Runs, sorted by whether they went as they were expected to. */
export interface Verdict {
  readonly passed: readonly TestRun[];
  /** Failed, and listed, where the list says. */
  readonly excused: readonly TestRun[];
  /** Failed, and not listed, or elsewhere than the list says. */
  readonly failed: readonly TestRun[];
  /** Entries of the list that are wrong: the case passes somewhere, or does not exist. */
  readonly stale: readonly string[];
}

export function judgeRuns(runs: readonly TestRun[], known: readonly KnownFailure[]): Verdict {
  const entryOf = (run: TestRun): KnownFailure | undefined =>
    known.find(
      ({ protocol, kind, id }) => protocol === run.protocol && kind === run.kind && id === run.id,
    );
  const isExcused = (run: TestRun): boolean => {
    const { place } = entryOf(run) ?? {};
    return place !== undefined && run.differences.every((text) => text.startsWith(place));
  };
  const passed = runs.filter(({ differences }) => differences.length === 0);
  const failures = runs.filter(({ differences }) => differences.length > 0);
  return {
    passed,
    excused: failures.filter(isExcused),
    failed: failures.filter((run) => !isExcused(run)),
    stale: known.flatMap((entry) => {
      const name = `${entry.protocol} ${entry.kind} ${entry.id}`;
      const passing = passed.find((run) => entryOf(run) === entry);
      if (passing !== undefined) {
        return [
          `${name}: listed as known to fail, and passes (${passing.transport}, ${passing.carrier})`,
        ];
      }
      return runs.some((run) => entryOf(run) === entry)
        ? []
        : [`${name}: listed, and there is no such case`];
    }),
  };
}

function checkEntry(entry: unknown, address: string): void {
  const { protocol, kind, id, place, reason, ...rest } = entry as {
    readonly [name: string]: unknown;
  };
  const isComplete = [protocol, kind, id, place, reason].every(
    (value) => typeof value === "string" && value.trim() !== "",
  );
  if (isComplete && Object.keys(rest).length === 0) return;
  throw new HarnessError(
    `${address}: must have protocol, kind, id, place and reason, and nothing else`,
  );
}
