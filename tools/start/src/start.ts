import { styleText } from "node:util";
import { runScenario } from "./run-scenario.ts";
import { printTable } from "./table.ts";

const rows = await runScenario();
const failed = rows.filter(({ ok }) => !ok);

console.log("\nAWS Marketplace Metering: signed requests to the mocks on 127.0.0.1\n");
console.log(
  printTable(
    ["operation", "transport", "status", "time", "what came back"],
    rows.map(({ step, transport, status, milliseconds, outcome }) => [
      step,
      transport,
      status,
      `${milliseconds.toFixed(1)} ms`,
      outcome,
    ]),
  ),
);
console.log(
  failed.length === 0
    ? styleText("green", `\nAll ${rows.length} calls went as they should.`)
    : styleText("red", `\n${failed.length} of ${rows.length} calls went wrong.`),
);
process.exitCode = failed.length === 0 ? 0 : 1;
