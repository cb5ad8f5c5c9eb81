import type { Presence } from "../ir/presence.ts";
import type { Category, Query, ValueType } from "../ir/query.ts";
import { categoryOf, elementOf, findMember } from "../ir/query.ts";
import type { StructureShape } from "../ir/shape.ts";
import type { Expression } from "./jmespath.ts";
import { readExpression, UnsupportedExpression } from "./jmespath.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/** What an expression starts from: the output, or an object with the input and the output. */
export interface QueryRoots {
  readonly input: StructureShape | undefined;
  readonly output: StructureShape;
}

/**
 * Finds the type of everything in an expression. Throws a `ModelError` where it asks for a member
 * that is not there, and an `UnsupportedExpression` for what cannot be generated.
 */
export function readQuery(
  text: string,
  { input, output }: QueryRoots,
  isPresent: Presence,
  address: Address,
): Query {
  const root: Query =
    input === undefined
      ? { kind: "output", type: output, absent: false }
      : { kind: "output", type: { type: "inputAndOutput", input, output }, absent: false };
  return new QueryReader(isPresent, address).value(readExpression(text, address), root);
}

type Call = Extract<Expression, { readonly kind: "call" }>;
type Comparison = Extract<Expression, { readonly kind: "comparison" }>;

class QueryReader {
  private readonly isPresent: Presence;
  private readonly address: Address;

  constructor(isPresent: Presence, address: Address) {
    this.isPresent = isPresent;
    this.address = address;
  }

  value(expression: Expression, current: Query): Query {
    switch (expression.kind) {
      case "current":
        return current;
      case "member":
        return this.member(expression.name, current);
      case "index":
        return this.element(expression.index, current);
      case "then":
        return this.value(expression.next, this.value(expression.of, current));
      case "projection":
        return this.mapped(this.list(expression.list, current), expression.each);
      case "flattening":
      case "filter":
        return this.list(expression, current);
      case "selection":
        return this.selection(expression.items, current);
      case "comparison":
        return this.comparison(expression, current);
      case "and":
      case "or":
        return this.choice(expression, current);
      case "not":
        return { ...made("boolean"), kind: "not", of: this.condition(expression.of, current) };
      case "literal":
        return readLiteral(expression.value);
      case "call":
        return this.call(expression, current);
    }
  }

  /** Whether the expression gives something that is neither absent nor empty nor `false`. */
  private condition(expression: Expression, current: Query): Query {
    if (expression.kind === "and" || expression.kind === "or") {
      const { kind, left, right } = expression;
      return {
        ...made("boolean"),
        kind,
        left: this.condition(left, current),
        right: this.condition(right, current),
      };
    }
    const of = this.value(expression, current);
    switch (categoryOf(of.type)) {
      case "boolean":
        return of.absent ? { ...made("boolean"), kind: "truth", of } : of;
      case "condition":
        return { ...of, type: { type: "made", made: "boolean" } };
      case "list":
      case "map":
      case "number":
      case "string":
        return { ...made("boolean"), kind: "truth", of };
      default:
        throw new UnsupportedExpression(`${describe(of.type)} as a condition`);
    }
  }

  private member(name: string, of: Query): Query {
    const { type } = of;
    if (type.type === "inputAndOutput") {
      if (name !== "input" && name !== "output") {
        throw new ModelError(this.address, `${name} is neither "input" nor "output"`);
      }
      return { kind: name, type: type[name], absent: false };
    }
    const base = { kind: "member", of, name } as const;
    if (type.type === "map") {
      return { ...base, optional: true, type: type.value.target, absent: true };
    }
    const member = findMember(type, name);
    if (member !== undefined && (type.type === "structure" || type.type === "union")) {
      const optional = !this.isPresent(type, member);
      return { ...base, optional, type: member.target, absent: of.absent || optional };
    }
    throw new ModelError(this.address, `${describe(type)} has no member ${name}`);
  }

  private element(index: number, list: Query): Query {
    const { type } = this.elementOf(list);
    return { kind: "element", list, index, type, absent: true };
  }

  /** The list that a projection goes over. */
  private list(expression: Expression, current: Query): Query {
    if (expression.kind === "flattening") return this.flattening(expression.list, current);
    if (expression.kind !== "filter") return this.value(expression, current);
    const list = this.value(expression.list, current);
    const condition = this.condition(expression.condition, this.itemOf(list));
    return { kind: "filter", list, condition, type: list.type, absent: list.absent };
  }

  /** A list with the elements of the lists in it; a list without any as it is. */
  private flattening(of: Expression, current: Query): Query {
    const isProjection = of.kind === "projection";
    const list = isProjection ? this.list(of.list, current) : this.value(of, current);
    const item = this.itemOf(list);
    const each = isProjection ? this.value(of.each, item) : item;
    const element = elementOf(each.type);
    if (element === undefined) return isProjection ? this.mapped(list, of.each) : list;
    const type: ValueType = { type: "madeList", element };
    return { kind: "flatProjection", list, each, type, absent: list.absent };
  }

  /** What `each` gives for each item, without what is absent. */
  private mapped(list: Query, each: Expression): Query {
    const item = this.itemOf(list);
    const found = this.value(each, item);
    if (found === item && !found.absent) return list;
    const type: ValueType = { type: "madeList", element: { type: found.type, absent: false } };
    return { kind: "projection", list, each: found, type, absent: list.absent };
  }

  private itemOf(list: Query): Query {
    return { kind: "item", ...this.elementOf(list) };
  }

