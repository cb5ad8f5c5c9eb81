import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@pawprint/codegen";

const out = fileURLToPath(new URL("../.test-results/properties", import.meta.url));
const samples = fileURLToPath(new URL("../.test-results/samples", import.meta.url));
const folder = join(process.env.PAWPRINT_REFERENCE_DATA ?? "", "smithy-models");

/** Generates the services of the reference data that tests run every operation of, once for all tests. */
export default async function setup(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  rmSync(samples, { recursive: true, force: true });
  for (const name of ["dynamodb", "kms"]) {
    const model = join(folder, `${name}.json`);
    if (existsSync(model)) {
      mkdirSync(out, { recursive: true });
      await generate({ models: [{ model }], out, check: false });
    } else {
      console.warn(`Skipped: PAWPRINT_REFERENCE_DATA names no folder with ${name}.json.`);
    }
  }
  await generateSageMaker();
}

/** SageMaker has more shapes than there is time for: every twelfth operation will do. */
async function generateSageMaker(): Promise<void> {
  const model = join(folder, "sagemaker.json");
  if (!existsSync(model)) return;
  mkdirSync(samples, { recursive: true });
  const { shapes, ...rest } = JSON.parse(readFileSync(model, "utf8")) as RawModel;
  for (const shape of Object.values(shapes)) {
    if (shape.type !== "service") continue;
    shape.operations = shape.operations?.filter((_operation, index) => index % 12 === 0);
  }
  const part = join(samples, "sagemaker.json");
  writeFileSync(part, JSON.stringify({ ...rest, shapes }));
  await generate({ models: [{ model: part }], out: samples, check: false });
}

interface RawModel {
  readonly shapes: {
    readonly [id: string]: { readonly type: string; operations?: object[] | undefined };
  };
}
