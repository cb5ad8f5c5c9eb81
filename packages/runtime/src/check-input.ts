import { brandOf } from "./brand.ts";
import type { InputProblem } from "./errors.ts";
import { InvalidInputError } from "./errors.ts";
import type {
  BlobShape,
  DocumentShape,
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StringShape,
  StructureShape,
  UnionShape,
} from "./shape.ts";

/** Throws an `InvalidInputError` with every problem, where the input breaks what the shape allows. */
export function checkInput(
  operation: string,
  shape: StructureShape,
  input: unknown,
  checks?: ShapeChecks,
): void {
  const { problems } = new InputCheck(checks).run(shape, input);
  if (problems.length > 0) throw new InvalidInputError(operation, problems);
}

/** Checks a value of one kind of shape. */
export type ShapeCheck<Kind extends Shape> = (
  check: RunningCheck,
  shape: Kind,
  value: unknown,
) => void;

/** What a check of one kind of shape calls: it goes into what a value is made of, and reports problems. */
export interface RunningCheck {
  number(shape: NumberShape, value: unknown, range: NumberRange): void;
  elements(shape: Shape, value: readonly unknown[], sparse?: true): void;
  members(shape: StructureShape | UnionShape, value: { readonly [name: string]: unknown }): void;
  /** The value of a key, or the key itself. A sensitive key stands in no message. */
  stepInto(key: string, shape: Shape, value: unknown, sensitive?: true): void;
  nameOf(shape: StructureShape | UnionShape, name: string): string;
  size(bounds: { readonly min?: number; readonly max?: number }, size: number, unit: string): void;
  wrong(expected: string, value: unknown): void;
  report(message: string): void;
}

/** Checks of the kinds of shapes that few services have in their inputs: those that do bring them. */
export interface ShapeChecks {
  readonly bigDecimal?: ShapeCheck<NumberShape>;
  readonly bigInteger?: ShapeCheck<NumberShape>;
  readonly blob?: ShapeCheck<BlobShape>;
  readonly document?: ShapeCheck<DocumentShape>;
  readonly double?: ShapeCheck<NumberShape>;
  readonly float?: ShapeCheck<NumberShape>;
  readonly long?: ShapeCheck<NumberShape>;
  readonly map?: ShapeCheck<MapShape>;
  readonly union?: ShapeCheck<UnionShape>;
}

/** What values a type of number has. */
export interface NumberRange {
  readonly description: string;
  readonly accepts: (value: unknown) => boolean;
  readonly min?: number;
  readonly max?: number;
}

/** One check of a value and all that is in it. Problems come in the order of the shapes' members. */
export class InputCheck implements RunningCheck {
  readonly problems: InputProblem[] = [];
  readonly #checks: ShapeChecks;
  /** The way to the value at hand: names and indexes. A path is printed only for a problem. */
  readonly #steps: (string | number)[] = [];
  /** The objects on that way, to notice one that contains itself. */
  readonly #objects: unknown[] = [];
  /** Whether the value at hand is a part of one that the model calls sensitive. */
  #sensitive = false;
  #stopped = false;

  constructor(checks: ShapeChecks = {}) {
    this.#checks = checks;
  }

  run(shape: Shape, value: unknown): this {
    this.#value(shape, value);
    return this;
  }

