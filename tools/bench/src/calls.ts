import type { BenchClient } from "./candidate.ts";
import type { Task } from "./messages.ts";

/** Makes calls, some at a time, and gives the milliseconds that each took, the shortest first. */
export async function runCalls(
  { call }: BenchClient,
  { work, calls, concurrency }: Task,
): Promise<Float64Array> {
  const latencies = new Float64Array(calls);
  let started = 0;
  const runSome = async (): Promise<void> => {
    while (started < calls) {
      const index = started;
      started += 1;
      const from = performance.now();
      await call(work);
      latencies[index] = performance.now() - from;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runSome));
  return latencies.sort();
}
