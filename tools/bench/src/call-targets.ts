import { compare } from "tools-performance-page/statistics";
import type { Table } from "tools-performance-page/table";
import { createTargetTable, type Target } from "tools-performance-page/targets";
import { listBatchTimes } from "./batch-times.ts";
import type { CandidateName } from "./candidates.ts";
import type { ColdStart } from "./cold-start.ts";
import type { EdgeCandidateName } from "./edge-runtimes/edge-candidates.ts";
import type { EdgeMeasurement } from "./edge-runtimes/measure.ts";
import type { Measurement } from "./tables.ts";

/** What is measured of calls, as far as there is a target for it. */
export interface MeasuredCalls {
  readonly measurements: readonly Measurement[];
  readonly edge: readonly EdgeMeasurement[];
  readonly starts: readonly ColdStart[];
}

/** What the packages have to reach: a batch of 25 records, 16 calls at a time, and the start. */
export function createCallTargets({ measurements, edge, starts }: MeasuredCalls): Table {
  const node = "CPU of a batch on Node";
  const fetch = "CPU of a batch over `fetch` on Node";
  return createTargetTable([
    compareOnNode(measurements, node, 0.33, "aws-sdk", "pawprint-node"),
    compareOnNode(measurements, node, 1.6, "bare-http", "pawprint-node"),
    compareOnNode(measurements, fetch, 0.5, "aws-sdk-fetch", "pawprint-edge"),
    compareOnNode(measurements, fetch, 1, "aws4fetch", "pawprint-edge"),
    ...compareInWorkerd(edge, 0.5, "aws-sdk-fetch"),
    ...compareInWorkerd(edge, 1, "aws4fetch"),
    compareStarts(starts),
  ]);
}

function compareOnNode(
  measurements: readonly Measurement[],
  what: string,
  limit: number,
  rival: CandidateName,
  ours: CandidateName,
): Target {
  const measured = compare(listBatchTimes(measurements, ours), listBatchTimes(measurements, rival));
  return { what, limit, measured: measured.median, unit: ` × ${rival}` };
}

/** Nothing where workerd is missing, the rival does not run in it, or the system tells no CPU time. */
function compareInWorkerd(
  measurements: readonly EdgeMeasurement[],
  limit: number,
  rival: EdgeCandidateName,
): readonly Target[] {
  const rounds = measurements.find(({ runtime }) => runtime === "workerd")?.rounds;
  const of = (name: EdgeCandidateName): readonly number[] =>
    (rounds?.get(name) ?? []).flatMap(({ cpu }) => cpu ?? []);
  if (of(rival).length === 0) return [];
  const measured = compare(of("pawprint-edge"), of(rival)).median;
  return [{ what: "CPU of a batch in workerd", limit, measured, unit: ` × ${rival}` }];
}

/** From the start of the process to the client, without what an empty process takes. */
function compareStarts(starts: readonly ColdStart[]): Target {
  const of = (name: string): number => {
    const start = starts.find((one) => one.name === name && one.form === "installed");
    if (start === undefined) throw new RangeError(`the start of ${name} was not measured`);
    return start.constructed.median;
  };
  const empty = of("nothing");
  return {
    what: "import and construct on Node, beyond an empty process",
    limit: 0.2,
    measured: (of("pawprint, Node") - empty) / (of("@aws-sdk, Node") - empty),
    unit: " × aws-sdk",
  };
}
