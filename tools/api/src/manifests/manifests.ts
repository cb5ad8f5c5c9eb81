import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/**
 * What publint and "Are the types wrong?" have against a tarball. The packages are ES modules
 * alone, so what the latter says of resolution without `exports` (Node 10), and of modules that
 * are required, does not count.
 */
export async function lintTarball(file: string): Promise<readonly string[]> {
  const data = await readFile(file);
  return [...(await lintManifest(data)), ...(await lintTypes(data))];
}

async function lintManifest(data: Buffer): Promise<readonly string[]> {
  const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  const { messages, pkg = {} } = await publint({
    pack: { tarball: tarball as ArrayBuffer },
    strict: true,
  });
  return messages.map(
    (message) => `${message.code}: ${formatMessage(message, pkg, { color: false })}`,
  );
}

async function lintTypes(data: Buffer): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(data));
  if (!result.types) return ["NoTypes: there are no declarations"];
  return result.problems.filter(isCounted).map((problem) => JSON.stringify(problem));
}

function isCounted(problem: Problem): boolean {
  const resolution = "resolutionKind" in problem ? problem.resolutionKind : undefined;
  return resolution !== "node10" && resolution !== "node16-cjs";
}
