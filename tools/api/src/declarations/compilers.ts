import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { checkWithApi, type TypeScript } from "./check-with-api.ts";
import { checkWithTsc } from "./check-with-tsc.ts";
import type { Check } from "./program.ts";

export interface Compiler {
  /** The minor version, such as `5.4`. */
  readonly version: string;
  readonly check: Check;
}

const require = createRequire(import.meta.url);

/** Every compiler that is a devDependency of this folder, under the name `typescript-5.4`. */
export const compilers: readonly Compiler[] = readVersions().map((version) => ({
  version,
  check: selectCheck(version),
}));

function readVersions(): readonly string[] {
  const manifest = new URL("../../package.json", import.meta.url);
  const { devDependencies } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly devDependencies: { readonly [name: string]: string };
  };
  return Object.keys(devDependencies).flatMap((name) => /^typescript-(.+)$/.exec(name)?.[1] ?? []);
}

/** From version 7 on the compiler is a program of its own: it has no stable API yet, and is quick to start. */
function selectCheck(version: string): Check {
  const name = `typescript-${version}`;
  if (Number.parseInt(version, 10) >= 7) {
    const tsc = join(dirname(require.resolve(`${name}/package.json`)), "bin", "tsc");
    return (program) => checkWithTsc(tsc, program);
  }
  return checkWithApi(require(name) as TypeScript);
}
