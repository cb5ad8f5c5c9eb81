import type { Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, sep } from "node:path";
import { parseJson } from "./json.ts";
import { ModelError } from "./model-error.ts";

/** A JSON file as it was found. */
export interface JsonFile {
  /** How it is called in messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** How a file or folder is called in messages, and in what is generated from it. */
export type FileNaming = (path: string) => string;

/** Reads a file. In messages, `kind` says what it is, and `file` how it is called. */
export async function readJsonFile(
  path: string,
  kind: string,
  file: string = displayPath(path),
): Promise<JsonFile> {
  const stats = await inspect(path);
  if (stats === undefined) throw new ModelError([file], "there is no such file");
  if (stats.isDirectory()) {
    throw new ModelError([file], `the ${kind} must be a file, and this is a folder`);
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") throw new ModelError([file], `the ${kind} is empty`);
  return { file, bytes, value: parseJson(text, [file]) };
}

/** What is there, or that nothing is. */
export async function inspect(path: string): Promise<Stats | undefined> {
  return stat(path).catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(displayPath(path), cause);
  });
}

function unreadable(file: string, cause: unknown): ModelError {
  const { code } = cause as NodeJS.ErrnoException;
  return new ModelError([file], `it cannot be read (${code})`, { cause });
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
