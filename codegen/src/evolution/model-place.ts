import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { findModels } from "../generate.ts";
import { ModelError } from "../reader/model-error.ts";
import { findFolder, mainName } from "../reader/model-files.ts";
import { displayPath, findOverlay } from "../reader/read-model.ts";
import { siblingNames } from "../reader/service-2/service-2.ts";
import type { OtherFile } from "../write/write-packages.ts";

/** Where the model of a service lies in a folder of models. */
export interface ModelPlace {
  /** Without ending: a model is `models/x.json`, or the folder `models/x`. */
  readonly base: string;
  readonly model: string;
  readonly overlay: string | undefined;
}

export async function findModelPlace(folder: string, service: string): Promise<ModelPlace> {
  const base = join(folder, service);
  const models = await findModels(folder);
  const found = models.find(({ model }) => model === `${base}.json` || model === base);
  if (found !== undefined && !service.endsWith(".json")) {
    return { base, model: found.model, overlay: await findOverlay(found.model) };
  }
  const known = models.map(({ model: path }) => displayPath(path)).join(", ");
  throw new ModelError(
    [displayPath(`${base}.json`)],
    `there is no such model to update; the models are ${known}`,
  );
}

/** How a new model will be called in generated code: a file replaces a model as a file, a folder as a folder. */
export async function nameSource({ base }: ModelPlace, incoming: string): Promise<string> {
  return (await findFolder(incoming)) === undefined
    ? displayPath(`${base}.json`)
    : `${displayPath(base)}/${mainName}.json`;
}

/** The files with which a new model takes the place of an old one, as they are. */
export async function replaceModel(
  place: ModelPlace,
  incoming: string,
): Promise<readonly OtherFile[]> {
  const source = await findFolder(incoming);
  const wanted: readonly OtherFile[] =
    source === undefined
      ? [{ path: `${place.base}.json`, text: await readFile(incoming, "utf8") }]
      : await Promise.all(
          (await modelFilesIn(source)).map(async (name) => ({
            path: join(place.base, name),
            text: await readFile(join(source, name), "utf8"),
          })),
        );
  const kept = new Set(wanted.map(({ path }) => path));
  const present =
    (await findFolder(place.model)) === undefined
      ? [place.model]
      : (await modelFilesIn(place.model)).map((name) => join(place.model, name));
  const stale = present.filter((path) => !kept.has(path));
  return [...wanted, ...stale.map((path) => ({ path, text: undefined }))];
}

/** The files of a folder that a reader looks at. */
async function modelFilesIn(folder: string): Promise<readonly string[]> {
  const names = [mainName, ...siblingNames].flatMap((name) => [
    `${name}.json`,
    `${name}.sdk-extras.json`,
  ]);
  return (await readdir(folder)).filter((name) => names.includes(name)).sort();
}
