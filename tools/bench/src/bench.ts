import { writeImage, writePart } from "tools-performance-page/page";
import { writeReadmeLines } from "tools-performance-page/readme-lines";
import { printTable } from "tools-performance-page/table";
import { installEngines } from "tools-runtimes/engines";
import { readBudgets } from "./call-costs/call-costs.ts";
import { createCallTargets } from "./call-targets.ts";
import { candidateNames } from "./candidates.ts";
import { measureColdStarts } from "./cold-start.ts";
import {
  createReadmeLines,
  describeTargets,
  drawRatios,
  printDocument,
  type Section,
} from "./document.ts";
import { createEdgeTable } from "./edge-runtimes/edge-table.ts";
import { measureEdgeRuntimes } from "./edge-runtimes/measure.ts";
import { measureParts } from "./parts.ts";
import { runRounds, startServer } from "./rounds.ts";
import {
  createColdStartTable,
  createCostTable,
  createFigureTable,
  createPartTable,
  createRatioTable,
  type Measurement,
} from "./tables.ts";
import { readVersions } from "./versions.ts";
import { workNames } from "./work.ts";

// `--quick` runs a tenth of it, to see that everything works, and writes no page.
const isQuick = process.argv.includes("--quick");
const turns = isQuick ? 3 : 7;
// A round starts with a collection of garbage, after which code is optimized anew: it has to be long.
const calls = isQuick ? 60 : 1_500;

await installEngines();
const server = await startServer();
try {
  const measurements: Measurement[] = [];
  for (const concurrency of [1, 16, 256]) {
    for (const work of workNames) {
      const plan = {
        work,
        concurrency,
        turns,
        calls: Math.max(calls, concurrency),
        warmUpCalls: calls,
      };
      measurements.push({
        work,
        concurrency,
        rounds: await runRounds(candidateNames, server.url, plan),
      });
    }
  }
  const edge = await measureEdgeRuntimes(server.url, {
    turns: isQuick ? 2 : 7,
    calls: isQuick ? 60 : 3_000,
    warmUpRounds: isQuick ? 2 : 4,
    concurrency: 16,
  });
  const parts = await measureParts(turns, isQuick ? 100 : 1_000);
  // A start takes little, and varies much.
  const starts = await measureColdStarts(server.url, turns * 4);
  const sections: readonly Section[] = [
    {
      title: "Targets",
      text: describeTargets(measurements),
      table: createCallTargets({ measurements, edge, starts }),
    },
    {
      title: "Ratios",
      text: "CPU time below 1 × ours is less than ours; calls a second above 1 × ours are more.",
      table: createRatioTable(measurements),
    },
    { title: "Figures behind them", text: "", table: createFigureTable(measurements) },
    {
      title: "On the edge",
      text: "The edge package in other runtimes, the same batch of 25 records, 16 calls at a time. Each client is bundled by esbuild for browsers, as users do, and runs in a process of its own; the floor is `fetch` with the same bytes and hashes. CPU time is what the system says of the process, all its threads included.",
      table: createEdgeTable(edge),
    },
    {
      title: "Parts of a call",
      text: "On their own, with nothing that goes over a socket.",
      table: createPartTable(parts),
    },
    {
      title: "What a call takes, counted",
      text: "From the call to its result, with an answer that is there at once in place of the HTTP handler or of `fetch`. Not timed, so the same on every machine with the same Node: `npm test` fails where one of these grows, and where one shrinks and `tools/bench/call-costs.json` still allows more.",
      table: createCostTable(await readBudgets()),
    },
    {
      title: "From the start of a process",
      text: "Each program is started anew, as it is installed and in one file that esbuild made. Times are from the start of the process; a process that does nothing shows what is nobody's.",
      table: createColdStartTable(starts),
    },
  ];
  for (const { title, table } of sections) console.log(`\n${title}\n\n${printTable(table)}`);
  if (!isQuick) {
    await writeImage("performance.svg", drawRatios(measurements));
    await writeReadmeLines(createReadmeLines(measurements));
    await writePart("calls", printDocument(sections, await readVersions()));
  }
} finally {
  server.stop();
}
