import { InvalidInputError } from "./errors.ts";
import type { InputProblem } from "./errors.ts";
import { isJsonObject } from "./protocol/json.ts";
import type {
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StringShape,
  StructureShape,
  UnionShape,
} from "./shape.ts";

/** Throws an `InvalidInputError` with every problem, where the input breaks what the shape allows. */
export function checkInput(operation: string, shape: StructureShape, input: unknown): void {
  const problems = findProblems(shape, input);
  if (problems.length > 0) throw new InvalidInputError(operation, problems);
}

/** Every way in which a value breaks what a shape allows, in the order of the shape's members. */
export function findProblems(shape: Shape, value: unknown): readonly InputProblem[] {
  const check = new Check();
  check.value(shape, value);
  return check.problems;
}

class Check {
  readonly problems: InputProblem[] = [];
  /** The way to the value at hand: names and indexes. A path is printed only for a problem. */
  private readonly steps: (string | number)[] = [];

  value(shape: Shape, value: unknown): void {
    switch (shape.type) {
      case "string":
        return typeof value === "string" ? this.string(shape, value) : this.wrong("a string", value);
      case "boolean":
        return typeof value === "boolean" ? undefined : this.wrong("true or false", value);
      case "timestamp":
        return this.timestamp(value);
      case "blob":
        return value instanceof Uint8Array
          ? this.size(shape, value.length, "bytes")
          : this.wrong("a Uint8Array", value);
      case "list":
        return Array.isArray(value) ? this.list(shape, value) : this.wrong("an array", value);
      case "map":
        return isJsonObject(value) ? this.map(shape, value) : this.wrong("an object", value);
      case "structure":
        return isJsonObject(value) ? this.structure(shape, value) : this.wrong("an object", value);
      case "union":
        return isJsonObject(value) ? this.union(shape, value) : this.wrong("an object", value);
      case "document":
        return this.document(value);
      default:
        return this.number(shape, value);
    }
  }

  private string(shape: StringShape, value: string): void {
    const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = shape;
    // A string has at most as many code points as code units, and at least half as many.
    const certain = value.length <= max && value.length >= 2 * min;
    if (!certain) this.size(shape, [...value].length, "characters");
    if (pattern !== undefined && !pattern.test(value)) {
      this.report(`${print(value, shape.sensitive)} does not match ${pattern}`);
    }
  }

  private number(shape: NumberShape, value: unknown): void {
    const expected = numberTypes[shape.type];
    if (!expected.accepts(value)) return this.wrong(expected.description, value, shape.sensitive);
    const number = Number(value);
    const { min = expected.min, max = expected.max } = shape;
    if (number < min) this.report(`${print(value, shape.sensitive)} is below ${min}`);
    if (number > max) this.report(`${print(value, shape.sensitive)} is above ${max}`);
  }

  private timestamp(value: unknown): void {
    if (!(value instanceof Date)) this.wrong("a Date", value);
    else if (Number.isNaN(value.getTime())) this.report("the Date is invalid");
  }

  private list(shape: ListShape, value: readonly unknown[]): void {
    this.size(shape, value.length, "elements");
    value.forEach((element, index) => {
      if (element !== null || !shape.sparse) this.step(index, shape.member, element);
    });
    if (shape.unique) this.unique(value);
  }

  private unique(value: readonly unknown[]): void {
    const seen = new Map<string, number>();
    value.forEach((element, index) => {
      const key = typeof element === "bigint" ? String(element) : JSON.stringify(element);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else this.report(`the elements ${first} and ${index} are equal`);
    });
  }

  private map(shape: MapShape, value: { readonly [key: string]: unknown }): void {
    const entries = Object.entries(value);
    this.size(shape, entries.length, "entries");
    for (const [key, element] of entries) {
      this.step(key, shape.key, key);
      if (element !== null || !shape.sparse) this.step(key, shape.value, element);
    }
  }

  private structure(shape: StructureShape, value: { readonly [name: string]: unknown }): void {
    for (const name of shape.required ?? []) {
      if (value[name] === undefined) this.at(name, "is missing");
    }
    this.members(shape, value);
  }

  private union(shape: UnionShape, value: { readonly [name: string]: unknown }): void {
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    if (names.length !== 1) {
      const known = Object.keys(shape.members).join(", ");
      this.report(`exactly one of ${known} must be set, not ${names.join(", ") || "none"}`);
    }
    this.members(shape, value);
  }

  private members(
    shape: StructureShape | UnionShape,
    value: { readonly [name: string]: unknown },
  ): void {
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (!Object.hasOwn(shape.members, name)) this.at(name, "is no member of the model");
      else if (member !== undefined) this.step(name, shape.members[name] as Shape, member);
    }
  }

  private document(value: unknown): void {
    if (value === null || typeof value === "string" || typeof value === "boolean") return;
    if (typeof value === "number" && Number.isFinite(value)) return;
    if (Array.isArray(value)) {
      value.forEach((element, index) => this.step(index, anyDocument, element));
    } else if (isJsonObject(value) && isPlain(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (member !== undefined) this.step(name, anyDocument, member);
      }
    } else this.wrong("a JSON value", value);
  }

  private size(
    { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
    size: number,
    unit: string,
  ): void {
    if (size < min) this.report(`${size} ${unit} are fewer than ${min}`);
    if (size > max) this.report(`${size} ${unit} are more than ${max}`);
  }

  private step(step: string | number, shape: Shape, value: unknown): void {
    this.steps.push(step);
    this.value(shape, value);
    this.steps.pop();
  }

  private at(step: string, message: string): void {
    this.steps.push(step);
    this.report(message);
    this.steps.pop();
  }

  private wrong(expected: string, value: unknown, sensitive?: true): void {
    this.report(`${print(value, sensitive)} is not ${expected}`);
  }

  private report(message: string): void {
    this.problems.push({ path: printPath(this.steps), message });
  }
}

const anyDocument: Shape = { type: "document" };

interface NumberType {
  readonly description: string;
  readonly accepts: (value: unknown) => boolean;
  readonly min: number;
  readonly max: number;
}

const unbounded = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
const numberTypes: { readonly [type in NumberShape["type"]]: NumberType } = {
  byte: { description: "a whole number", accepts: Number.isInteger, min: -128, max: 127 },
  short: { description: "a whole number", accepts: Number.isInteger, min: -32_768, max: 32_767 },
  integer: {
    description: "a whole number",
    accepts: Number.isInteger,
    min: -2_147_483_648,
    max: 2_147_483_647,
  },
  long: {
    description: "a safe integer or a bigint",
    accepts: (value) => Number.isSafeInteger(value) || isLong(value),
    ...unbounded,
  },
  float: { description: "a number", accepts: (value) => typeof value === "number", ...unbounded },
  double: { description: "a number", accepts: (value) => typeof value === "number", ...unbounded },
  bigInteger: {
    description: "a bigint",
    accepts: (value) => typeof value === "bigint",
    ...unbounded,
  },
  bigDecimal: {
    description: "a string with a decimal number",
    accepts: (value) =>
      typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value),
    ...unbounded,
  },
};

function isLong(value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype; that one's own prototype is null too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function printPath(steps: readonly (string | number)[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** A value for an error message: short, and never what the model calls sensitive. */
function print(value: unknown, sensitive?: true): string {
  if (sensitive) return "(a sensitive value)";
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 64 ? `${value.slice(0, 64)}…` : value);
    case "number":
    case "bigint":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return Array.isArray(value) ? "an array" : `an object (${value.constructor?.name ?? "Object"})`;
    default:
      return `a ${typeof value}`;
  }
}
