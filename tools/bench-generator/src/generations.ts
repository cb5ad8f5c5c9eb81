import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Run, runMeasured } from "./measured-process.ts";
import type { MeasuredModel } from "./models.ts";

/** What it takes to generate the four packages of a model, each run a process of its own. */
export interface Measurement {
  readonly model: MeasuredModel;
  readonly runs: readonly Run[];
  /** What was written. */
  readonly output: { readonly files: number; readonly bytes: number };
}

export interface Measurements {
  /** The command that does nothing but start. */
  readonly start: readonly Run[];
  /** The smallest model, where Node has not yet compiled the generator on this machine. */
  readonly first: readonly Run[];
  readonly models: readonly Measurement[];
}

const command = fileURLToPath(new URL("../../../codegen/bin/pawprint.js", import.meta.url));

/** Generates all models by turns: whatever else the machine does hits all of them. */
export async function measureGenerations(
  models: readonly MeasuredModel[],
  turns: number,
): Promise<Measurements> {
  const folder = await mkdtemp(join(tmpdir(), "bench-generator-"));
  const generate = (model: MeasuredModel, cache: string): Promise<Run> =>
    run(["generate", "--model", model.file, "--out", join(folder, model.name)], cache);
  const run = (args: readonly string[], cache: string): Promise<Run> =>
    runMeasured([command, ...args], { NODE_COMPILE_CACHE: join(folder, cache) });
  const start: Run[] = [];
  const first: Run[] = [];
  const runs = models.map((): Run[] => []);
  try {
    const [smallest] = models;
    if (smallest === undefined) throw new RangeError("there is no model to generate from");
    await generate(smallest, "cache");
    for (let turn = 0; turn < turns; turn += 1) {
      start.push(await run(["--version"], "cache"));
      await rm(join(folder, smallest.name), { recursive: true });
      first.push(await generate(smallest, `cache-of-turn-${turn}`));
      for (const [index, model] of models.entries()) {
        await rm(join(folder, model.name), { recursive: true, force: true });
        runs[index]?.push(await generate(model, "cache"));
      }
    }
    const outputs = await Promise.all(models.map(({ name }) => measureFolder(join(folder, name))));
    return {
      start,
      first,
      models: models.map((model, index) => ({
        model,
        runs: runs[index] ?? [],
        output: outputs[index] ?? { files: 0, bytes: 0 },
      })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureFolder(folder: string): Promise<Measurement["output"]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
