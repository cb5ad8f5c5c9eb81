import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { JsonObject } from "./json.ts";
import { mismatch, readNumber, readObject, readProperty, refuseUnknownProperties } from "./json.ts";
import type { JsonFile } from "./json-file.ts";
import { displayPath, type FileNaming, inspect, readJsonFile } from "./json-file.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";
import type { ModelPart, SiblingName } from "./service-2/service-2.ts";
import { siblingNames } from "./service-2/service-2.ts";

/** What a model is read from. */
export interface ModelFileSet {
  readonly main: ModelPart;
  readonly siblings: ReadonlyMap<SiblingName, ModelPart>;
  /** Of the bytes of all files that were read, in the order of their names. */
  readonly digest: string;
}

/** The name that makes a folder a model. */
export const mainName = "service-2";

/** Reads a model's file; of a folder, or of a file called `service-2.json`, those beside it, too. */
export async function readModelFiles(
  path: string,
  nameFile: FileNaming = displayPath,
): Promise<ModelFileSet> {
  const folder = await findFolder(path);
  if (folder === undefined) {
    const main = await readJsonFile(path, "model", nameFile(path));
    return { main, siblings: new Map(), digest: digestOf([main]) };
  }
  const files: JsonFile[] = [];
  const readPart = async (name: string): Promise<ModelPart | undefined> => {
    const found = await readWithExtras(folder, name, nameFile);
    files.push(...found.files);
    return found.part;
  };
  const main = await readPart(mainName);
  if (main === undefined) throw await missingModel(folder, nameFile);
  const siblings = new Map<SiblingName, ModelPart>();
  for (const name of siblingNames) {
    const part = await readPart(name);
    if (part !== undefined) siblings.set(name, part);
  }
  return { main, siblings, digest: digestOf(files) };
}

/** The folder whose files make the model together, where it has one. */
export async function findFolder(path: string): Promise<string | undefined> {
  if (basename(path) === `${mainName}.json`) return dirname(path);
  return (await inspect(path))?.isDirectory() ? path : undefined;
}

/** A file with what `….sdk-extras.json` beside it adds, as botocore does it. */
async function readWithExtras(
  folder: string,
  name: string,
  nameFile: FileNaming,
): Promise<{ readonly part: ModelPart | undefined; readonly files: readonly JsonFile[] }> {
  const file = await readInFolder(folder, `${name}.json`, nameFile);
  const extras = await readInFolder(folder, `${name}.sdk-extras.json`, nameFile);
  if (file === undefined) return { part: undefined, files: [] };
  if (extras === undefined) return { part: file, files: [file] };
  const value = merge(readObject(file.value, [file.file]), readExtras(extras));
  return { part: { value, file: file.file }, files: [file, extras] };
}

async function readInFolder(
  folder: string,
  name: string,
  nameFile: FileNaming,
): Promise<JsonFile | undefined> {
  const path = join(folder, name);
  if ((await inspect(path)) === undefined) return undefined;
  // A file's name alone would not tell it from those of other services.
  const file = [nameFile(folder), name].filter((step) => step !== ".").join("/");
  return readJsonFile(path, "model", file);
}

function readExtras({ value, file }: JsonFile): JsonObject {
  const address: Address = [file];
  const extras = readObject(value, address);
  refuseUnknownProperties(extras, ["version", "merge"], address);
  const version = readProperty(extras, "version", address, readNumber);
  if (version !== 1) throw mismatch(version, [file, "/version"], "1");
  return readProperty(extras, "merge", address, readObject);
}

/** What is an object on both sides is merged, and anything else replaced. */
function merge(base: JsonObject, added: JsonObject): JsonObject {
  const entries = Object.entries(added).map(([key, value]) => {
    const known = Object.hasOwn(base, key) ? base[key] : undefined;
    return [key, isObject(known) && isObject(value) ? merge(known, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** SHA-256 of files one after the other, in hexadecimal. */
export function digestOf(files: readonly Omit<JsonFile, "value">[]): string {
  const hash = createHash("sha256");
  for (const { bytes } of [...files].sort(byName)) hash.update(bytes);
  return hash.digest("hex");
}

/** Independent of the locale, as a shell's order of names is with `LC_ALL=C`. */
function byName(left: Omit<JsonFile, "value">, right: Omit<JsonFile, "value">): number {
  return left.file < right.file ? -1 : left.file > right.file ? 1 : 0;
}

/** botocore has a folder for each version of a service. */
async function missingModel(folder: string, nameFile: FileNaming): Promise<ModelError> {
  if ((await inspect(folder)) === undefined) {
    return new ModelError([nameFile(join(folder, `${mainName}.json`))], "there is no such file");
  }
  const inner: string[] = [];
  for (const { name } of await readdir(folder, { withFileTypes: true })) {
    const found = await inspect(join(folder, name, `${mainName}.json`));
    if (found !== undefined) inner.push(name);
  }
  const hint = inner.length === 0 ? "" : `, but its folder ${inner.sort().join(" or ")} has`;
  return new ModelError(
    [nameFile(folder)],
    `the folder has no ${mainName}.json${hint}; a model is a file in Smithy's JSON AST, a ${mainName}.json, or a folder that has one`,
  );
}
