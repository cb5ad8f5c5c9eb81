import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { readOutput } from "./child-process.ts";
import { type Runtime, readResults } from "./runtime.ts";
import { printProblems, printSkips } from "./table.ts";
import { type Report, testRuntimes } from "./test-runtimes.ts";

let folder: string;
let bench: Bench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "runtimes-test-"));
  bench = await openBench([]);
});
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

/** A runtime that is this Node, with a program that is nothing but its entry. */
function describeRuntime(name: string, entry: string): Runtime {
  return {
    name,
    ways: [{ platform: "edge", loading: "import" }],
    entry,
    find: async () => ({
      version: "1.0",
      run: async (program) => {
        const command = { file: process.execPath, arguments: [program.file, program.bench] };
        return readResults(await readOutput(command, program));
      },
    }),
  };
}

function run(...runtimes: readonly Runtime[]): Promise<Report> {
  return runUntil(60_000, runtimes);
}

function runUntil(deadline: number, runtimes: readonly Runtime[]): Promise<Report> {
  return testRuntimes({
    runtimes,
    bench,
    groups: ["protocol tests, handler"],
    expect: () => [{ group: "protocol tests, handler", name: "case", ok: true }],
    writeProgram: async (_way, entry, name) => {
      const file = join(folder, `${name}.mjs`);
      await writeFile(file, entry);
      return file;
    },
    deadline,
    parallel: 2,
  });
}

const right = { group: "protocol tests, handler", name: "case", ok: true, message: "" };
const print = (results: unknown): string =>
  `console.log(${JSON.stringify(JSON.stringify(results))});`;
const statesOf = ({ rows }: Report): readonly string[] =>
  rows.flatMap(({ cells }) => cells.map(({ state }) => state));

test("a program that gives what it must is green", async () => {
  const report = await run(describeRuntime("Good", print([right])));
  expect(statesOf(report)).toEqual(["passed"]);
  expect(printProblems(report)).toBe("");
});

test.each<[string, string, RegExp]>([
  [
    "a case fails",
    print([{ ...right, ok: false, message: "method: expected 'POST'" }]),
    /protocol tests, handler: case: method: expected 'POST'/,
  ],
  ["a case is left out", print([]), /case: was not run/],
  ["it crashes", "throw new Error('out of paper');", /: ended with 1:\n(?:.*\n)*.*out of paper/],
  ["it is killed", "process.kill(process.pid, 'SIGKILL');", /: ended with SIGKILL/],
  ["it prints something else", "console.log('hello');", /: gave no results, but "hello\\n"/],
  ["it prints other data", print([{ name: "case" }]), /: gave no results, but/],
  [
    "it gives results of a group that there is not",
    print([right, { ...right, group: "extra" }]),
    /: extra: there is no such group/,
  ],
])("a row is red where %s", async (_title, entry, problem) => {
  const report = await run(describeRuntime("Bad", entry));
  expect(printProblems(report)).toMatch(/^FAILED Bad \(1\.0\), edge package, import/);
  expect(printProblems(report)).toMatch(problem);
  expect(statesOf(report)).toEqual(["failed"]);
});

test.each([
  ["hangs", "setInterval(() => {}, 1000);"],
  ["gives its results and does not end", `${print([right])} setInterval(() => {}, 1000);`],
])("a program that %s is stopped, and red", async (_title, entry) => {
  const report = await runUntil(1_000, [describeRuntime("Bad", entry)]);
  expect(printProblems(report)).toMatch(/: did not end within 1 s$/);
  expect(statesOf(report)).toEqual(["failed"]);
});

test("a runtime that cannot be started is red", async () => {
  const runtime = describeRuntime("Gone", "");
  const find: Runtime["find"] = async () => ({
    version: "1.0",
    run: async (program) =>
      readResults(await readOutput({ file: join(folder, "none"), arguments: [] }, program)),
  });
  const report = await run({ ...runtime, find });
  expect(printProblems(report)).toMatch(/Gone .*: cannot be started: .*ENOENT/);
  expect(statesOf(report)).toEqual(["failed"]);
});

test("a runtime that is there and does not say its version is red", async () => {
  const find = () => Promise.reject(new Error("no version"));
  const report = await run({ ...describeRuntime("Mute", ""), find });
  expect(printProblems(report)).toMatch(/Mute .*: no version/);
  expect(statesOf(report)).toEqual(["failed"]);
});

test("a runtime that is missing is skipped with a notice, and the others run", async () => {
  const missing = {
    ...describeRuntime("Missing", ""),
    find: async () => ({ missing: "not here" }),
  };
  const report = await run(missing, describeRuntime("Good", print([right])));
  expect(report.rows.map(({ runtime }) => runtime)).toEqual(["Good"]);
  expect(printSkips(report)).toBe("SKIPPED Missing: not here");
  expect(printProblems(report)).toBe("");
});

test("rows are in the order of the runtimes, whichever ends first", async () => {
  const slow = describeRuntime("Slow", `setTimeout(() => ${print([right]).slice(0, -1)}, 300);`);
  const report = await run(slow, describeRuntime("Fast", print([right])));
  expect(report.rows.map(({ runtime }) => runtime)).toEqual(["Slow", "Fast"]);
});
