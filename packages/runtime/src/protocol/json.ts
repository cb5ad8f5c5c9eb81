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

/** Like `exactJson`, and reads every other number that a double would round as its text. */
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

/** Stands before the text of a number that was turned into a string to get through `JSON.parse`. */
const mark = "\u0000number:";
const stringOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g;

function parseExact(text: string, revive: (digits: string) => unknown): unknown {
  let marked = false;
  // `JSON.parse` hands a number's own text to its reviver only from Node 21 on.
  const prepared = text.replace(stringOrLongNumber, (token) => {
    if (token.startsWith('"')) return token;
    marked = true;
    return JSON.stringify(mark + token);
  });
  if (!marked) return JSON.parse(text);
  return JSON.parse(prepared, (_name, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? revive(value.slice(mark.length)) : value,
  );
}

function reviveInteger(text: string): unknown {
  const number: unknown = JSON.parse(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

function reviveDecimal(text: string): unknown {
  const value = reviveInteger(text);
  return typeof value === "number" && String(value) !== text ? text : value;
}

function stringifyExact(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) {
    return `[${value.map((item) => (item === undefined ? "null" : stringifyExact(item))).join(",")}]`;
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${JSON.stringify(name)}:${stringifyExact(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
