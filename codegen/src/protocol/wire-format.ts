import type { Code, ImportedSymbol } from "../emit/code.ts";
import type { Operation } from "../ir/service.ts";
import type { Shape } from "../ir/shape.ts";

/** Which way a conversion goes: from a typed value to the wire, or back. */
export type Direction = "parse" | "serialize";

/** What a protocol makes of shapes, as far as an emitter has to print it. */
export interface WireFormat {
  /** Whether values of a shape differ from what the wire carries, so that they have to be converted. */
  needsConversion(shape: Shape, direction: Direction): boolean;
  /** The function that converts one structure or union. */
  emitConversion(shape: Shape, direction: Direction, names: ConversionNames): Code;
  /** How the bodies of an operation are read and written where the plain way would lose something. */
  codec(operation: Operation): ImportedSymbol | undefined;
  /** Whether `null` means something in the operation's output. */
  keepsNulls(operation: Operation): boolean;
}

/** Where the names in a conversion come from. */
export interface ConversionNames {
  /** The function that converts a structure or union, wherever it has been printed. */
  readonly functionFor: (shape: Shape) => ImportedSymbol | string;
  /** The module of the types, as the file imports it. */
  readonly types: string;
}
