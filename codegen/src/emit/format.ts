import { readFileSync } from "node:fs";
import type { Formatter } from "@dprint/formatter";
import { createFromBuffer } from "@dprint/formatter";
import { getPath } from "@dprint/typescript";

/** Lays out TypeScript. Throws where it is none: then the generator has printed something wrong. */
export function formatTypeScript(path: string, text: string): string {
  return format(path, text, 100);
}

/** Lays out an example for a README, which is read in a narrower column. */
export function formatExample(text: string): string {
  return format("example.ts", text, 80).trimEnd();
}

function format(path: string, text: string, lineWidth: number): string {
  try {
    return formatter().formatText({
      filePath: path,
      fileText: text,
      overrideConfig: { lineWidth },
    });
  } catch (cause) {
    throw new SyntaxError(`the generator printed ${path} wrongly: ${String(cause)}`, { cause });
  }
}

let loaded: Formatter | undefined;

/** Its 4 MB of WebAssembly are loaded with the first file, not with the command line. */
function formatter(): Formatter {
  if (loaded === undefined) {
    loaded = createFromBuffer(readFileSync(getPath()));
    loaded.setConfig(
      { indentWidth: 2, newLineKind: "lf" },
      { "module.sortImportDeclarations": "maintain", operatorPosition: "sameLine" },
    );
  }
  return loaded;
}
