import { cpus } from "node:os";
import { compare, type Summary, summarize } from "tools-performance-page/statistics";
import { printMarkdown, type Table } from "tools-performance-page/table";
import { createTargetTable } from "tools-performance-page/targets";
import type { Compilation } from "./compilation.ts";
import type { DeclarationMeasurement } from "./declarations.ts";
import type { Measurements } from "./generations.ts";
import type { Growth } from "./growth.ts";
import type { Run } from "./measured-process.ts";

export interface Report {
  readonly targets: Table;
  readonly generations: Table;
  readonly declarations: Table;
  readonly growth: Growth;
  readonly speedup: number;
  readonly compiler: string;
  readonly turns: number;
}

/** A line for each model, and for the two that show what starting costs. */
export function createGenerationTable({ start, first, models }: Measurements): Table {
  const row = (name: string, runs: readonly Run[], sizes: readonly string[]): readonly string[] => {
    const of = (figure: keyof Run): Summary => summarize(runs.map((run) => run[figure]));
    const time = of("time");
    return [
      name,
      ...sizes,
      `${time.median.toFixed(2)} ± ${printShare(time.spread / 2)}`,
      of("cpu").median.toFixed(2),
      of("peakMemory").median.toFixed(0),
    ];
  };
  const smallest = models[0]?.model.name ?? "";
  const none = ["", "", "", ""];
  return [
    ["model", "shapes", "operations", "files", "kB written", "time, s", "CPU, s", "memory, MB"],
    row("(start alone)", start, none),
    row(`(${smallest}, for the first time on a machine)`, first, none),
    ...models.map(({ model, runs, output }) =>
      row(model.name, runs, [
        String(model.shapes),
        String(model.operations),
        String(output.files),
        (output.bytes / 1e3).toFixed(0),
      ]),
    ),
  ];
}

/** Ours beside theirs, with and without the check of the declarations themselves. */
export function createDeclarationTable(measurements: readonly DeclarationMeasurement[]): Table {
  const rows = measurements.map(({ subject, skipLibCheck, compilations }) => {
    const theirs = measurements.find(
      (other) => other.skipLibCheck === skipLibCheck && other.subject !== subject,
    );
    const of = (figure: keyof Compilation, among = compilations): readonly number[] =>
      among.map((compilation) => compilation[figure]);
    const time = summarize(of("time"));
    const ratio = compare(of("time"), of("time", theirs?.compilations));
    const perOperation = (time.median / subject.operations) * 1e3;
    return [
      subject.name,
      skipLibCheck ? "on" : "off",
      time.median.toFixed(2),
      `${ratio.median.toFixed(2)} ± ${printShare(ratio.spread / 2)}`,
      String(subject.operations),
      perOperation.toFixed(2),
      summarize(of("memory")).median.toFixed(0),
      summarize(of("files")).median.toFixed(0),
      (summarize(of("lines")).median / 1e3).toFixed(0),
    ];
  });
  return [
    [
      "types of",
      "`skipLibCheck`",
      "`tsc`, s",
      "× the other's",
      "operations",
      "ms an operation",
      "memory, MB",
      "files",
      "1,000 lines",
    ],
    ...rows,
  ];
}

/** What the generator has to reach. */
export function createTargets(
  { models }: Measurements,
  declarations: readonly DeclarationMeasurement[],
  { exponent }: Growth,
): Table {
  const of = (name: string, figure: keyof Run): number => {
    const measured = models.find(({ model }) => model.name === name);
    return summarize((measured?.runs ?? []).map((run) => run[figure])).median;
  };
  const compareTimes = (skipLibCheck: boolean): number => {
    const [ours = [], theirs = []] = declarations
      .filter((measurement) => measurement.skipLibCheck === skipLibCheck)
      .map(({ compilations }) => compilations.map(({ time }) => time));
    return compare(ours, theirs).median;
  };
  return createTargetTable([
    { what: "metering", limit: 1, measured: of("marketplace-metering", "time"), unit: " s" },
    { what: "SageMaker", limit: 10, measured: of("sagemaker", "time"), unit: " s" },
    { what: "SageMaker", limit: 1_000, measured: of("sagemaker", "peakMemory"), unit: " MB" },
    { what: "growth, power of the number of shapes", limit: 1, measured: exponent, unit: "" },
    ...[true, false].map((skipLibCheck) => ({
      what: `\`tsc\` on our types of SageMaker, \`skipLibCheck\` ${skipLibCheck ? "on" : "off"}`,
      limit: 1,
      measured: compareTimes(skipLibCheck),
      unit: " × the official client's",
    })),
  ]);
}

/** How many times faster all models could be at most, each in a thread of its own: the largest alone takes its time. */
export function limitSpeedup({ models }: Measurements): number {
  const times = models.map(({ runs }) => summarize(runs.map(({ time }) => time)).median);
  return times.reduce((sum, time) => sum + time, 0) / Math.max(...times);
}

/** The part of `docs/performance.md` about the generator. */
export function printDocument({
  targets,
  generations,
  declarations,
  growth,
  speedup,
  compiler,
  turns,
}: Report): string {
  const { length, 0: cpu } = cpus();
  const parts = [
    `**How.** Each model of the reference data is generated ${turns} times into an empty folder, all four packages, each time by a process of its own, the models by turns. Times are of the whole process, from \`node\` to its end, as a person waits for it; the median is shown, with half of the range of the middle half behind ±. Memory is the most that was resident. Node keeps what it compiled of the generator for the next run, so the first run on a machine takes longer.`,
    `Figures are of one machine on one day (Node ${process.versions.node}, ${length} × ${cpu?.model.trim() ?? "unknown"}).`,
    printMarkdown(targets),
    "### Each model",
    printMarkdown(generations),
    "### Growth with the model",
    describeGrowth(growth, speedup),
    "### Types of the largest service",
    `TypeScript ${compiler} checks a program of four lines that makes a client of SageMaker and calls one operation, against our generated packages and against the official client. With \`skipLibCheck\` off, it checks all declarations of the packages, too. The official client is newer than the model that ours is made from, and knows more operations.`,
    printMarkdown(declarations),
  ];
  return `${parts.join("\n\n")}\n`;
}

function describeGrowth({ exponent, fit }: Growth, speedup: number): string {
  return `![Time beyond the start, by the number of shapes in the model](images/generator-growth.svg)

Beyond the start of the process, time grows with the number of shapes to the power of **${exponent.toFixed(2)}** (1 would be in proportion; R² ${fit.toFixed(2)}). What lies off the line is in the shapes themselves: documentation, patterns and endpoint rules differ from service to service.

With all models at once, worker threads could be ${speedup.toFixed(1)} times as fast at the most, for the largest model has to be waited for. There are none: \`models/\` has one model, which no thread makes faster.`;
}

function printShare(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
