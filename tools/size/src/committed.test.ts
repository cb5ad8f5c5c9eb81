import { readFile } from "node:fs/promises";
import { extractNumbers, readNumbers } from "tools-performance-page/readme-lines";
import { beforeAll, expect, test } from "vitest";
import { checkBudgets } from "./budget-check.ts";
import { readBudgets } from "./budgets.ts";
import { measurePrograms } from "./bundlers.ts";
import { collectFigures, type MeasuredBundle, type MeasuredInstall } from "./figures.ts";
import { measureBundles, measureInstalls, measureOtherInstalls } from "./measurements.ts";
import { createReadmeLines } from "./readme.ts";
import { rivalPrograms } from "./rival-programs.ts";

// What is in the repository, against what is measured here and now.

let bundles: readonly MeasuredBundle[];
let installs: readonly MeasuredInstall[];

beforeAll(async () => {
  bundles = await measureBundles();
  installs = await measureInstalls();
});

test("every figure is within its budget, and near it", async () => {
  const text = await readFile(new URL("../budgets.json", import.meta.url), "utf8");
  const budgets = readBudgets(text, "tools/size/budgets.json");
  const problems = checkBudgets(
    collectFigures(bundles, installs),
    budgets,
    "tools/size/budgets.json",
  );
  expect(problems).toEqual([]);
});

test("the README says, within five per cent, what is measured", async () => {
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const rivals = await measurePrograms(
    rivalPrograms.filter(({ client }) =>
      ["@aws-sdk, browser", "@aws-sdk, Node", "aws4fetch"].includes(client),
    ),
  );
  const otherInstalls = await measureOtherInstalls();
  for (const [first, ...cells] of createReadmeLines({ bundles, rivals, installs, otherInstalls })) {
    const measured = extractNumbers(cells.join(" | "));
    const said = readNumbers(readme, first);
    const isNear = measured.map(
      (number, index) => Math.abs(number - (said[index] ?? 0)) <= Math.max(0.05 * number, 0.05),
    );
    expect({ first, said, isNear }).toEqual({ first, said, isNear: measured.map(() => true) });
  }
});
