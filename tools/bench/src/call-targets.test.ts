import { expect, test } from "vitest";
import { createCallTargets, type MeasuredCalls } from "./call-targets.ts";
import type { CandidateName } from "./candidates.ts";
import type { ColdStart } from "./cold-start.ts";
import type { EdgeCandidateName } from "./edge-runtimes/edge-candidates.ts";

const round = (cpu: number) => ({
  cpu,
  callsPerSecond: 1,
  p50: 1,
  p99: 1,
  rss: 1,
  heapPerCall: 1,
});
const rounds = new Map<CandidateName, readonly ReturnType<typeof round>[]>([
  ["bare-http", [round(100)]],
  ["pawprint-node", [round(150)]],
  ["aws-sdk", [round(300)]],
  ["pawprint-edge", [round(200)]],
  ["aws-sdk-fetch", [round(500)]],
  ["aws4fetch", [round(160)]],
]);
const start = (name: string, constructed: number): ColdStart => {
  const summary = { median: constructed, spread: 0 };
  const times = { imported: summary, constructed: summary, answered: summary, cpu: summary };
  return { name, form: "installed", ...times };
};
const edge = (cpu: number | undefined): MeasuredCalls["edge"] => [
  {
    runtime: "workerd",
    version: "1",
    rounds: new Map<
      EdgeCandidateName,
      readonly { cpu: number | undefined; callsPerSecond: number }[]
    >([
      ["pawprint-edge", [{ cpu, callsPerSecond: 1 }]],
      ["aws4fetch", [{ cpu, callsPerSecond: 1 }]],
    ]),
    failures: new Map(),
  },
];
const calls: MeasuredCalls = {
  measurements: [
    { work: "batchMeterUsage", concurrency: 1, rounds: new Map() },
    { work: "batchMeterUsage", concurrency: 16, rounds },
  ],
  edge: edge(10),
  starts: [start("nothing", 20), start("pawprint, Node", 24), start("@aws-sdk, Node", 60)],
};

test("ours are compared with each rival that there is a target for", () => {
  expect(createCallTargets(calls).slice(1)).toEqual([
    ["CPU of a batch on Node", "0.33 × aws-sdk", "0.50 × aws-sdk", "**missed**"],
    ["CPU of a batch on Node", "1.6 × bare-http", "1.50 × bare-http", "reached"],
    [
      "CPU of a batch over `fetch` on Node",
      "0.5 × aws-sdk-fetch",
      "0.40 × aws-sdk-fetch",
      "reached",
    ],
    ["CPU of a batch over `fetch` on Node", "1 × aws4fetch", "1.25 × aws4fetch", "**missed**"],
    ["CPU of a batch in workerd", "1 × aws4fetch", "1.00 × aws4fetch", "reached"],
    [
      "import and construct on Node, beyond an empty process",
      "0.2 × aws-sdk",
      "0.10 × aws-sdk",
      "reached",
    ],
  ]);
});

test("where the system tells no CPU time of workerd, there is no line for it", () => {
  const table = createCallTargets({ ...calls, edge: edge(undefined) });
  expect(table.some(([what]) => what?.includes("workerd"))).toBe(false);
});

test("a start that was not measured is an error", () => {
  expect(() => createCallTargets({ ...calls, starts: [] })).toThrow("nothing was not measured");
});
