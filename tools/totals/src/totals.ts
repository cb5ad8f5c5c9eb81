import { fileURLToPath } from "node:url";
import { addTotals, printTotals } from "./add-totals.ts";

const totals = addTotals(fileURLToPath(new URL("../../..", import.meta.url)));
console.log(printTotals(totals));
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
