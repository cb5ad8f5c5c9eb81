import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A model, and how large it is. */
export interface MeasuredModel {
  /** Such as `sagemaker`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly shapes: number;
  readonly operations: number;
  readonly bytes: number;
}

const own = fileURLToPath(new URL("../../../models", import.meta.url));

/** The models of the reference data, or, where there is none, those of the repository. The smallest first. */
export async function findMeasuredModels(
  referenceData: string | undefined,
): Promise<readonly MeasuredModel[]> {
  const folder = referenceData ? join(referenceData, "smithy-models") : own;
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith(".json") && !name.endsWith(".overlay.json"),
  );
  const models = await Promise.all(names.map((name) => readSize(join(folder, name))));
  return models.sort((left, right) => left.shapes - right.shapes);
}

async function readSize(file: string): Promise<MeasuredModel> {
  const text = await readFile(file, "utf8");
  const { shapes } = JSON.parse(text) as {
    readonly shapes: { readonly [id: string]: { readonly type: string } };
  };
  const types = Object.values(shapes).map(({ type }) => type);
  return {
    name: basename(file, ".json"),
    file,
    shapes: types.length,
    operations: types.filter((type) => type === "operation").length,
    bytes: Buffer.byteLength(text),
  };
}
