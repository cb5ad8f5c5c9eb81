import type { Deprecation, Traits } from "./service.ts";

/** An absolute shape id: `namespace#Name`. */
export type ShapeId = string;

export type Shape =
  | BlobShape
  | BooleanShape
  | DocumentShape
  | EnumShape
  | IntEnumShape
  | ListShape
  | MapShape
  | NumberShape
  | StringShape
  | StructureShape
  | TimestampShape
  | UnionShape;

export interface ShapeBase {
  readonly id: ShapeId;
  /** The name without namespace, or the one that the service renames it to. */
  readonly name: string;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
  readonly sensitive: boolean;
  /** All traits of the shape, for protocols to look up what only they understand. */
  readonly traits: Traits;
}

/** Inclusive bounds. */
export interface Bounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** Constraints that a shape sets and a member of it may set anew. */
export interface Constraints {
  readonly length: Bounds | undefined;
  readonly range: Bounds | undefined;
  readonly pattern: string | undefined;
  readonly uniqueItems: boolean;
}

export interface BooleanShape extends ShapeBase {
  readonly type: "boolean";
}

export interface DocumentShape extends ShapeBase {
  readonly type: "document";
}

export interface BlobShape extends ShapeBase {
  readonly type: "blob";
  readonly constraints: Constraints;
}

export interface StringShape extends ShapeBase {
  readonly type: "string";
  readonly constraints: Constraints;
}

export type NumberType =
  | "bigDecimal"
  | "bigInteger"
  | "byte"
  | "double"
  | "float"
  | "integer"
  | "long"
  | "short";

export interface NumberShape extends ShapeBase {
  readonly type: NumberType;
  readonly constraints: Constraints;
}

export interface TimestampShape extends ShapeBase {
  readonly type: "timestamp";
  readonly format: TimestampFormat | undefined;
}

export type TimestampFormat = "date-time" | "epoch-seconds" | "http-date";

export interface EnumShape extends ShapeBase {
  readonly type: "enum";
  readonly values: readonly EnumValue<string>[];
}

export interface IntEnumShape extends ShapeBase {
  readonly type: "intEnum";
  readonly values: readonly EnumValue<number>[];
}

export interface EnumValue<Value> {
  readonly name: string;
  readonly value: Value;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
}

export interface ListShape extends ShapeBase {
  readonly type: "list";
  readonly member: Member;
  readonly sparse: boolean;
  readonly constraints: Constraints;
}

export interface MapShape extends ShapeBase {
  readonly type: "map";
  readonly key: Member;
  readonly value: Member;
  readonly sparse: boolean;
  readonly constraints: Constraints;
}

export interface StructureShape extends ShapeBase {
  readonly type: "structure";
  readonly members: readonly Member[];
  /** Present where the structure is an error. */
  readonly error: ErrorTraits | undefined;
  readonly isInput: boolean;
  readonly isOutput: boolean;
}

export interface ErrorShape extends StructureShape {
  readonly error: ErrorTraits;
}

export interface ErrorTraits {
  readonly fault: "client" | "server";
  /** The modelled HTTP status; where there is none, a server answers 400 for `client`, 500 for `server`. */
  readonly httpStatus: number | undefined;
  readonly retryable: { readonly throttling: boolean } | undefined;
}

export interface UnionShape extends ShapeBase {
  readonly type: "union";
  readonly members: readonly Member[];
}

export interface Member {
  /** `namespace#Shape$Member`. */
  readonly id: string;
  readonly name: string;
  readonly target: Shape;
  readonly required: boolean;
  /** Whether the model asks clients to treat the member as optional whatever `required` says. */
  readonly clientOptional: boolean;
  /** The model's default value; absent and `null` both mean none. */
  readonly default: unknown;
  readonly idempotencyToken: boolean;
  readonly timestampFormat: TimestampFormat | undefined;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
  /** The target's constraints, with what the member sets anew. */
  readonly constraints: Constraints;
  readonly sensitive: boolean;
  readonly traits: Traits;
}

export function isErrorShape(shape: Shape): shape is ErrorShape {
  return shape.type === "structure" && shape.error !== undefined;
}

/** The members that lead from a shape to others: a structure's members, a list's element, a map's key and value. */
export function membersOf(shape: Shape): readonly Member[] {
  switch (shape.type) {
    case "structure":
    case "union":
      return shape.members;
    case "list":
      return [shape.member];
    case "map":
      return [shape.key, shape.value];
    default:
      return [];
  }
}
