import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CandidateName } from "./candidates.ts";
import type { Round, Task } from "./messages.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A server in a process of its own. */
export async function startServer(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(path("server.ts"));
  const [port] = (await once(child, "message")) as [number];
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() };
}

export interface RoundPlan extends Task {
  /** How often each candidate has its turn, and how many calls it makes beforehand. */
  readonly turns: number;
  readonly warmUpCalls: number;
}

/**
 * Lets candidates take turns, round by round, each in its own process: whatever else the machine
 * does hits all of them. The order turns with each turn.
 */
export async function runRounds(
  names: readonly CandidateName[],
  endpoint: string,
  { turns, warmUpCalls, ...task }: RoundPlan,
): Promise<ReadonlyMap<CandidateName, readonly Round[]>> {
  const processes = await Promise.all(
    names.map(async (name) => ({
      name,
      child: await startCandidate(name, endpoint, task.concurrency),
    })),
  );
  const rounds = new Map<CandidateName, Round[]>(names.map((name) => [name, []]));
  try {
    for (const { child } of processes) await run(child, { ...task, calls: warmUpCalls });
    for (let turn = 0; turn < turns; turn += 1) {
      for (let index = 0; index < processes.length; index += 1) {
        const next = processes[(index + turn) % processes.length];
        if (next !== undefined) rounds.get(next.name)?.push(await run(next.child, task));
      }
    }
  } finally {
    for (const { child } of processes) child.disconnect();
  }
  return rounds;
}

async function startCandidate(
  name: CandidateName,
  endpoint: string,
  concurrency: number,
): Promise<ChildProcess> {
  const child = fork(path("candidate-process.ts"), [name, endpoint, String(concurrency)], {
    execArgv: ["--expose-gc", "--no-warnings"],
    // The second version of the SDK says at each start that it is no longer kept up.
    env: { ...process.env, AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1" },
  });
  await receive(child);
  return child;
}

async function run(child: ChildProcess, task: Task): Promise<Round> {
  const answer = receive(child);
  child.send(task);
  const { round, error } = await answer;
  if (round === undefined) throw new Error(error ?? "a candidate gave no figures");
  return round;
}

interface Answer {
  readonly round?: Round;
  readonly error?: string;
}

async function receive(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      reject(new Error(`a candidate's process ended with ${code}`));
    };
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Answer);
    });
  });
}
