import { fileURLToPath } from "node:url";
import { addTotals, countCommands, printTotals } from "./add-totals.ts";

// The arguments are commands that have failed.
const failed = process.argv.slice(2);
const totals = countCommands(
  addTotals(fileURLToPath(new URL("../../..", import.meta.url))),
  failed,
);
for (const command of failed) console.log(`failed: ${command}`);
console.log(printTotals(totals));
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
