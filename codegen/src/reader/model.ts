import type { DatedRule, Omission, Provenance } from "../ir/service.ts";
import type { ShapeId } from "../ir/shape.ts";
import type { Address } from "./model-error.ts";

/** A model as its file says it: shapes by id, checked one by one, nothing resolved. */
export interface Model {
  /** The file, for addresses. */
  readonly file: string;
  readonly shapes: ReadonlyMap<ShapeId, ModelShape>;
  /** From the overlay. */
  readonly rules: readonly DatedRule[];
  /** Traits that the overlay vouches for: they change nothing on the wire. */
  readonly harmlessTraits: ReadonlySet<string>;
  /** What its reader could not put into traits. */
  readonly omissions?: readonly Omission[];
  readonly provenance?: Provenance;
}

export type ShapeType = (typeof shapeTypes)[number];

export const shapeTypes = [
  "apply",
  "bigDecimal",
  "bigInteger",
  "blob",
  "boolean",
  "byte",
  "document",
  "double",
  "enum",
  "float",
  "intEnum",
  "integer",
  "list",
  "long",
  "map",
  "operation",
  "resource",
  "service",
  "short",
  "string",
  "structure",
  "timestamp",
  "union",
] as const;

export interface ModelShape {
  readonly id: ShapeId;
  readonly type: ShapeType;
  readonly address: Address;
  readonly traits: ReadonlyMap<string, unknown>;
  /** Of structures, unions and enums; a list has `member`, a map `key` and `value`. */
  readonly members: ReadonlyMap<string, ModelMember>;
  /** The shapes that it refers to by role: `input`, `operations`, `errors`, `mixins`, … */
  readonly references: ReadonlyMap<string, readonly ShapeId[]>;
  readonly version: string | undefined;
  /** A service's new names for shapes. */
  readonly rename: ReadonlyMap<ShapeId, string>;
  /** Where traits come from that do not stand at the shape under their own ids. */
  readonly origins?: ReadonlyMap<string, TraitOrigin>;
}

/** The address of a part of a trait, by the steps that lead to it in the trait's value. */
export type TraitOrigin = (steps: readonly string[]) => Address;

export interface ModelMember {
  readonly target: ShapeId;
  readonly address: Address;
  readonly traits: ReadonlyMap<string, unknown>;
}
