import type { Bench } from "./bench.ts";
import { type Cell, type Expectation, judgeGroup } from "./cell.ts";
import type { Result } from "./program/result.ts";
import {
  type Engine,
  type Limit,
  type Missing,
  type Runtime,
  RuntimeFailure,
  type Way,
} from "./runtime.ts";

/** One runtime, one package, one way to load it. */
export interface Row {
  readonly runtime: string;
  readonly version: string;
  readonly way: Way;
  readonly cells: readonly Cell[];
  /** Why there are no results at all. */
  readonly failure?: string;
}

export interface Skip {
  readonly runtime: string;
  readonly reason: string;
  /** How many rows are missing. */
  readonly rows: number;
}

export interface Report {
  readonly groups: readonly string[];
  readonly rows: readonly Row[];
  readonly skips: readonly Skip[];
  /** Why a runtime cannot do what others can, for people. */
  readonly limits: readonly { readonly runtime: string; readonly reason: string }[];
}

export interface TestPlan {
  readonly runtimes: readonly Runtime[];
  readonly bench: Bench;
  /** The columns of the table. */
  readonly groups: readonly string[];
  /** What every program has to run in a runtime with these limits. */
  readonly expect: (limits: readonly Limit[]) => readonly Expectation[];
  /** Gives the file of a program. The name is good for a file. */
  readonly writeProgram: (way: Way, entry: string, name: string) => Promise<string>;
  /** Milliseconds that a program may take. */
  readonly deadline: number;
  /** How many programs run at the same time. */
  readonly parallel: number;
}

/** Runs a program in each runtime that is here, in each way that it has. */
export async function testRuntimes(plan: TestPlan): Promise<Report> {
  const skips: Skip[] = [];
  const tasks: (() => Promise<Row>)[] = [];
  for (const runtime of plan.runtimes) {
    const { name, ways, find } = runtime;
    const engine = await find().catch((cause: Error) => createBrokenEngine(cause));
    if ("missing" in engine) {
      skips.push({ runtime: name, reason: engine.missing, rows: ways.length });
    } else {
      tasks.push(...ways.map((way) => () => testWay(plan, runtime, engine, way)));
    }
  }
  const limits = plan.runtimes.flatMap(({ name: runtime, limits: list = [] }) =>
    list.map(({ reason }) => ({ runtime, reason })),
  );
  const rows = await runParallel(tasks, plan.parallel);
  return { groups: plan.groups, rows, skips, limits };
}

/** A runtime that is here and cannot even say its version is no runtime that is missing. */
function createBrokenEngine(cause: Error): Engine | Missing {
  return { version: "?", run: () => Promise.reject(cause) };
}

async function testWay(
  plan: TestPlan,
  { name: runtime, entry, limits = [] }: Runtime,
  { version, run }: Engine,
  way: Way,
): Promise<Row> {
  const { groups, bench, deadline } = plan;
  const expectations = plan.expect(limits);
  const row = { runtime, version, way };
  const { url, findProblems } = bench.openRun();
  try {
    const name = `${runtime}-${way.platform}-${way.loading}`.toLowerCase().replace(/\W+/g, "-");
    const file = await plan.writeProgram(way, entry, name);
    const results = (await run({ file, bench: url, deadline })).map((result) =>
      addProblems(result, isProtocolTest(result) ? [] : findProblems(result.name)),
    );
    const unknown = results.find(({ group }) => !groups.includes(group));
    if (unknown !== undefined) throw new RuntimeFailure(`${unknown.group}: there is no such group`);
    return { ...row, cells: groups.map((group) => judgeGroup(group, expectations, results)) };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const cells = groups.map((group) => judgeGroup(group, expectations, []));
    return { ...row, failure, cells: cells.map((cell) => ({ ...cell, state: "failed" })) };
  }
}

function isProtocolTest({ group }: Result): boolean {
  return group.startsWith("protocol tests");
}

/** What the service saw counts as much as what the program saw. */
function addProblems(result: Result, problems: readonly string[]): Result {
  if (problems.length === 0) return result;
  const message = [...(result.ok ? [] : [result.message]), ...problems].join("; ");
  return { ...result, ok: false, message };
}

/** Some at a time; the results are in the order of the tasks. */
async function runParallel<Value>(
  tasks: readonly (() => Promise<Value>)[],
  parallel: number,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  const waiting = [...tasks.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, task] = next;
      values[index] = await task();
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return values;
}
