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

/** Where a string begins, or a number that a double might round. */
const quoteOrLongNumber = /"|-?\d(?:[\d.eE+-]{15,}|[\d.]*[eE][\d+-]*)/g;

/** A 64-bit integer has 20 characters; to read one of millions would keep a process busy for seconds. */
const longestNumber = 4_096;

/**
 * `JSON.parse` hands a number's own text to its reviver only from Node 21 on. So the numbers get
 * through as strings, behind a mark that whoever wrote the text could not know.
 */
function parseExact(text: string, revive: (digits: string) => unknown): unknown {
  const mark = createMark();
  const marked = markLongNumbers(text, mark);
  if (marked === text) return JSON.parse(text);
  const { length } = mark;
  return JSON.parse(marked, (_name, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? revive(value.slice(length)) : value,
  );
}

/** Makes marked strings of the numbers. What is no JSON stays none. */
function markLongNumbers(text: string, mark: string): string {
  const parts: string[] = [];
  let copied = 0;
  quoteOrLongNumber.lastIndex = 0;
  for (let found = quoteOrLongNumber.exec(text); found; found = quoteOrLongNumber.exec(text)) {
    const [token] = found;
    const end = token === '"' ? endOfString(text, found.index) : found.index + token.length;
    quoteOrLongNumber.lastIndex = end;
    // A number is no name of a member.
    if (token === '"' || /^\s*:/.test(text.slice(end, end + 64))) continue;
    if (token.length > longestNumber) {
      throw new SyntaxError(`a number of ${token.length} characters is too long`);
    }
    parts.push(text.slice(copied, found.index), `"${mark}${token}"`);
    copied = end;
  }
  return copied === 0 ? text : parts.join("") + text.slice(copied);
}

/** The place behind a string's closing quote, or behind the text where it has none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
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
