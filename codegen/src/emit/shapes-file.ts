import type { Shape } from "../ir/shape.ts";
import type { ImportedSymbol } from "./code.ts";
import type { PackagePlan } from "./package-plan.ts";
import { emitShapeConstants } from "./shapes.ts";
import type { GeneratedFile } from "./source-file.ts";
import { emitSourceFile } from "./source-file.ts";

/** `shapes.ts`: what the model allows, a constant for each structure and union. */
export function emitShapesFile(
  { header, isPresent }: PackagePlan,
  shapes: readonly Shape[],
  imported: (shape: Shape) => ImportedSymbol | undefined,
): GeneratedFile | undefined {
  if (shapes.length === 0) return undefined;
  return emitSourceFile(
    "src/shapes.ts",
    header,
    emitShapeConstants({ shapes, isPresent, imported }),
  );
}