  private elementOf({ type }: Query): { readonly type: ValueType; readonly absent: boolean } {
    const element = elementOf(type);
    if (element !== undefined) return element;
    throw new ModelError(this.address, `${describe(type)} is no list`);
  }

  private selection(expressions: readonly Expression[], current: Query): Query {
    if (current.absent) throw new UnsupportedExpression("a selection from what may be absent");
    const items = expressions.map((item) => this.value(item, current));
    const [first, ...others] = items;
    const category = first && categoryOf(first.type);
    if (first === undefined || others.some(({ type }) => categoryOf(type) !== category)) {
      throw new UnsupportedExpression("a selection of different types");
    }
    const absent = items.some((item) => item.absent);
    return {
      kind: "selection",
      items,
      type: { type: "madeList", element: { type: first.type, absent } },
      absent: false,
    };
  }

  private comparison({ operator, left, right }: Comparison, current: Query): Query {
    const operands = { left: this.value(left, current), right: this.value(right, current) };
    const [leftCategory, rightCategory] = [operands.left, operands.right].map(({ type }) =>
      categoryOf(type),
    ) as [Category, Category];
    if (operator === "==" || operator === "!=") {
      const isSame = leftCategory === rightCategory && comparable.includes(leftCategory);
      if (isSame || leftCategory === "null" || rightCategory === "null") {
        return { ...made("boolean"), kind: "comparison", operator, ...operands };
      }
    } else if (leftCategory === "number" && rightCategory === "number") {
      // JMESPath gives null, not false, where one of them is absent.
      const absent = operands.left.absent || operands.right.absent;
      return {
        ...made(absent ? "condition" : "boolean"),
        kind: "comparison",
        operator,
        ...operands,
      };
    }
    throw new UnsupportedExpression(
      `${operator} between ${describe(operands.left.type)} and ${describe(operands.right.type)}`,
    );
  }

  /** `&&` and `||` give one of their sides, which is `true` or `false` only where both sides are. */
  private choice(
    { kind, left, right }: Extract<Expression, { readonly kind: "and" | "or" }>,
    current: Query,
  ): Query {
    const sides = [left, right].map((side) => this.value(side, current));
    const other = sides.find(({ type }) => !["boolean", "condition"].includes(categoryOf(type)));
    if (other !== undefined) {
      throw new UnsupportedExpression(
        `${kind === "and" ? "&&" : "||"} that gives ${describe(other.type)}`,
      );
    }
    const isExact = sides.every(({ type, absent }) => !absent && categoryOf(type) === "boolean");
    return {
      ...made(isExact ? "boolean" : "condition"),
      kind,
      left: this.condition(left, current),
      right: this.condition(right, current),
    };
  }

  private call({ name, arguments: expressions }: Call, current: Query): Query {
    const arity = arities.get(name);
    if (arity === undefined) throw new UnsupportedExpression(`the function ${name}`);
    if (expressions.length !== arity) {
      throw new ModelError(
        this.address,
        `${name} takes ${arity} arguments, and here are ${expressions.length}`,
      );
    }
    const [of, value] = expressions.map((argument) => this.value(argument, current));
    if (of !== undefined && value !== undefined) return this.contains(of, value);
    return this.length(of as Query);
  }

  private length(of: Query): Query {
    const category = categoryOf(of.type);
    const hasLength = category === "list" || category === "map" || category === "string";
    if (!hasLength) throw new ModelError(this.address, `${describe(of.type)} has no length`);
    return { kind: "length", of, type: { type: "made", made: "number" }, absent: false };
  }

  private contains(of: Query, value: Query): Query {
    const category = categoryOf(of.type);
    const element = category === "string" ? category : categoryOf(this.elementOf(of).type);
    const isSame = element === categoryOf(value.type) && comparable.includes(element);
    if (!isSame || (category === "string" && value.absent)) {
      throw new UnsupportedExpression(
        `contains with ${describe(of.type)} and ${describe(value.type)}`,
      );
    }
    return { ...made("boolean"), kind: "contains", of, value };
  }
}

/** The functions that can be generated, and how many arguments they take. */
const arities: ReadonlyMap<string, number> = new Map([
  ["contains", 2],
  ["length", 1],
]);

/** What `===` compares as JMESPath compares it. */
const comparable: readonly Category[] = ["boolean", "number", "string"];

function made(type: "boolean" | "condition"): Pick<Query, "absent" | "type"> {
  return { type: { type: "made", made: type }, absent: false };
}

function readLiteral(value: unknown): Query {
  const base = { kind: "literal", absent: false } as const;
  if (value === null) return { ...base, value, type: { type: "made", made: "null" } };
  switch (typeof value) {
    case "boolean":
      return { ...base, value, type: { type: "made", made: "boolean" } };
    case "number":
      return { ...base, value, type: { type: "made", made: "number" } };
    case "string":
      return { ...base, value, type: { type: "made", made: "string" } };
    default:
      throw new UnsupportedExpression(`the literal ${JSON.stringify(value)}`);
  }
}

/** A type as messages call it: `the list Tasks`. */
export function describe(type: ValueType): string {
  switch (type.type) {
    case "made":
      return type.made === "condition" ? "a boolean that may be absent" : `a ${type.made}`;
    case "madeList":
      return `a list of ${describe(type.element.type)}`;
    case "inputAndOutput":
      return "the pair of input and output";
    default:
      return `the ${type.type} ${type.name}`;
  }
}
