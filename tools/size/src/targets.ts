import type { Table } from "tools-performance-page/table";
import { bundlerNames } from "./bundlers.ts";
import type { InstallSize } from "./installed-packages.ts";
import { printCount, printKilobytes, printMegabytes } from "./quantity.ts";
import { type Report, selectProgram } from "./report.ts";

/** What the packages are meant to weigh at most, and what they do weigh. */
export interface Target {
  readonly what: string;
  readonly most: number;
  readonly measured: number;
  readonly print: (figure: number) => string;
}

export function createTargets(report: Report): readonly Target[] {
  const edge = installOf(report, "edge");
  const chain = report.otherInstalls.get("@aws-sdk/credential-provider-node");
  if (chain === undefined) throw new Error("the credential chain was not measured");
  const bundle = (what: string, most: number, client: string, scope: string): Target => ({
    what: `${what}, gzip`,
    most,
    measured: largestGzip(report, client, scope),
    print: printKilobytes,
  });
  return [
    bundle("edge bundle, one operation", 12_000, "pawprint, edge", "one operation"),
    bundle("edge bundle, all operations", 14_000, "pawprint, edge", "all operations"),
    bundle(
      "Node bundle without the credential chain, all operations",
      15_000,
      "pawprint, Node",
      "all operations",
    ),
    { what: "edge, packages installed", most: 6, measured: edge.packages, print: printCount },
    {
      what: "edge, installed on disk",
      most: 3_000_000,
      measured: edge.bytesOnDisk,
      print: printMegabytes,
    },
    {
      what: "Node, packages installed beside the credential chain",
      most: 4,
      measured: installOf(report, "node").packages - chain.packages,
      print: printCount,
    },
  ];
}

export function createTargetTable(targets: readonly Target[]): Table {
  return [
    ["target", "at most", "measured", ""],
    ...targets.map(({ what, most, measured, print }) => [
      what,
      print(most),
      print(measured),
      measured <= most ? "met" : `missed by ${(((measured - most) / most) * 100).toFixed(0)} %`,
    ]),
  ];
}

/** A target holds for every bundler. */
function largestGzip(report: Report, client: string, scope: string): number {
  const program = selectProgram(report, client, scope);
  if (program === undefined) throw new Error(`${client}, ${scope}: was not measured`);
  return Math.max(...bundlerNames.map((name) => program.weights[name].gzip));
}

function installOf({ installs }: Report, key: string): InstallSize {
  const install = installs.find((one) => one.key === key);
  if (install === undefined) throw new Error(`${key}: its installation was not measured`);
  return install.size;
}
