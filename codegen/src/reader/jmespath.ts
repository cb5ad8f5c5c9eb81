import type { ComparisonOperator } from "../ir/query.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/**
 * A JMESPath expression as it is written. Every part applies to a current value.
 * @see https://jmespath.org/specification.html
 */
export type Expression =
  | { readonly kind: "current" }
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  /** `next` applies to what `of` gives: `of.next`, `of[0]`, `of | next`. */
  | { readonly kind: "then"; readonly of: Expression; readonly next: Expression }
  /** `each` applies to each element of the list. */
  | { readonly kind: "projection"; readonly list: Expression; readonly each: Expression }
  /** `list[]`, always the list of a projection. */
  | { readonly kind: "flattening"; readonly list: Expression }
  /** `list[?condition]`, always the list of a projection. */
  | { readonly kind: "filter"; readonly list: Expression; readonly condition: Expression }
  | { readonly kind: "selection"; readonly items: readonly Expression[] }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] };

/** What is right in JMESPath, and cannot be generated. */
export class UnsupportedExpression extends Error {
  override readonly name = "UnsupportedExpression";
}

/** Takes an expression apart. Throws a `ModelError` where it is not JMESPath, or an `UnsupportedExpression`. */
export function readExpression(text: string, address: Address): Expression {
  return new ExpressionReader(text, address).read();
}

