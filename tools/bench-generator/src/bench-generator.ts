import { writeImage, writePart } from "tools-performance-page/page";
import { summarize } from "tools-performance-page/statistics";
import { printTable } from "tools-performance-page/table";
import { readCompilerVersion } from "./compilation.ts";
import { measureDeclarations, prepareSubjects } from "./declarations.ts";
import {
  createDeclarationTable,
  createGenerationTable,
  createTargets,
  limitSpeedup,
  printDocument,
} from "./document.ts";
import { measureGenerations } from "./generations.ts";
import { fitGrowth } from "./growth.ts";
import { findMeasuredModels } from "./models.ts";
import { drawScatter } from "./scatter.ts";

// `--quick` runs everything once, to see that it works, and writes no page.
const isQuick = process.argv.includes("--quick");
const turns = isQuick ? 1 : 5;

const referenceData = process.env.PAWPRINT_REFERENCE_DATA;
if (!referenceData) {
  console.log(
    "PAWPRINT_REFERENCE_DATA is not set: DynamoDB, SageMaker and the others are not measured, nor is the growth. Only models/ is, and the page stays as it is.",
  );
}

const models = await findMeasuredModels(referenceData);
const measurements = await measureGenerations(models, turns);
const generations = createGenerationTable(measurements);
console.log(`\nGeneration\n\n${printTable(generations)}`);

if (referenceData) {
  const start = summarize(measurements.start.map(({ time }) => time)).median;
  const points = measurements.models.map(({ model, runs }) => ({
    label: model.name,
    size: model.shapes,
    time: summarize(runs.map(({ time }) => time)).median - start,
  }));
  const growth = fitGrowth(points);
  console.log(
    `\nTime grows with the number of shapes to the power of ${growth.exponent.toFixed(2)}.`,
  );

  const largest = models.find(({ name }) => name === "sagemaker");
  if (largest === undefined)
    throw new Error(`${referenceData}: has no smithy-models/sagemaker.json`);
  const subjects = await prepareSubjects(largest.file);
  const compilations = await measureDeclarations(subjects, isQuick ? 1 : 9);
  const compiler = await readCompilerVersion();
  const declarations = createDeclarationTable(compilations);
  console.log(`\nTypes, TypeScript ${compiler}\n\n${printTable(declarations)}`);
  const targets = createTargets(measurements, compilations, growth);
  console.log(`\nTargets\n\n${printTable(targets)}`);

  if (!isQuick) {
    const title = "Time of a generation beyond its start, by the size of the model";
    await writeImage("generator-growth.svg", drawScatter(title, points, growth));
    await writePart(
      "generator",
      printDocument({
        targets,
        generations,
        declarations,
        growth,
        speedup: limitSpeedup(measurements),
        compiler,
        turns,
      }),
    );
  }
}
