import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findModels } from "../generate.ts";
import { ModelError } from "../reader/model-error.ts";
import type { ModelFiles } from "../reader/read-model.ts";
import { displayPath, findOverlay } from "../reader/read-model.ts";
import type { OtherFile } from "../write/write-packages.ts";

/** Where the model of a service lies in a folder of models. */
export async function findModelPlace(folder: string, service: string): Promise<ModelFiles> {
  const model = join(folder, `${service}.json`);
  if (existsSync(model)) return { model, overlay: await findOverlay(model) };
  const models = await findModels(folder);
  const known = models.map(({ model: file }) => displayPath(file)).join(", ");
  throw new ModelError(
    [displayPath(model)],
    `there is no such model to update; the models are ${known}`,
  );
}

/** The files with which a new model takes the place of an old one. */
export async function replaceModel(
  place: ModelFiles,
  incoming: string,
): Promise<readonly OtherFile[]> {
  return [{ path: place.model, text: await readFile(incoming, "utf8") }];
}
