import { readFile } from "node:fs/promises";
import { HarnessError } from "./harness-error.ts";
import type { ProtocolTests } from "./protocols.ts";
import { parseTestModel, type TestModel } from "./test-model.ts";

/** Reads a model with its tests from a file. */
export async function readTestModel(file: string, protocol: ProtocolTests): Promise<TestModel> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new HarnessError(`${file}: cannot be read (${cause.code})`, { cause });
  });
  return parseTestModel(text, file, protocol);
}
