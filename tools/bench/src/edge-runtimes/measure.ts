import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readVersion } from "tools-runtimes/engines";
import {
  type EdgeCandidateName,
  edgeCandidateNames,
  edgeFloor,
  edgeOurs,
} from "./edge-candidates.ts";
import {
  type EdgeRuntime,
  edgeRuntimes,
  type RunningProgram,
  startProgram,
} from "./edge-runtime.ts";
import { readProcessTime } from "./process-time.ts";
import type { EdgeTask } from "./program.ts";
import { writeProgram } from "./program-file.ts";

/** What one round took, seen from outside: a Worker's clock stands still while it computes. */
export interface EdgeRound {
  /** CPU time of the process in microseconds a call; absent where the system does not say. */
  readonly cpu: number | undefined;
  readonly callsPerSecond: number;
}

export interface EdgeMeasurement {
  readonly runtime: string;
  readonly version: string;
  readonly rounds: ReadonlyMap<EdgeCandidateName, readonly EdgeRound[]>;
  /** Why a candidate does not run in it. */
  readonly failures: ReadonlyMap<EdgeCandidateName, string>;
}

export interface EdgePlan {
  readonly turns: number;
  readonly calls: number;
  readonly warmUpRounds: number;
  readonly concurrency: number;
}

/** Lets the candidates take turns in each runtime that is here. */
export async function measureEdgeRuntimes(
  endpoint: string,
  plan: EdgePlan,
  runtimes: readonly EdgeRuntime[] = edgeRuntimes,
): Promise<readonly EdgeMeasurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "edge-runtimes-"));
  const measurements: EdgeMeasurement[] = [];
  try {
    for (const runtime of runtimes) {
      const binary = runtime.find();
      if (typeof binary !== "string") {
        console.log(`${runtime.name} is left out: ${binary.missing}`);
        continue;
      }
      const own = join(folder, runtime.name);
      await mkdir(own);
      const version = await readVersion(binary);
      const measured = await measureRuntime(runtime, binary, own, endpoint, plan);
      measurements.push({ runtime: runtime.name, version, ...measured });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return measurements;
}

async function measureRuntime(
  runtime: EdgeRuntime,
  binary: string,
  folder: string,
  endpoint: string,
  { turns, calls, warmUpRounds, concurrency }: EdgePlan,
): Promise<Pick<EdgeMeasurement, "failures" | "rounds">> {
  const task: EdgeTask = { work: "batchMeterUsage", endpoint, calls, concurrency };
  const programs = new Map<EdgeCandidateName, RunningProgram>();
  const failures = new Map<EdgeCandidateName, string>();
  try {
    for (const name of edgeCandidateNames) {
      try {
        const file = await writeProgram(folder, name, runtime.entry);
        const program = await startProgram(runtime, binary, file);
        programs.set(name, program);
        for (let count = 0; count < warmUpRounds; count += 1) await runRound(program, task);
      } catch (error) {
        const { message } = error as Error;
        // A rival that does not run is a result; ours and the floor have to.
        if (name === edgeOurs || name === edgeFloor) {
          throw new Error(`${name} in ${runtime.name}: ${message}`, { cause: error });
        }
        failures.set(name, message);
        await programs.get(name)?.stop();
        programs.delete(name);
      }
    }
    const names = [...programs.keys()];
    const rounds = new Map<EdgeCandidateName, EdgeRound[]>(names.map((name) => [name, []]));
    for (let turn = 0; turn < turns; turn += 1) {
      for (let index = 0; index < names.length; index += 1) {
        const name = names[(index + turn) % names.length] as EdgeCandidateName;
        const program = programs.get(name) as RunningProgram;
        rounds.get(name)?.push(await runRound(program, task));
      }
    }
    return { rounds, failures };
  } finally {
    await Promise.all([...programs.values()].map(({ stop }) => stop()));
  }
}

async function runRound({ pid, url }: RunningProgram, task: EdgeTask): Promise<EdgeRound> {
  const before = await readProcessTime(pid);
  const from = performance.now();
  const response = await fetch(url, { method: "POST", body: JSON.stringify(task) });
  const { error } = (await response.json()) as { readonly error?: string };
  const seconds = (performance.now() - from) / 1000;
  if (error !== undefined) throw new Error(error);
  const after = await readProcessTime(pid);
  return {
    cpu: before === undefined || after === undefined ? undefined : (after - before) / task.calls,
    callsPerSecond: task.calls / seconds,
  };
}
