import type { Verdict } from "./known-failures.ts";
import type { TestRun } from "./test-run.ts";

/** So many show what is wrong; the rest is the same again. */
const shownDifferences = 10;

const kinds: readonly TestRun["kind"][] = ["request", "response", "error"];

/** The totals, a row for each protocol and way to run it, and a column for each kind of test. */
export function printTotals({ passed, excused, failed }: Verdict): string {
  const runs = [...passed, ...excused, ...failed];
  const rowOf = ({ protocol, transport, carrier }: TestRun): string =>
    [protocol.padEnd(12), transport.padEnd(6), carrier.padEnd(9)].join("");
  const header = ["protocol".padEnd(12), "on".padEnd(6), "over".padEnd(9)].join("");
  const rows = [...new Set(runs.map(rowOf))].sort().map((row) => {
    const cells = kinds.map((kind) => {
      const count = (list: readonly TestRun[]): number =>
        list.filter((run) => rowOf(run) === row && run.kind === kind).length;
      return `${count(passed)}/${count(runs)}`.padStart(10);
    });
    return row + cells.join("");
  });
  const titles = kinds.map((kind) => `${kind}s`.padStart(10)).join("");
  const sum = `${passed.length} of ${runs.length} runs passed, ${excused.length} failed as known, ${failed.length} failed`;
  return [header + titles, ...rows, sum].join("\n");
}

/** Everything that nobody expected. Ways to run a case that differ in the same way are one entry. */
export function printSurprises({ failed, stale }: Verdict): string {
  const entries = new Map<string, string[]>();
  for (const run of failed) {
    const { protocol, kind, id, operation, differences } = run;
    const more = differences.length - shownDifferences;
    const lines = [
      ...differences.slice(0, shownDifferences).map((difference) => `    ${difference}`),
      ...(more > 0 ? [`    and ${more} more`] : []),
    ];
    const key = [`${protocol} ${kind} ${id}, operation ${operation}`, ...lines].join("\n");
    entries.set(key, [...(entries.get(key) ?? []), `${run.transport} ${run.carrier}`]);
  }
  const failures = [...entries].map(([key, ways]) => {
    const [title, ...lines] = key.split("\n");
    return [`FAILED ${title} (${ways.join(", ")})`, ...lines].join("\n");
  });
  return [...failures, ...stale.map((problem) => `STALE ${problem}`)].join("\n");
}
