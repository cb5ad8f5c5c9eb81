import type { StructureShape } from "./shape.ts";

/** The input of an operation that takes nothing: `{}`. */
export type Unit = { readonly [name: string]: never };

/** Nothing is allowed in it. */
export const unitShape: StructureShape = { type: "structure", members: {} };
