import type { Shape } from "../ir/shape.ts";
import type { ModelPair, ValuePair } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { quote } from "./rule.ts";

/** Rules about the types of values. */
export const typeRules: readonly Rule[] = [
  {
    name: "type-changed",
    finds: "a member's type is another one",
    class: "major",
    group: "changed",
    reason: "Code that gives or reads the value was written for the old type.",
    find: (pair) => findTypes(pair, "changed"),
  },
  {
    name: "type-widened",
    finds: "a member's type takes in the old one: a larger integer, or elements that may be `null`",
    class: { input: "minor", output: "major" },
    group: "changed",
    reason: "What was given before can still be given. What is read may be more than code expects.",
    find: (pair) => findTypes(pair, "widened"),
  },
  {
    name: "type-narrowed",
    finds: "the old type takes in the member's new one",
    class: { input: "major", output: "minor" },
    group: "changed",
    reason: "What is read is among what was read before. What was given before may not be taken.",
    find: (pair) => findTypes(pair, "narrowed"),
  },
  {
    name: "type-compatible",
    finds: "a member gets another type of the same values: text or an enum, an integer or an enum",
    class: "minor",
    group: "changed",
    reason: "Enums are open, so that each of the two types can stand for the other.",
    find: (pair) => findTypes(pair, "compatible"),
  },
];

export type TypeRelation = "changed" | "compatible" | "narrowed" | "same" | "widened";

/** How the TypeScript types, and the values behind them, of two shapes are related. */
export function relateTypes(old: Shape, next: Shape): TypeRelation {
  if (isNamed(old) && isNamed(next)) {
    // Where one name stands for another kind of shape, a rule about shapes tells it.
    if (old.name === next.name) return "same";
    return old.type === next.type ? compatibleEnum(old) : "changed";
  }
  const sparse = relateSparseness(old, next);
  if (sparse !== undefined) return sparse;
  if (old.type === next.type) return "same";
  const families = [familyOf(old), familyOf(next)];
  if (families[0] === undefined || families[0] !== families[1]) return "changed";
  const [from, to] = [rankOf(old), rankOf(next)];
  return from === to ? "compatible" : from < to ? "widened" : "narrowed";
}

function findTypes({ values }: ModelPair, relation: TypeRelation): readonly Finding[] {
  return values
    .filter((value) => relateTypes(value.old.target, value.new.target) === relation)
    .map((value) => ({
      address: value.new.id,
      subject: value.subject,
      directions: value.directions,
      predicate: describeTypes(value),
    }));
}

function describeTypes({ old, new: next }: ValuePair): Predicate {
  const [from, to] = [describeType(old.target), describeType(next.target)];
  return [`is ${to}, formerly ${from}`, `are ${to}, formerly ${from}`];
}

function describeType(shape: Shape): string {
  if (isNamed(shape)) return quote(shape.name);
  if (shape.type !== "list" && shape.type !== "map") return quote(shape.type);
  return `a ${shape.type}${shape.sparse ? " that may hold `null`" : " without `null`"}`;
}

function isNamed({ type }: Shape): boolean {
  return type === "structure" || type === "union" || type === "enum" || type === "intEnum";
}

/** Of two enums, each takes the values of the other. */
function compatibleEnum({ type }: Shape): TypeRelation {
  return type === "enum" || type === "intEnum" ? "compatible" : "changed";
}

function relateSparseness(old: Shape, next: Shape): TypeRelation | undefined {
  if (old.type !== next.type || (old.type !== "list" && old.type !== "map")) return undefined;
  const sparse = "sparse" in next && next.sparse;
  if (old.sparse === sparse) return "same";
  return sparse ? "widened" : "narrowed";
}

function familyOf({ type }: Shape): string | undefined {
  if (type === "string" || type === "enum") return "text";
  if (type === "float" || type === "double") return "fraction";
  return integers.includes(type) ? "integer" : undefined;
}

function rankOf({ type }: Shape): number {
  if (type === "double") return 1;
  return Math.max(0, integers.indexOf(type === "intEnum" ? "integer" : type));
}

const integers: readonly Shape["type"][] = ["byte", "short", "integer", "intEnum", "long"];