const current: Expression = { kind: "current" };
const literalStart = /["'`]/;
const isName = /^[A-Za-z_]\w*$/;
const isNumber = /^-?\d+$/;

/** How tightly what follows a value holds on to it. What is not listed ends the expression. */
const bindingPowers: ReadonlyMap<string, number> = new Map([
  ["|", 1],
  ["||", 2],
  ["&&", 3],
  ["==", 5],
  ["!=", 5],
  ["<", 5],
  ["<=", 5],
  [">", 5],
  [">=", 5],
  ["[]", 9],
  ["[*]", 20],
  ["[?", 21],
  [".", 40],
  ["[", 55],
]);

/** Anything that holds less tightly ends a projection. */
const endOfProjection = 10;
const powerOfNot = 45;

/** A Pratt parser, with the binding powers of the JMESPath project's own ones. */
class ExpressionReader {
  private readonly text: string;
  private readonly address: Address;
  private readonly tokens: readonly string[];
  private position = 0;

  constructor(text: string, address: Address) {
    this.text = text;
    this.address = address;
    this.tokens =
      text.match(
        /`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[\*\]|\[\]|\[\?|\|\||&&|[=!<>]=|-?\d+|\w+|\S/g,
      ) ?? [];
  }

  read(): Expression {
    const expression = this.expression(0);
    if (this.token !== undefined) throw this.unexpected();
    return expression;
  }

  private get token(): string | undefined {
    return this.tokens[this.position];
  }

  /** Reads on while what follows holds more tightly than `power`. */
  private expression(power: number): Expression {
    let left = this.start();
    while (this.power > power) left = this.continuation(left);
    return left;
  }

  private get power(): number {
    return bindingPowers.get(this.token ?? "") ?? 0;
  }

  private start(): Expression {
    const token = this.token;
    if (token === undefined) throw this.unexpected();
    if (literalStart.test(token)) return this.quoted();
    switch (token) {
      case "@":
        this.position += 1;
        return current;
      case "!":
        this.position += 1;
        return { kind: "not", of: this.expression(powerOfNot) };
      case "(": {
        this.position += 1;
        const inner = this.expression(0);
        this.expect(")");
        return inner;
      }
      case "[]":
      case "[*]":
      case "[?":
        return this.continuation(current);
      case "[":
        return this.isIndex() ? this.index() : this.selection();
      case "*":
      case "{":
      case "&":
        throw new UnsupportedExpression(unsupportedStarts[token]);
      default:
        return this.named();
    }
  }

  /** What follows a value and applies to it. */
  private continuation(left: Expression): Expression {
    const { token = "", power } = this;
    if (token === "[") return { kind: "then", of: left, next: this.index() };
    this.position += 1;
    switch (token) {
      case ".":
        return { kind: "then", of: left, next: this.afterDot(power) };
      case "|":
        return { kind: "then", of: left, next: this.expression(power) };
      case "||":
        return { kind: "or", left, right: this.expression(power) };
      case "&&":
        return { kind: "and", left, right: this.expression(power) };
      case "[]": {
        const list: Expression = { kind: "flattening", list: left };
        return { kind: "projection", list, each: this.each(power) };
      }
      case "[*]":
        return { kind: "projection", list: left, each: this.each(power) };
      case "[?": {
        const condition = this.expression(0);
        this.expect("]");
        const list: Expression = { kind: "filter", list: left, condition };
        return { kind: "projection", list, each: this.each(power) };
      }
      default: {
        const operator = token as ComparisonOperator;
        return { kind: "comparison", operator, left, right: this.expression(power) };
      }
    }
  }

  /** What applies to each element of a projection, up to where the projection ends. */
  private each(power: number): Expression {
    if (this.power < endOfProjection) return current;
    return this.take(".") ? this.afterDot(power) : this.expression(power);
  }

  private afterDot(power: number): Expression {
    const token = this.token ?? "";
    if (token === "[") return this.selection();
    if (token === "*" || token === "{") throw new UnsupportedExpression(unsupportedStarts[token]);
    if (isName.test(token) || token.startsWith('"')) return this.expression(power);
    throw this.unexpected();
  }

  private isIndex(): boolean {
    const next = this.tokens[this.position + 1] ?? "";
    return next === ":" || isNumber.test(next);
  }

  private index(): Expression {
    const [index = "", end] = this.tokens.slice(this.position + 1);
    if (index === ":" || (isNumber.test(index) && end === ":")) {
      throw new UnsupportedExpression("a slice");
    }
    this.position += 1;
    if (!isNumber.test(index)) throw this.unexpected();
    this.position += 1;
    this.expect("]");
    return { kind: "index", index: Number(index) };
  }

  private selection(): Expression {
    this.expect("[");
    return { kind: "selection", items: this.list("]") };
  }

  private list(end: string): readonly Expression[] {
    const items = [this.expression(0)];
    while (this.take(",")) items.push(this.expression(0));
    this.expect(end);
    return items;
  }

  private quoted(): Expression {
    const token = this.tokens[this.position] ?? "";
    if (token.length < 2) throw this.unexpected();
    this.position += 1;
    const inner = token.slice(1, -1);
    switch (token[0]) {
      case "'":
        return { kind: "literal", value: inner.replaceAll("\\'", "'") };
      case '"':
        return { kind: "member", name: String(this.parse(token)) };
      default:
        return { kind: "literal", value: this.parse(inner.replaceAll("\\`", "`")) };
    }
  }

  private parse(json: string): unknown {
    try {
      return JSON.parse(json);
    } catch (cause) {
      const problem = `the expression ${JSON.stringify(this.text)} has ${json}, which is not JSON`;
      throw new ModelError(this.address, problem, { cause });
    }
  }

  private named(): Expression {
    const name = this.token ?? "";
    if (!isName.test(name)) throw this.unexpected();
    this.position += 1;
    if (!this.take("(")) return { kind: "member", name };
    return { kind: "call", name, arguments: this.take(")") ? [] : this.list(")") };
  }

  private expect(token: string): void {
    if (!this.take(token)) throw this.unexpected();
  }

  private take(token: string): boolean {
    const taken = this.token === token;
    if (taken) this.position += 1;
    return taken;
  }

  private unexpected(): ModelError {
    const found = this.token === undefined ? "its end" : JSON.stringify(this.token);
    return new ModelError(
      this.address,
      `the expression ${JSON.stringify(this.text)} is not JMESPath: ${found} is not expected there`,
    );
  }
}

const unsupportedStarts = {
  "*": "the values of an object",
  "{": "an object made of several values",
  "&": "an expression as an argument",
} as const;
