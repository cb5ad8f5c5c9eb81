/** An object as `JSON.parse` gives it. */
export interface JsonObject {
  [name: string]: unknown;
}

/** How JSON is read and written. */
export interface JsonCodec {
  readonly parse: (text: string) => unknown;
  readonly stringify: (value: unknown) => string;
}

/** A number as JSON text, for decimals that a double would round. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Reads whole numbers beyond 2^53 as `bigint`, and writes `bigint` and `JsonNumber` as JSON numbers.
 * Plain `JSON` rounds the former and refuses the latter.
 */
export const exactJson: JsonCodec = {
  parse: (text) => parseExact(text, reviveInteger),
  stringify: stringifyExact,
};

/** Like `exactJson`, and reads every other number that a double might round as its text. */
export const decimalJson: JsonCodec = {
  parse: (text) => parseExact(text, reviveDecimal),
  stringify: stringifyExact,
};

/** Reads a body that must be an object; nothing at all counts as an empty one. */
export function parseJsonObject(text: string, parse: (text: string) => unknown): JsonObject {
  if (text === "") return {};
  const value = parse(text);
  if (isJsonObject(value)) return value;
  throw new SyntaxError("the body is JSON, but no object");
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Removes the members of an object that are `null`: to the awsJson protocols they are the same as absent ones. */
export function dropNullMembers(value: JsonObject): void {
  for (const name of Object.keys(value)) if (value[name] === null) delete value[name];
}

/** Does `dropNullMembers` for every object inside a value. Elements of lists that are `null` stay. */
export function dropNullMembersDeep(value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value) dropNullMembersDeep(element);
  } else if (isJsonObject(value)) {
    dropNullMembers(value);
    for (const name of Object.keys(value)) dropNullMembersDeep(value[name]);
  }
}

/** A string, also one that does not end, or a number that a double might round. */
const stringOrLongNumber =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\d(?:[\d.eE+-]{15,}|[\d.]*[eE][\d+-]*)/g;

/**
 * `JSON.parse` hands a number's own text to its reviver only from Node 21 on. So the numbers get
 * through as strings, behind a mark that whoever wrote the text could not know.
 */
function parseExact(text: string, revive: (digits: string) => unknown): unknown {
  let mark: string | undefined;
  const prepared = text.replace(stringOrLongNumber, (token) => {
    if (token.startsWith('"')) return token;
    mark ??= createMark();
    return `"${mark}${token}"`;
  });
  if (mark === undefined) return JSON.parse(text);
  const { length } = mark;
  return JSON.parse(prepared, (_name, value: unknown) =>
    typeof value === "string" && value.startsWith(mark as string)
      ? revive(value.slice(length))
      : value,
  );
}

function reviveInteger(text: string): unknown {
  const number: unknown = JSON.parse(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

function reviveDecimal(text: string): unknown {
  const value = reviveInteger(text);
  return typeof value !== "number" || isExact(value, text) ? value : text;
}

/** A double has 15 digits, whatever they are, unless the number is very large or very small. */
function isExact(value: number, text: string): boolean {
  const digits = text.replace(/[eE].*|\D/g, "");
  const size = Math.abs(value);
  return String(value) === text || (digits.length <= 15 && size > 1e-300 && size < 1e300);
}

/** Like `JSON.stringify`; here too the numbers get through as strings behind a mark. */
function stringifyExact(value: unknown): string {
  const mark = createMark();
  const text = JSON.stringify(value, function (this: JsonObject, name, member: unknown) {
    // `member` is what a `toJSON` made, and many programs give `BigInt` one that makes text.
    const original = this[name];
    if (typeof original === "bigint") return `${mark}${original}`;
    return original instanceof JsonNumber ? `${mark}${original.text}` : member;
  });
  return text.replaceAll(new RegExp(`"${mark}([^"]*)"`, "g"), "$1");
}

/** Not a UUID: tests make those predictable, and then they stand in the text, too. */
function createMark(): string {
  return `number:${Math.random()}:`;
}
