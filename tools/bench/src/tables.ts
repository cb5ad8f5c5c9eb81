import { compare, type Summary, summarize } from "tools-performance-page/statistics";
import type { Table } from "tools-performance-page/table";
import type { CallBudgets, CallCosts } from "./call-costs/call-costs.ts";
import { type CandidateName, rivals } from "./candidates.ts";
import type { ColdStart } from "./cold-start.ts";
import type { Round } from "./messages.ts";
import type { Part } from "./parts.ts";
import type { WorkName } from "./work.ts";

/** All rounds of one kind of work at one concurrency. */
export interface Measurement {
  readonly work: WorkName;
  readonly concurrency: number;
  readonly rounds: ReadonlyMap<CandidateName, readonly Round[]>;
}

/** What the design asks for: ratios first, each with its spread. */
export function createRatioTable(measurements: readonly Measurement[]): Table {
  const head = [
    "call",
    "at a time",
    "client",
    "CPU, × the floor",
    "CPU, × ours",
    "calls a second, × ours",
  ];
  const rows = measurements.flatMap(({ work, concurrency, rounds }) =>
    rivals.flatMap(({ ours, floor, all }) =>
      all.map((name) => {
        const ratio = (figure: "callsPerSecond" | "cpu", other: CandidateName): string =>
          printRatio(compare(of(rounds, name, figure), of(rounds, other, figure)));
        return [
          work,
          String(concurrency),
          name,
          ratio("cpu", floor),
          ratio("cpu", ours),
          ratio("callsPerSecond", ours),
        ];
      }),
    ),
  );
  return [head, ...rows];
}

/** The figures behind the ratios, which hold for one machine on one day. */
export function createFigureTable(measurements: readonly Measurement[]): Table {
  const head = [
    "call",
    "at a time",
    "client",
    "CPU a call, µs",
    "calls a second",
    "p50, ms",
    "p99, ms",
    "RSS, MB",
    "heap a call, kB",
  ];
  const rows = measurements.flatMap(({ work, concurrency, rounds }) =>
    [...rounds.keys()].map((name) => {
      const print = (figure: keyof Round, digits: number, unit = 1): string =>
        (summarize(of(rounds, name, figure)).median / unit).toFixed(digits);
      return [
        work,
        String(concurrency),
        name,
        print("cpu", 0),
        print("callsPerSecond", 0),
        print("p50", 2),
        print("p99", 2),
        print("rss", 0),
        print("heapPerCall", 0, 1000),
      ];
    }),
  );
  return [head, ...rows];
}

export function createColdStartTable(starts: readonly ColdStart[]): Table {
  const head = [
    "client",
    "form",
    "imported, ms",
    "constructed, ms",
    "first answer, ms",
    "CPU, ms",
    "spread of the first answer",
  ];
  const rows = starts.map(({ name, form, imported, constructed, answered, cpu }) => [
    name,
    form,
    imported.median.toFixed(1),
    constructed.median.toFixed(1),
    answered.median.toFixed(1),
    cpu.median.toFixed(1),
    printShare(answered.spread),
  ]);
  return [head, ...rows];
}

export function createPartTable(parts: readonly Part[]): Table {
  const head = ["part of a batch of 25 records", "CPU, µs", "spread"];
  return [
    head,
    ...parts.map(({ name, cpu }) => [name, cpu.median.toFixed(1), printShare(cpu.spread)]),
  ];
}

const costTitles: { readonly [cost in keyof CallCosts]: string } = {
  hashes: "SHA-256 hashes; HMAC is two",
  promises: "promises, those of `await` included",
  timers: "timers",
  abortControllers: "`AbortController`s",
  headersObjects: "`Headers` objects",
  urlObjects: "`URL` objects",
  jsonConversions: "`JSON.stringify` and `JSON.parse`",
  textConversions: "text to bytes, or back",
  functionCalls: "function calls",
  allocatedBytes: "bytes allocated, unoptimized",
};

/** What a call of each platform takes: counts, that are the same on every machine. */
export function createCostTable({ node, edge }: CallBudgets): Table {
  return [
    ["a batch of 25 records takes", "Node", "edge"],
    ...Object.entries(costTitles).map(([name, title]) => {
      const cost = name as keyof CallCosts;
      return [title, String(node[cost]), String(edge[cost])];
    }),
  ];
}

function of(
  rounds: Measurement["rounds"],
  name: CandidateName,
  figure: keyof Round,
): readonly number[] {
  return (rounds.get(name) ?? []).map((round) => round[figure]);
}

export function printRatio({ median, spread }: Summary): string {
  return `${median.toFixed(2)} ± ${printShare(spread / 2)}`;
}

function printShare(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
