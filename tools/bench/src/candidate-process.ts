import { runCalls } from "./calls.ts";
import type { BenchClient, Candidate } from "./candidate.ts";
import type { Round, Task } from "./messages.ts";

// A candidate in its own process: it runs the rounds it is sent, one after the other.

const [name = "", endpoint = "", concurrency = "1"] = process.argv.slice(2);
const { candidate } = (await import(`./candidates/${name}.ts`)) as { candidate: Candidate };
const client = await candidate.create(endpoint, Number(concurrency));

process.on("message", (task: Task) => {
  runRound(client, task).then(
    (round) => process.send?.({ round }),
    (error: Error) => process.send?.({ error: `${candidate.name}: ${error.stack}` }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: candidate.name });

async function runRound(client: BenchClient, task: Task): Promise<Round> {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  const latencies = await runCalls(client, task);
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const heapAfter = process.memoryUsage().heapUsed;
  const { calls } = task;
  const quantile = (share: number): number => latencies[Math.floor(share * (calls - 1))] ?? 0;
  return {
    cpu: (user + system) / calls,
    callsPerSecond: calls / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    rss: process.memoryUsage.rss() / 1e6,
    heapPerCall: Math.max(0, heapAfter - heapBefore) / calls,
  };
}
