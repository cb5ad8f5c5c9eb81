import { propertyName } from "../ir/naming.ts";
import type { Query } from "../ir/query.ts";
import { categoryOf, elementOf } from "../ir/query.ts";
import type { Comparator } from "../ir/waiter.ts";
import type { Code } from "./code.ts";
import { code, importedValue, join } from "./code.ts";
import { emitArray } from "./literal.ts";

const protocol = "@pawprint/runtime/protocol";

/** Prints a query as an expression over `output` and `input`; what is absent is `undefined`. */
export function emitQuery(query: Query): Code {
  return print(query).code;
}

/** Prints whether a query gives what is expected. */
export function emitComparison(query: Query, comparator: Comparator, expected: string): Code {
  const { code: value } = print(query);
  switch (comparator) {
    case "stringEquals":
      return code`${inside(print(query), "comparison")} === ${JSON.stringify(expected)}`;
    case "booleanEquals":
      if (query.absent) return code`${value} === ${expected}`;
      return expected === "true" ? value : negate(print(query));
    case "anyStringEquals": {
      const found = code`${link(query)}includes(${JSON.stringify(expected)})`;
      return query.absent ? code`${found} === true` : found;
    }
    case "allStringEquals":
      return code`${importedValue("allEqual", protocol)}(${value}, ${JSON.stringify(expected)})`;
  }
}

/** How tightly the parts of an expression hold together, loosest first. */
const bindings = ["or", "and", "comparison", "primary"] as const;

type Binding = (typeof bindings)[number];

interface Printed {
  readonly code: Code;
  readonly binding: Binding;
}

function print(query: Query): Printed {
  switch (query.kind) {
    case "input":
    case "item":
    case "output":
      return primary(code`${query.kind}`);
    case "member": {
      const name = propertyName(query.name);
      return primary(
        name === query.name
          ? code`${link(query.of)}${name}`
          : code`${bracketLink(query.of)}[${name}]`,
      );
    }
    case "element":
      return primary(
        query.index < 0
          ? code`${link(query.list)}at(${query.index})`
          : code`${bracketLink(query.list)}[${query.index}]`,
      );
    case "projection":
      return primary(code`${link(query.list)}${emitProjection(query.each)}`);
    case "flatProjection": {
      const gap = query.each.absent && " ?? []";
      return primary(code`${link(query.list)}flatMap((item) => ${emitQuery(query.each)}${gap})`);
    }
    case "filter":
      return primary(code`${link(query.list)}filter((item) => ${emitQuery(query.condition)})`);
    case "selection":
      return primary(emitArray(query.items.map(emitQuery)));
    case "comparison":
      return { code: emitOperator(query), binding: "comparison" };
    case "and":
    case "or": {
      const sides = [query.left, query.right].map((side) => inside(print(side), query.kind));
      return { code: join(sides, query.kind === "and" ? " && " : " || "), binding: query.kind };
    }
    case "not":
      return primary(negate(print(query.of)));
    case "truth":
      return emitTruth(query.of);
    case "contains":
      return primary(emitContains(query));
    case "length":
      return primary(emitLength(query.of));
    case "literal":
      return primary(code`${JSON.stringify(query.value)}`);
  }
}

function primary(printed: Code): Printed {
  return { code: printed, binding: "primary" };
}

/** Puts an expression where only what holds together as tightly as `binding` may stand. */
function inside(printed: Printed, binding: Binding): Code {
  return bindings.indexOf(printed.binding) < bindings.indexOf(binding)
    ? code`(${printed.code})`
    : printed.code;
}

function negate(printed: Printed): Code {
  return code`!${inside(printed, "primary")}`;
}

function emitProjection(each: Query): Code {
  const value = emitQuery(each);
  if (!each.absent) return code`map((item) => ${value})`;
  // `flatMap` would take the lists apart that it is to keep.
  return elementOf(each.type) === undefined
    ? code`flatMap((item) => ${value} ?? [])`
    : code`map((item) => ${value}).filter((item) => item !== undefined)`;
}

function emitOperator(query: Extract<Query, { readonly kind: "comparison" }>): Code {
  const { operator, left, right } = query;
  const sides = [left, right];
  if (operator === "==" || operator === "!=") {
    // Loose, so that both `null` and `undefined` are meant.
    const isLoose = sides.some(({ type }) => categoryOf(type) === "null");
    const [first, second] = sides.map((side) => operand(print(side)));
    return code`${first} ${isLoose ? operator : `${operator}=`} ${second}`;
  }
  const [first, second] = sides.map((side) =>
    side.absent ? code`(${emitQuery(side)} ?? Number.NaN)` : operand(print(side)),
  );
  return code`${first} ${operator} ${second}`;
}

/** Comparisons do not stand beside each other without parentheses. */
function operand(printed: Printed): Code {
  return inside(printed, "primary");
}

function emitTruth(of: Query): Printed {
  const value = emitQuery(of);
  switch (categoryOf(of.type)) {
    case "boolean":
      return { code: code`${value} === true`, binding: "comparison" };
    case "list":
      return of.absent
        ? { code: code`(${link(of)}length ?? 0) > 0`, binding: "comparison" }
        : { code: code`${link(of)}length > 0`, binding: "comparison" };
    case "map": {
      const map = of.absent ? code`${value} ?? {}` : value;
      return { code: code`Object.keys(${map}).length > 0`, binding: "comparison" };
    }
    case "string": {
      const text = of.absent ? code`(${value} ?? "")` : value;
      return { code: code`${text} !== ""`, binding: "comparison" };
    }
    default:
      return { code: code`${operand(print(of))} != null`, binding: "comparison" };
  }
}

function emitContains({ of, value }: Extract<Query, { readonly kind: "contains" }>): Code {
  const search = emitQuery(value);
  return value.absent
    ? code`${emitGiven(of)}.some((element) => element === ${search})`
    : code`${emitGiven(of)}.includes(${search})`;
}

function emitLength(of: Query): Code {
  switch (categoryOf(of.type)) {
    case "list":
      return code`${emitGiven(of)}.length`;
    case "map":
      return code`Object.keys(${emitGiven(of)}).length`;
    default:
      // Text is counted by code points.
      return code`[...${emitGiven(of)}].length`;
  }
}

function emitGiven(of: Query): Code {
  return of.absent
    ? code`${importedValue("given", protocol)}(${emitQuery(of)})`
    : inside(print(of), "primary");
}

/** A value with the dot after it. One `?.` ends the whole chain, so only what is absent itself needs it. */
function link(of: Query): Code {
  return code`${inside(print(of), "primary")}${mayEndHere(of) ? "?." : "."}`;
}

function bracketLink(of: Query): Code {
  return code`${inside(print(of), "primary")}${mayEndHere(of) && "?."}`;
}

function mayEndHere(query: Query): boolean {
  switch (query.kind) {
    case "member":
      return query.optional;
    case "projection":
    case "flatProjection":
    case "filter":
      return false;
    default:
      return query.absent;
  }
}
