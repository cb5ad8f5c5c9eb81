import type { Table } from "tools-performance-page/table";
import { bundlerNames } from "./bundlers.ts";
import { clientLines } from "./clients.ts";
import type { InstallSize } from "./installed-packages.ts";
import type { MeasuredProgram } from "./program.ts";
import { printCount, printKilobytes, printMegabytes } from "./quantity.ts";
import { type Report, selectProgram } from "./report.ts";
import { computeMeanStep, computeSteps } from "./weight.ts";

/** Ratios to ours of the same platform, then what they are of: gzip, esbuild. */
export function createMainTable(report: Report): Table {
  const head = [
    "client",
    "one operation, × ours",
    "all, × ours",
    "one operation",
    "all operations",
    "errors only",
    "packages installed",
    "on disk",
  ];
  const gzipOf = (client: string, scope: string): number | undefined =>
    selectProgram(report, client, scope)?.weights.esbuild.gzip;
  const rows = clientLines.map(({ client, ours, package: name }) => {
    const ratio = (scope: string): string => printRatio(gzipOf(client, scope), gzipOf(ours, scope));
    const size = (scope: string): string => {
      const bytes = gzipOf(client, scope);
      return bytes === undefined ? "–" : printKilobytes(bytes);
    };
    const install = selectInstall(report, name);
    return [
      client,
      ratio("one operation"),
      ratio("all operations"),
      size("one operation"),
      size("all operations"),
      size("errors only"),
      printCount(install.packages),
      printMegabytes(install.bytesOnDisk),
    ];
  });
  return [head, ...rows];
}

/** Every program, in bytes: minified, gzip and brotli of each bundler. */
export function createBundleTable(programs: readonly MeasuredProgram[]): Table {
  return [
    [
      "client",
      "program",
      ...bundlerNames.flatMap((name) => [`${name}, minified`, "gzip", "brotli"]),
    ],
    ...programs.map(({ client, scope, weights }) => [
      client,
      scope,
      ...bundlerNames.flatMap((name) => {
        const { minified, gzip, brotli } = weights[name];
        return [minified, gzip, brotli].map(printCount);
      }),
    ]),
  ];
}

/** What one more operation adds, in bytes: gzip of esbuild, step by step, and all means. */
export function createStepTable(steps: Report["steps"]): Table {
  const count = Math.max(...steps.map((programs) => programs.length));
  const head = [
    "client",
    ...Array.from({ length: count - 1 }, (_, index) => `${index + 1} → ${index + 2}`),
    "mean",
    "mean, minified",
    "mean, brotli",
    "mean, rolldown",
  ];
  const rows = steps.map((programs) => {
    const weights = programs.map((program) => program.weights.esbuild);
    const mean = computeMeanStep(weights);
    const rolldown = computeMeanStep(programs.map((program) => program.weights.rolldown));
    return [
      programs[0]?.client ?? "",
      ...computeSteps(weights).map(({ gzip }) => printCount(gzip)),
      ...[mean.gzip, mean.minified, mean.brotli, rolldown.gzip].map(printCount),
    ];
  });
  return [head, ...rows];
}

export function createInstallTable({ installs, otherInstalls }: Report): Table {
  const lines: readonly (readonly [string, InstallSize])[] = [
    ...installs.map(({ name, size }) => [name, size] as const),
    ...otherInstalls,
  ];
  return [
    ["package", "packages", "files", "bytes in files", "on disk"],
    ...lines.map(([name, { packages, files, bytes, bytesOnDisk }]) => [
      name,
      printCount(packages),
      printCount(files),
      printCount(bytes),
      printMegabytes(bytesOnDisk),
    ]),
  ];
}

export function selectInstall(
  { installs, otherInstalls }: Pick<Report, "installs" | "otherInstalls">,
  name: string,
): InstallSize {
  const size = installs.find((one) => one.name === name)?.size ?? otherInstalls.get(name);
  if (size === undefined) throw new Error(`${name}: its installation was not measured`);
  return size;
}

function printRatio(bytes: number | undefined, ours: number | undefined): string {
  return bytes === undefined || ours === undefined ? "–" : (bytes / ours).toFixed(2);
}
