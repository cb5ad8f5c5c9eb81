import { cpus } from "node:os";
import { drawBars } from "tools-performance-page/bars";
import type { ReadmeLines } from "tools-performance-page/readme-lines";
import { compare } from "tools-performance-page/statistics";
import { printMarkdown, type Table } from "tools-performance-page/table";
import { listBatchTimes } from "./batch-times.ts";
import { type CandidateName, rivals } from "./candidates.ts";
import type { Measurement } from "./tables.ts";

export interface Section {
  readonly title: string;
  readonly text: string;
  readonly table: Table;
}

/** The part of `docs/performance.md` about calls, with how the figures came about. */
export function printDocument(sections: readonly Section[], versions: Table): string {
  const { length, 0: cpu } = cpus();
  const parts = [
    "![CPU time of BatchMeterUsage with 25 records, as a multiple of the floor](images/performance.svg)",
    `**How.** Every client runs in a process of its own and calls a server in another one, on 127.0.0.1; both answers and inputs are the same bytes for all. They take turns, in rounds of a thousand calls and more, after a warm-up as long, because what runs often is compiled after hundreds of calls only; a ratio is that of two rounds of the same turn, the median of all turns is shown, with half of the range of the middle half behind ±. Each client is set up as its documentation says, with as many kept-alive connections as calls run at a time. The **floor** sends the same bytes with \`node:http\`, or with \`fetch\`, and the three hashes of a signature whose key is known; it checks, retries and explains nothing. CPU time is user and system time of the client's process.`,
    `Figures are of one machine on one day (Node ${process.versions.node}, ${length} × ${cpu?.model.trim() ?? "unknown"}); ratios travel, figures do not.`,
    printMarkdown(versions),
    ...sections.flatMap(({ title, text, table }) => [`### ${title}`, text, printMarkdown(table)]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** CPU time of a batch, 16 calls at a time, as a multiple of the floor of the same transport. */
export function drawRatios(measurements: readonly Measurement[]): string {
  const of = (name: CandidateName): readonly number[] => listBatchTimes(measurements, name);
  const bars = rivals.flatMap(({ ours, floor, all }) =>
    all.map((name) => ({
      label: name,
      value: compare(of(name), of(floor)).median,
      isOurs: name === ours,
    })),
  );
  return drawBars("CPU time of BatchMeterUsage, 25 records, × the floor of its transport", bars);
}

/** What the targets are about, and how much of them is the floor's. */
export function describeTargets(measurements: readonly Measurement[]): string {
  const share = (floor: CandidateName, rival: CandidateName): string =>
    compare(
      listBatchTimes(measurements, floor),
      listBatchTimes(measurements, rival),
    ).median.toFixed(2);
  return `CPU times are those of a batch of 25 records, 16 calls at a time. The floor itself takes ${share("bare-http", "aws-sdk")} × aws-sdk on Node, and ${share("bare-fetch", "aws-sdk-fetch")} × aws-sdk-fetch over \`fetch\`: no client that sends a signed request can take less.`;
}

/** The lines of the README's table "Beside others" that tell CPU time. */
export function createReadmeLines(measurements: readonly Measurement[]): ReadmeLines {
  const ratio = (name: CandidateName, floor: CandidateName): string =>
    compare(listBatchTimes(measurements, name), listBatchTimes(measurements, floor)).median.toFixed(
      1,
    );
  return [
    [
      "CPU time of a batch of 25 records on Node²",
      `${ratio("pawprint-node", "bare-http")} × the floor`,
      `${ratio("aws-sdk", "bare-http")} ×`,
      "–",
    ],
    [
      "the same over `fetch`²",
      `${ratio("pawprint-edge", "bare-fetch")} × the floor`,
      `${ratio("aws-sdk-fetch", "bare-fetch")} ×`,
      `${ratio("aws4fetch", "bare-fetch")} ×`,
    ],
  ];
}
