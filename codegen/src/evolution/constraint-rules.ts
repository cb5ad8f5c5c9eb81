import { describeConstraints } from "../emit/constraints-note.ts";
import { selectCheck } from "../ir/pattern.ts";
import type { Bounds, Constraints, Member, Shape } from "../ir/shape.ts";
import type { ModelPair, ValuePair } from "./model-pair.ts";
import { isIncluded } from "./pattern-inclusion.ts";
import { placeOf } from "./place.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { relateTypes } from "./type-rules.ts";

/** Rules about what values a client lets through. */
export const constraintRules: readonly Rule[] = [
  {
    name: "constraint-tightened",
    finds: "a length, range, pattern or uniqueness that allows less",
    class: { input: "major", output: "patch" },
    group: "changed",
    reason:
      "The check before sending refuses what went through before. A pattern counts as allowing less unless it provably takes all that the old one took. What only the service gives is checked by mocks alone.",
    find: (pair) => findConstraints(pair, "tightened"),
  },
  {
    name: "constraint-loosened",
    finds: "a length, range, pattern or uniqueness that allows more",
    class: { input: "minor", output: "patch" },
    group: "changed",
    reason: "The check before sending lets through what it refused before; types stay as they are.",
    find: (pair) => findConstraints(pair, "loosened"),
  },
  {
    name: "constraint-restated",
    finds: "a constraint in other words, or one that only the service checks",
    class: "patch",
    group: "docs",
    reason: "The same values go through; the documentation says it otherwise.",
    find: (pair) => findConstraints(pair, "restated"),
  },
];

type ConstraintRelation = "loosened" | "restated" | "same" | "tightened";

function findConstraints(
  { values }: ModelPair,
  relation: Exclude<ConstraintRelation, "same">,
): readonly Finding[] {
  return values
    .filter((value) => relateConstraints(value) === relation)
    .map((value) => ({
      ...placeOf(value, (member, shape) => takesOver(member.constraints, shape)),
      predicate: describeChange(value, relation),
    }));
}

/** How what a client lets through has changed. */
export function relateConstraints(value: ValuePair): ConstraintRelation {
  const { old, new: next } = value;
  const relation = relateTypes(old.target, next.target);
  if (relation === "changed") return "same";
  const [before, after] = [readAllowed(old, relation), readAllowed(next, relation)];
  if (!allows(after, before)) return "tightened";
  if (!allows(before, after)) return "loosened";
  const isRestated =
    printConstraints(old, value.isDirect) !== printConstraints(next, value.isDirect);
  return relation === "same" && isRestated ? "restated" : "same";
}

interface Allowed {
  readonly bounds: Bounds;
  readonly expression: RegExp | undefined;
  readonly shortest: number;
  readonly unique: boolean;
}

const anything: Allowed = {
  bounds: { min: undefined, max: undefined },
  expression: undefined,
  shortest: 0,
  unique: false,
};

function readAllowed({ target, constraints }: Member, relation: string): Allowed {
  const { length, range } = constraints;
  const lengths = { min: length?.min ?? 0, max: length?.max };
  switch (target.type) {
    case "string":
      return {
        ...anything,
        bounds: lengths,
        expression: selectCheck(constraints),
        shortest: lengths.min,
      };
    case "enum":
    case "blob":
    case "map":
      return { ...anything, bounds: target.type === "enum" ? { min: 0, max: undefined } : lengths };
    case "list":
      return { ...anything, bounds: lengths, unique: constraints.uniqueItems };
    case "byte":
    case "short":
    case "integer":
    case "long":
    case "float":
    case "double":
    case "bigInteger":
    case "bigDecimal": {
      // Between two types, the rules about types tell what the types themselves hold.
      const own = relation === "same" ? ownBounds[target.type] : undefined;
      return {
        ...anything,
        bounds: { min: range?.min ?? own?.min, max: range?.max ?? own?.max },
      };
    }
    default:
      return anything;
  }
}

const ownBounds: { readonly [type in Shape["type"]]?: Bounds } = {
  byte: { min: -(2 ** 7), max: 2 ** 7 - 1 },
  short: { min: -(2 ** 15), max: 2 ** 15 - 1 },
  integer: { min: -(2 ** 31), max: 2 ** 31 - 1 },
};

/** Whether `wider` lets through whatever `narrower` does. */
function allows(wider: Allowed, narrower: Allowed): boolean {
  const { min: low = Number.NEGATIVE_INFINITY, max: high = Number.POSITIVE_INFINITY } =
    wider.bounds;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = narrower.bounds;
  return (
    low <= min &&
    max <= high &&
    (!wider.unique || narrower.unique) &&
    isIncluded({ ...narrower }, { ...wider, shortest: 0 })
  );
}

/** What generated code says of the constraints. */
export function printConstraints(member: Member, isDirect: boolean): string {
  const { target, constraints } = member;
  const { length, range, uniqueItems } = constraints;
  const printed = { length, range, uniqueItems, pattern: String(selectCheck(constraints)) };
  const checked = (checkedParts[target.type] ?? []).map((part) => printed[part]);
  return JSON.stringify([checked, isDirect ? describeConstraints(member) : undefined]);
}

/** What of each type's constraints stands in the shapes of generated code. */
const checkedParts: {
  readonly [type in Shape["type"]]?: readonly (keyof Constraints)[];
} = {
  string: ["length", "pattern"],
  blob: ["length"],
  list: ["length", "uniqueItems"],
  map: ["length"],
  byte: ["range"],
  short: ["range"],
  integer: ["range"],
  long: ["range"],
  float: ["range"],
  double: ["range"],
  bigInteger: ["range"],
  bigDecimal: ["range"],
};

const noConstraints: Constraints = {
  length: undefined,
  range: undefined,
  pattern: undefined,
  uniqueItems: false,
};

function takesOver(constraints: Constraints, shape: Shape): boolean {
  const own = "constraints" in shape ? shape.constraints : noConstraints;
  return JSON.stringify(constraints) === JSON.stringify(own);
}

function describeChange({ old, new: next }: ValuePair, relation: keyof typeof endings): Predicate {
  const [before, after] = [describeOnly(old, next), describeOnly(next, old)];
  const change = before === after ? "" : `: ${after}, formerly ${before}`;
  const ending = endings[relation];
  return [`allows ${ending}${change}`, `allow ${ending}${change}`];
}

const endings = {
  tightened: "less",
  loosened: "more",
  restated: "the same as before, written otherwise",
} as const;

/** The constraints in which a member differs from another one. */
function describeOnly(member: Member, other: Member): string {
  const { length, range, pattern, uniqueItems } = member.constraints;
  // Whether a client checks a pattern depends on the length.
  const differs = (part: keyof Constraints): boolean =>
    JSON.stringify(member.constraints[part]) !== JSON.stringify(other.constraints[part]);
  const constraints = {
    length: differs("length") || differs("pattern") ? length : undefined,
    range: differs("range") ? range : undefined,
    pattern: differs("pattern") ? pattern : undefined,
    uniqueItems: differs("uniqueItems") && uniqueItems,
  };
  const text = describeConstraints({ ...member, constraints });
  return text?.replace(/^Constraints: (.*)\.$/s, "$1") ?? "anything";
}
