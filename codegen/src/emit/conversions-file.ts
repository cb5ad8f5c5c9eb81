import { parserName, serializerName } from "../ir/naming.ts";
import type { Shape } from "../ir/shape.ts";
import type { Direction } from "../protocol/wire-format.ts";
import type { ImportedSymbol } from "./code.ts";
import type { PackagePlan } from "./package-plan.ts";
import type { GeneratedFile } from "./source-file.ts";
import { emitSourceFile } from "./source-file.ts";

/** Where a file finds what it does not declare itself. */
export interface Elsewhere {
  readonly types: string;
  readonly functionFor: (shape: Shape) => ImportedSymbol | undefined;
}

/** `serialize.ts` or `parse.ts`: a function for each structure and union whose values JSON cannot carry. */
export function emitConversionsFile(
  { format, header }: PackagePlan,
  direction: Direction,
  shapes: readonly Shape[],
  elsewhere: Elsewhere = { types: "./types.js", functionFor: () => undefined },
): GeneratedFile | undefined {
  if (shapes.length === 0) return undefined;
  const own = new Set(shapes);
  const nameOf = direction === "serialize" ? serializerName : parserName;
  const functionFor = (shape: Shape): ImportedSymbol | string =>
    own.has(shape) ? nameOf(shape) : (elsewhere.functionFor(shape) ?? nameOf(shape));
  const functions = shapes.map((shape) =>
    format.emitConversion(shape, direction, { functionFor, types: elsewhere.types }),
  );
  return emitSourceFile(`src/${direction}.ts`, header, functions);
}
