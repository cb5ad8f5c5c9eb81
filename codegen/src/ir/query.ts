import type { Member, Shape, StructureShape } from "./shape.ts";

/**
 * A JMESPath expression over the input and output of one operation, with a type for each part of
 * it. What JMESPath calls `null` is absent here.
 */
export type Query = QueryBase &
  (
    | { readonly kind: "input" | "item" | "output" }
    | {
        readonly kind: "member";
        readonly of: Query;
        readonly name: string;
        /** Whether it may be absent where what it belongs to is there. */
        readonly optional: boolean;
      }
    /** An element by its index; a negative one counts from the end. */
    | { readonly kind: "element"; readonly list: Query; readonly index: number }
    /** What `each` gives for each item of the list; what is absent is left out. */
    | { readonly kind: "projection"; readonly list: Query; readonly each: Query }
    /** As a projection, where `each` gives lists: their elements in one list. */
    | { readonly kind: "flatProjection"; readonly list: Query; readonly each: Query }
    /** The items for which the condition holds. */
    | { readonly kind: "filter"; readonly list: Query; readonly condition: Query }
    | { readonly kind: "selection"; readonly items: readonly Query[] }
    | {
        readonly kind: "comparison";
        readonly operator: ComparisonOperator;
        readonly left: Query;
        readonly right: Query;
      }
    | { readonly kind: "and" | "or"; readonly left: Query; readonly right: Query }
    | { readonly kind: "not"; readonly of: Query }
    /** Whether a value is neither absent nor empty nor `false`. */
    | { readonly kind: "truth"; readonly of: Query }
    /** Of something absent, there is no answer to the whole expression; the same with `length`. */
    | { readonly kind: "contains"; readonly of: Query; readonly value: Query }
    | { readonly kind: "length"; readonly of: Query }
    | { readonly kind: "literal"; readonly value: boolean | number | string | null }
  );

interface QueryBase {
  readonly type: ValueType;
  /** Whether it may be absent. */
  readonly absent: boolean;
}

export type ComparisonOperator = "!=" | "<" | "<=" | "==" | ">" | ">=";

/** The type of a value: a shape of the model, or one that expressions make. */
export type ValueType = MadeType | Shape;

export type MadeType =
  /** `condition`: `true` exactly where JMESPath has `true`, and `false` for both `false` and absent. */
  | { readonly type: "made"; readonly made: "boolean" | "condition" | "null" | "number" | "string" }
  | { readonly type: "madeList"; readonly element: ElementType }
  /** What an `inputOutput` matcher starts from. */
  | {
      readonly type: "inputAndOutput";
      readonly input: StructureShape;
      readonly output: StructureShape;
    };

export interface ElementType {
  readonly type: ValueType;
  /** Whether it may be missing where it stands. */
  readonly absent: boolean;
}

/** What expressions can do with a value. */
export type Category =
  | "boolean"
  | "condition"
  | "list"
  | "map"
  | "null"
  | "number"
  | "other"
  | "string"
  | "structure";

export function categoryOf(type: ValueType): Category {
  switch (type.type) {
    case "made":
      return type.made;
    case "madeList":
    case "list":
      return "list";
    case "boolean":
    case "map":
      return type.type;
    case "string":
    case "enum":
      return "string";
    case "byte":
    case "short":
    case "integer":
    case "intEnum":
    case "long":
    case "float":
    case "double":
      return "number";
    case "structure":
    case "union":
    case "inputAndOutput":
      return "structure";
    default:
      return "other";
  }
}

/** What a list holds. */
export function elementOf(type: ValueType): ElementType | undefined {
  if (type.type === "madeList") return type.element;
  return type.type === "list" ? { type: type.member.target, absent: type.sparse } : undefined;
}

/** A member of a structure or union. */
export function findMember(type: ValueType, name: string): Member | undefined {
  return type.type === "structure" || type.type === "union"
    ? type.members.find((member) => member.name === name)
    : undefined;
}
