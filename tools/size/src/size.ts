import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { writeImage, writePart } from "tools-performance-page/page";
import { writeReadmeLines } from "tools-performance-page/readme-lines";
import { printTable } from "tools-performance-page/table";
import { checkBudgets, createBudgets } from "./budget-check.ts";
import { BudgetFileError, printBudgets, readBudgets } from "./budgets.ts";
import { createSections, drawSizes, printDocument, readVersions } from "./document.ts";
import { collectFigures } from "./figures.ts";
import { createReadmeLines } from "./readme.ts";
import { createReport } from "./report.ts";

const file = "tools/size/budgets.json";
const budgetFile = new URL("../budgets.json", import.meta.url);

try {
  process.exitCode = await main(parseArgs({ options: { update: { type: "boolean" } } }).values);
} catch (error) {
  const isInput = error instanceof BudgetFileError || isArgumentError(error);
  console.error(isInput ? error.message : error);
  process.exitCode = isInput ? 2 : 1;
}

/** Measures, writes the page, and gives 1 where a figure and its budget are apart. */
async function main({ update = false }: { readonly update?: boolean | undefined }): Promise<0 | 1> {
  const budgets = update ? undefined : readBudgets(await readFile(budgetFile, "utf8"), file);
  const report = await createReport();
  const sections = createSections(report);
  for (const { title, table } of sections) console.log(`\n${title}\n\n${printTable(table)}`);
  await writeImage("sizes.svg", drawSizes(report));
  await writePart("sizes", printDocument(sections, await readVersions()));
  await writeReadmeLines(createReadmeLines(report));

  const measured = collectFigures(report.bundles, report.installs);
  if (budgets === undefined) {
    await writeFile(budgetFile, printBudgets(createBudgets(measured)));
    console.log(`\n${file}: ${measured.size} budgets written`);
    return 0;
  }
  const problems = checkBudgets(measured, budgets, file);
  for (const problem of problems) console.error(`\n${problem}`);
  if (problems.length === 0) console.log(`\n${measured.size} figures are within their budgets`);
  return problems.length === 0 ? 0 : 1;
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}
