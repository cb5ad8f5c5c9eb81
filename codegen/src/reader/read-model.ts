import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, sep } from "node:path";
import { parseJson } from "./json.ts";
import type { Model } from "./model.ts";
import { ModelError } from "./model-error.ts";
import type { Overlay } from "./overlay.ts";
import { applyOverlay, readOverlay } from "./overlay.ts";
import { readSmithyAst } from "./smithy-ast.ts";

/** Which files make a model: the model, and the overlay beside it or elsewhere. */
export interface ModelFiles {
  readonly model: string;
  /** Default: `x.overlay.json` beside `x.json`, where there is one. */
  readonly overlay?: string | undefined;
}

/** Reads a model with its overlay applied. Throws a `ModelError` for anything that is wrong with either. */
export async function readModel(files: ModelFiles): Promise<Model> {
  return applyOverlay(await readPlainModel(files.model), await readModelOverlay(files));
}

/** Reads a model as it is, without an overlay. */
export async function readPlainModel(file: string): Promise<Model> {
  return readSmithyAst(await readJson(file, "model"), displayPath(file));
}

/** Reads the overlay of a model, where it has one. */
export async function readModelOverlay(files: ModelFiles): Promise<Overlay | undefined> {
  const overlay = files.overlay ?? findOverlay(files.model);
  if (overlay === undefined) return undefined;
  return readOverlay(await readJson(overlay, "overlay"), displayPath(overlay));
}

/** The ending that tells an overlay from a model in a folder of models. */
export const overlayEnding = ".overlay.json";

export function findOverlay(model: string): string | undefined {
  const overlay = model.replace(/\.json$/, overlayEnding);
  return overlay !== model && existsSync(overlay) ? overlay : undefined;
}

async function readJson(file: string, kind: string): Promise<unknown> {
  const address = [displayPath(file)];
  const text = await readText(file, kind);
  if (text.trim() === "") throw new ModelError(address, `the ${kind} is empty`);
  return parseJson(text, address);
}

async function readText(file: string, kind: string): Promise<string> {
  const address = [displayPath(file)];
  try {
    if ((await stat(file)).isDirectory()) {
      throw new ModelError(address, `a ${kind} is a file, and this is a folder`);
    }
    const text = await readFile(file, "utf8");
    return text.replace(/^\uFEFF/, "");
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new ModelError(address, reason, { cause });
  }
}

/**
 * How a file is called in messages and in generated headers: by its path inside the working folder,
 * or by its name alone, so that the same model gives the same bytes wherever it lies.
 */
export function displayPath(file: string): string {
  const path = relative(process.cwd(), file);
  if (path === "") return ".";
  const steps = path.split(sep);
  return steps[0] === ".." || isAbsolute(path) ? basename(file) : steps.join("/");
}
