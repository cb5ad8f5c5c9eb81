import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createGenerationTable } from "./document.ts";
import { measureGenerations } from "./generations.ts";
import { runMeasured } from "./measured-process.ts";
import { findMeasuredModels } from "./models.ts";

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "generations-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("each model of the repository is generated, and what that took is told", async () => {
  const models = await findMeasuredModels(undefined);
  const measurements = await measureGenerations(models, 1);
  const metering = measurements.models.find(({ model }) => model.name === "marketplace-metering");
  expect(metering?.model.operations).toBe(4);
  expect(metering?.output.files).toBeGreaterThan(40);
  expect(metering?.output.bytes).toBeGreaterThan(100_000);
  expect(metering?.runs).toHaveLength(1);
  expect(metering?.runs[0]?.cpu).toBeGreaterThan(0);
  expect(metering?.runs[0]?.peakMemory).toBeGreaterThan(50);
  expect(createGenerationTable(measurements)).toHaveLength(3 + models.length);
});

test("a model that cannot be generated gives no figures", async () => {
  const file = join(await createFolder(), "broken.json");
  await writeFile(file, "{}");
  const model = { name: "broken", file, shapes: 0, operations: 0, bytes: 2 };
  await expect(measureGenerations([model], 1)).rejects.toThrow(/ended with 2:\n.*broken\.json/s);
});

test("models of reference data come with the smallest first", async () => {
  const folder = await createFolder();
  await mkdir(join(folder, "smithy-models"));
  const write = (name: string, types: readonly string[]): Promise<void> =>
    writeFile(
      join(folder, "smithy-models", name),
      JSON.stringify({ shapes: Object.fromEntries(types.map((type, id) => [id, { type }])) }),
    );
  await write("large.json", ["operation", "structure", "structure"]);
  await write("small.json", ["service"]);
  await write("large.overlay.json", []);
  const models = await findMeasuredModels(folder);
  expect(models.map(({ name, shapes, operations }) => [name, shapes, operations])).toEqual([
    ["small", 1, 0],
    ["large", 3, 1],
  ]);
});

test("memory is that of the process that is measured", async () => {
  const run = (source: string) => runMeasured(["--eval", source]);
  const [little, much] = [await run("1"), await run("Buffer.alloc(300e6, 1)")];
  expect(much.peakMemory - little.peakMemory).toBeGreaterThan(250);
});
