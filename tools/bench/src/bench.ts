import { candidateNames } from "./candidates.ts";
import { measureColdStarts } from "./cold-start.ts";
import { measureParts } from "./parts.ts";
import { runRounds, startServer } from "./rounds.ts";
import {
  createColdStartTable,
  createFigureTable,
  createPartTable,
  createRatioTable,
  type Measurement,
  printTable,
  type Table,
} from "./tables.ts";
import { workNames } from "./work.ts";

// `--quick` runs a tenth of it, to see that everything works.
const isQuick = process.argv.includes("--quick");
const turns = isQuick ? 3 : 9;
const calls = isQuick ? 60 : 400;

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
  show(
    "Ratios (the floor sends the same bytes with the hashes of a signature)",
    createRatioTable(measurements),
  );
  show("Figures behind them", createFigureTable(measurements));
  show("Parts of a call", createPartTable(await measureParts(turns, isQuick ? 100 : 1_000)));
  show(
    "From the start of a process",
    createColdStartTable(await measureColdStarts(server.url, turns)),
  );
} finally {
  server.stop();
}

function show(title: string, table: Table): void {
  console.log(`\n${title}\n\n${printTable(table)}`);
}
