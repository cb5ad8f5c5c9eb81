import type { CandidateName } from "./candidates.ts";
import type { Measurement } from "./tables.ts";

/** CPU time of a batch of 25 records, 16 calls at a time, round by round: what the targets are about. */
export function listBatchTimes(
  measurements: readonly Measurement[],
  name: CandidateName,
): readonly number[] {
  const measured = measurements.find(
    ({ work, concurrency }) => work === "batchMeterUsage" && concurrency === 16,
  );
  return (measured?.rounds.get(name) ?? []).map(({ cpu }) => cpu);
}