  #value(shape: Shape, value: unknown): void {
    const outside = this.#sensitive;
    if (shape.sensitive) this.#sensitive = true;
    if (typeof value !== "object" || value === null) {
      this.#content(shape, value);
    } else if (this.#objects.includes(value)) {
      this.#stop("the object contains itself");
    } else if (this.#objects.length === deepest) {
      this.#stop("the value is nested too deeply");
    } else {
      this.#objects.push(value);
      this.#content(shape, value);
      this.#objects.pop();
    }
    this.#sensitive = outside;
  }

  #content(shape: Shape, value: unknown): void {
    switch (shape.type) {
      case "string":
        if (typeof value === "string") this.#string(shape, value);
        else this.wrong("a string", value);
        break;
      case "boolean":
        if (typeof value !== "boolean") this.wrong("true or false", value);
        break;
      case "timestamp":
        this.#timestamp(value);
        break;
      case "list":
        if (Array.isArray(value)) this.#list(shape, value);
        else this.wrong("an array", value);
        break;
      case "structure":
        if (isRecord(value)) this.#structure(shape, value);
        else this.wrong("an object", value);
        break;
      case "byte":
      case "short":
      case "integer":
        this.number(shape, value, wholeNumbers[shape.type]);
        break;
      default: {
        const check = this.#checks[shape.type] as ShapeCheck<never> | undefined;
        if (!check) throw new TypeError(`the service brings no check of a ${shape.type}`);
        check(this, shape as never, value);
      }
    }
  }

  #string(shape: StringShape, value: string): void {
    const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = shape;
    // A string has at most as many code points as code units, and at least half as many.
    const isCertain = value.length <= max && value.length >= 2 * min;
    const length = isCertain ? value.length : countCodePoints(value);
    if (!isCertain) this.size(shape, length, "characters");
    // A pattern is known to be quick for the lengths that are allowed, and for no others.
    if (pattern !== undefined && (isCertain || length <= max) && !matches(pattern, value)) {
      this.report(`${this.#print(value)} does not match ${pattern}`);
    }
  }

  number(shape: NumberShape, value: unknown, range: NumberRange): void {
    if (!range.accepts(value)) {
      this.wrong(range.description, value);
      return;
    }
    // A bigint is compared as it is: as a number it would be rounded.
    const number = typeof value === "bigint" ? value : Number(value);
    const { min = range.min, max = range.max } = shape;
    if (min !== undefined && number < min) this.report(`${this.#print(value)} is below ${min}`);
    if (max !== undefined && number > max) this.report(`${this.#print(value)} is above ${max}`);
    const isBounded = shape.min !== undefined || shape.max !== undefined;
    if (isBounded && Number.isNaN(number)) this.report("NaN is within no bounds");
  }

  #timestamp(value: unknown): void {
    const time = readTime(value);
    if (time === undefined) this.wrong("a Date", value);
    else if (Number.isNaN(time)) this.report("the Date is invalid");
  }

  #list(shape: ListShape, value: readonly unknown[]): void {
    const known = this.problems.length;
    this.size(shape, value.length, "elements");
    this.elements(shape.member, value, shape.sparse);
    if (!shape.unique || this.#stopped) return;
    // Elements that are wrong need not be comparable.
    const isComparable = (element: unknown): boolean =>
      this.problems.length === known ||
      new InputCheck(this.#checks).run(shape.member, element).problems.length === 0;
    this.#unique(value, isComparable);
  }

  elements(shape: Shape, value: readonly unknown[], sparse?: true): void {
    // `forEach` would skip the holes of an array, which are sent as null.
    for (let index = 0; index < value.length; index += 1) {
      if (value[index] !== null || !sparse) this.#step(index, shape, value[index]);
    }
  }

  #unique(value: readonly unknown[], isComparable: (element: unknown) => boolean): void {
    const seen = new Map<string, number>();
    value.forEach((element, index) => {
      if (!isComparable(element)) return;
      const key = createKey(element);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else this.report(`the elements ${first} and ${index} are equal`);
    });
  }

  #structure(shape: StructureShape, value: { readonly [name: string]: unknown }): void {
    for (const name of shape.required ?? []) {
      if (!Object.hasOwn(value, name) || value[name] === undefined) this.#at(name, "is missing");
    }
    this.members(shape, value);
  }

  members(shape: StructureShape | UnionShape, value: { readonly [name: string]: unknown }): void {
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (!Object.hasOwn(shape.members, name)) {
        this.#at(this.nameOf(shape, name), "is no member of the model");
      } else if (member !== undefined) {
        this.#step(name, shape.members[name] as Shape, member);
      }
    }
  }

  /** A key of a map may be a secret itself. */
  stepInto(key: string, shape: Shape, value: unknown, sensitive?: true): void {
    this.#step(this.#sensitive || sensitive ? concealedKey : key, shape, value);
  }

  /** A name that the model does not have may be anything: someone may have passed a map of secrets. */
  nameOf(shape: StructureShape | UnionShape, name: string): string {
    return this.#sensitive && !Object.hasOwn(shape.members, name) ? concealedKey : name;
  }

  size(
    { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
    size: number,
    unit: string,
  ): void {
    if (size < min) this.report(`${size} ${unit} are fewer than ${min}`);
    if (size > max) this.report(`${size} ${unit} are more than ${max}`);
  }

  #step(step: string | number, shape: Shape, value: unknown): void {
    if (this.#stopped) return;
    this.#steps.push(step);
    this.#value(shape, value);
    this.#steps.pop();
  }

  #at(step: string, message: string): void {
    this.#steps.push(step);
    this.report(message);
    this.#steps.pop();
  }

  /** Objects that refer to each other have more ways through them than can be gone: one is enough. */
  #stop(message: string): void {
    this.report(message);
    this.#stopped = true;
  }

  wrong(expected: string, value: unknown): void {
    this.report(`${this.#print(value)} is not ${expected}`);
  }

  #print(value: unknown): string {
    return this.#sensitive ? "(a sensitive value)" : print(value);
  }

  report(message: string): void {
    this.problems.push({ path: printPath(this.#steps), message });
  }
}

/** How many objects may stand in each other. `JSON` overflows the stack at a few thousand. */
const deepest = 1_000;
const concealedKey = "(a sensitive key)";

const wholeNumbers: { readonly [type in "byte" | "integer" | "short"]: NumberRange } = {
  byte: { description: "a whole number", accepts: isInteger, min: -128, max: 127 },
  short: { description: "a whole number", accepts: isInteger, min: -32_768, max: 32_767 },
  integer: {
    description: "a whole number",
    accepts: isInteger,
    min: -2_147_483_648,
    max: 2_147_483_647,
  },
};

function isInteger(value: unknown): boolean {
  return Number.isInteger(value);
}

/** Without an array of them: a string may be as long as memory allows. */
function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function matches(pattern: RegExp, text: string): boolean {
  // With one of these two flags a pattern begins where its last match ended.
  const isStateful = pattern.global || pattern.sticky;
  const own = isStateful ? new RegExp(pattern, pattern.flags.replace(/[gy]/g, "")) : pattern;
  return own.test(text);
}

/** A text that equal values have in common. */
function createKey(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "bigint" ? String(member) : member,
  );
}

// Dates, bytes and plain objects may come from another realm, such as that of a test runner: what
// they are made of tells, where `instanceof` does not.

function readTime(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** A plain object, or an instance of a class with fields: no Map, Date or other thing with a content that JSON does not see. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return brandOf(value) === "[object Object]";
}

function printPath(steps: readonly (string | number)[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]{0,63}$/u.test(step)) return `[${quote(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** A value for an error message: short, and nothing of what is in an object. */
function print(value: unknown): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
    case "bigint":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return Array.isArray(value) ? "an array" : `an object (${readClassName(value)})`;
    default:
      return `a ${typeof value}`;
  }
}

/** Text in quotes, of at most 64 characters. */
function quote(text: string): string {
  const start = [...text.slice(0, 130)];
  return JSON.stringify(start.length > 64 ? `${start.slice(0, 64).join("")}…` : text);
}

function readClassName(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}
