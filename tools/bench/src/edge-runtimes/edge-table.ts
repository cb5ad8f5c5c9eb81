import { compare, summarize } from "tools-performance-page/statistics";
import type { Table } from "tools-performance-page/table";
import { printRatio } from "../tables.ts";
import {
  type EdgeCandidateName,
  edgeCandidateNames,
  edgeFloor,
  edgeOurs,
} from "./edge-candidates.ts";
import type { EdgeMeasurement, EdgeRound } from "./measure.ts";

const unknown = "–";

/** A line for each client in each runtime. Where the system tells no CPU time, calls a second are left. */
export function createEdgeTable(measurements: readonly EdgeMeasurement[]): Table {
  const head = [
    "runtime",
    "client",
    "CPU, × the floor",
    "CPU, × ours",
    "calls a second, × ours",
    "CPU a call, µs",
    "calls a second",
  ];
  return [head, ...measurements.flatMap(createRows)];
}

function createRows({
  runtime,
  version,
  rounds,
  failures,
}: EdgeMeasurement): readonly (readonly string[])[] {
  const of = (name: EdgeCandidateName, figure: keyof EdgeRound): readonly number[] =>
    (rounds.get(name) ?? []).flatMap((round) => round[figure] ?? []);
  return edgeCandidateNames.map((name) => {
    const title = [`${runtime} ${version}`, name];
    const failure = failures.get(name);
    if (failure !== undefined) {
      return [...title, `does not run: ${printReason(failure)}`, "", "", "", ""];
    }
    const ratio = (figure: keyof EdgeRound, other: EdgeCandidateName): string =>
      of(name, figure).length === 0
        ? unknown
        : printRatio(compare(of(name, figure), of(other, figure)));
    const median = (figure: keyof EdgeRound): string =>
      of(name, figure).length === 0 ? unknown : summarize(of(name, figure)).median.toFixed(0);
    return [
      ...title,
      ratio("cpu", edgeFloor),
      ratio("cpu", edgeOurs),
      ratio("callsPerSecond", edgeOurs),
      median("cpu"),
      median("callsPerSecond"),
    ];
  });
}

/** The first lines of a message have the reason; a bar would end the cell. */
function printReason(message: string): string {
  return message.split("\n").slice(0, 2).join(" ").replaceAll("|", "\\|");
}
