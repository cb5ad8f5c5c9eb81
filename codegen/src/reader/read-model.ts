import { basename, dirname, join } from "node:path";
import { displayPath, type FileNaming, inspect, readJsonFile } from "./json-file.ts";
import type { Model } from "./model.ts";
import { ModelError } from "./model-error.ts";
import type { ModelFileSet } from "./model-files.ts";
import { digestOf, findFolder, readModelFiles } from "./model-files.ts";
import type { Overlay } from "./overlay.ts";
import { applyOverlay, readOverlay } from "./overlay.ts";
import { readService2 } from "./service-2/service-2.ts";
import { readSmithyAst } from "./smithy-ast.ts";

export { displayPath };

/** Which files make a model: the model, and the overlay beside it or elsewhere. */
export interface ModelFiles {
  /** A file in Smithy's JSON AST, a `service-2.json`, or a folder that has one. */
  readonly model: string;
  /** Default: `x.overlay.json` beside `x.json` or beside the folder `x`, where there is one. */
  readonly overlay?: string | undefined;
}

/** Reads a model with its overlay applied. Throws a `ModelError` for anything that is wrong with either. */
export async function readModel(files: ModelFiles): Promise<Model> {
  const model = await readPlainModel(files.model);
  const overlay = await readModelOverlay(files);
  return overlay === undefined ? model : attachOverlay(model, overlay);
}

/** Reads a model as it is, without an overlay. */
export async function readPlainModel(path: string, nameFile?: FileNaming): Promise<Model> {
  const { digest, ...parts } = await readModelFiles(path, nameFile);
  return { ...readFormat(parts), provenance: { digest, overlay: undefined } };
}

/** An overlay as it was read. */
export interface OverlayFile {
  readonly overlay: Overlay;
  readonly bytes: Uint8Array;
}

/** Reads the overlay of a model, where it has one. */
export async function readModelOverlay(
  files: ModelFiles,
  nameFile: FileNaming = displayPath,
): Promise<OverlayFile | undefined> {
  const path = files.overlay ?? (await findOverlay(files.model));
  if (path === undefined) return undefined;
  const { value, file, bytes } = await readJsonFile(path, "overlay", nameFile(path));
  return { overlay: readOverlay(value, file), bytes };
}

/** The model with an overlay applied, and the word that it is. */
export function attachOverlay(model: Model, { overlay, bytes }: OverlayFile): Model {
  const digest = digestOf([{ file: overlay.file, bytes }]);
  const provenance = model.provenance && {
    ...model.provenance,
    overlay: { source: overlay.file, digest },
  };
  return { ...applyOverlay(model, overlay), ...(provenance && { provenance }) };
}

/** The ending that tells an overlay from a model in a folder of models. */
export const overlayEnding = ".overlay.json";

export async function findOverlay(model: string): Promise<string | undefined> {
  const folder = await findFolder(model);
  const overlay =
    folder === undefined
      ? model.replace(/\.json$/, overlayEnding)
      : join(dirname(folder), basename(folder) + overlayEnding);
  return overlay !== model && (await inspect(overlay)) !== undefined ? overlay : undefined;
}

/** What a model is written in shows in what it has at its top. */
function readFormat({ main, siblings }: Omit<ModelFileSet, "digest">): Model {
  const { value, file } = main;
  const has = (...names: readonly string[]): boolean =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => Object.hasOwn(value, name));
  if (has("smithy")) return readSmithyAst(value, file);
  if (has("operations") || has("metadata", "version")) return readService2(main, siblings);
  throw new ModelError(
    [file],
    'this is no model: one in Smithy\'s JSON AST has "smithy" and "shapes", and a service-2.json has "version", "metadata", "operations" and "shapes"',
  );
}
