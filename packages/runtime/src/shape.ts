/**
 * What a shape of the model allows, as plain data: the input check, the mocks and the samples read
 * it. Bounds are inclusive. `min` and `max` count code points of a string, bytes of a blob,
 * elements of a list and entries of a map, and bound the value of a number. What is `sensitive`, and
 * all that is in it, stands in no message.
 *
 * A shape that refers to itself does so through a getter, so that the constants of a module can be
 * declared in any order.
 */
export type Shape =
  | BlobShape
  | BooleanShape
  | DocumentShape
  | ListShape
  | MapShape
  | NumberShape
  | StringShape
  | StructureShape
  | TimestampShape
  | UnionShape;

export interface BooleanShape {
  readonly type: "boolean";
  readonly sensitive?: true;
}

export interface DocumentShape {
  readonly type: "document";
  readonly sensitive?: true;
}

export interface TimestampShape {
  readonly type: "timestamp";
  readonly sensitive?: true;
}

export interface BlobShape {
  readonly type: "blob";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface StringShape {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The values known when the package was generated. A service may add more, so they bind no one. */
  readonly values?: readonly string[];
  readonly sensitive?: true;
}

/** `byte`, `short`, `integer`, `long` and `bigInteger` are whole numbers; `bigDecimal` is decimal text. */
export interface NumberShape {
  readonly type:
    | "bigDecimal"
    | "bigInteger"
    | "byte"
    | "double"
    | "float"
    | "integer"
    | "long"
    | "short";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface ListShape {
  readonly type: "list";
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
  /** Whether `null` may stand for an element. */
  readonly sparse?: true;
  readonly unique?: true;
  readonly sensitive?: true;
}

export interface MapShape {
  readonly type: "map";
  readonly key: StringShape;
  readonly value: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly sparse?: true;
  readonly sensitive?: true;
}

export interface StructureShape {
  readonly type: "structure";
  readonly members: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  readonly sensitive?: true;
}

/** Exactly one member is set. */
export interface UnionShape {
  readonly type: "union";
  readonly members: { readonly [name: string]: Shape };
  readonly sensitive?: true;
}
