import { isValidHostLabel } from "../endpoints/host-label.ts";
import { ConfigurationError } from "../errors.ts";
import type { JsonObject } from "./json.ts";
import { dropNullMembers, isJsonObject, JsonNumber } from "./json.ts";

// What the generated serializers and parsers are made of. A parser gets what a server sent, so it
// checks what it reads: `undefined` and `null` mean that a member is absent.

/** A whole or fractional number of seconds since 1970, with milliseconds. */
export function serializeEpochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** RFC 3339 in UTC, with a fraction only where there is one. */
export function serializeDateTime(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}

/** The date format of HTTP: `Tue, 29 Apr 2014 18:30:38 GMT`, with a fraction only where there is one. */
export function serializeHttpDate(date: Date): string {
  const milliseconds = date.getUTCMilliseconds();
  const text = date.toUTCString();
  return milliseconds === 0
    ? text
    : text.replace(" GMT", `.${String(milliseconds).padStart(3, "0").replace(/0+$/, "")} GMT`);
}

export function serializeBlob(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += chunkLength) {
    text += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return btoa(text);
}

/** JSON has no numbers that are not finite: the protocols send their names. */
export function serializeDouble(value: number): number | string;
export function serializeDouble(value: number | undefined): number | string | undefined;
export function serializeDouble(value: number | undefined): number | string | undefined {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

export function serializeBigDecimal(value: string): JsonNumber {
  return new JsonNumber(value);
}

/** Applies a serializer or a parser to each element of a list; `null` stays. */
export function mapList<From, To>(
  list: readonly (From | null)[],
  convert: (element: From) => To,
): (To | null)[] {
  return list.map((element) => (element === null ? null : convert(element)));
}

/** Applies a serializer or a parser to each value of a map; `null` stays. */
export function mapValues<From, To>(
  map: { readonly [key: string]: From | null },
  convert: (value: From) => To,
): { [key: string]: To | null } {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, value === null ? null : convert(value)]),
  );
}

/** Epoch seconds, or, from a server that strays from the protocol, either of the other two formats. */
export function parseTimestamp(value: unknown): Date {
  const date = new Date(readMilliseconds(value));
  if (Number.isNaN(date.getTime())) throw unreadable("a timestamp", value);
  return date;
}

function readMilliseconds(value: unknown): number {
  if (typeof value === "number") return Math.round(value * 1000);
  // `Date.parse` makes a date of nearly any text, and reads one without an offset as local time.
  return typeof value === "string" && dateTimeOrHttpDate.test(value)
    ? Date.parse(value)
    : Number.NaN;
}

const dateTimeOrHttpDate =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d(?:\.\d+)? GMT)$/i;

export function parseBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw unreadable("base64 text", value);
  const text = decodeBase64(value);
  const bytes = new Uint8Array(text.length);
  // `Uint8Array.from` with a function takes 30 times as long.
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function decodeBase64(value: string): string {
  try {
    return atob(value);
  } catch {
    throw unreadable("base64 text", value);
  }
}

/** A number, whether or not a codec keeps it as `bigint` or text, or the name of one that is not finite. */
export function parseDouble(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || (typeof value === "string" && doubleText.test(value))) {
    return Number(value);
  }
  throw unreadable("a number", value);
}

const doubleText = /^(?:NaN|-?Infinity|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

export function parseBigInteger(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  throw unreadable("a whole number", value);
}

export function parseBigDecimal(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") {
    return String(value);
  }
  throw unreadable("a number", value);
}

/** A JSON value, whose numbers are doubles even where others of the response are kept as `bigint`. */
export function parseDocument(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(parseDocument);
  return isJsonObject(value) ? mapValues(value, parseDocument) : value;
}

export function parseObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw unreadable("an object", value);
}

/** An object in whose output `null` means something elsewhere: here it does not. */
export function parseObjectWithoutNulls(value: unknown): JsonObject {
  const object = parseObject(value);
  dropNullMembers(object);
  return object;
}

/**
 * An object with one member. One that this package does not know becomes `$unknown`, so that a
 * service can add members; `__type` says nothing here.
 */
export function parseUnion(value: unknown, known: readonly string[]): JsonObject {
  const members = Object.entries(parseObjectWithoutNulls(value)).filter(
    ([name]) => name !== "__type",
  );
  const member = members.find(([name]) => known.includes(name)) ?? members[0];
  if (member === undefined) throw unreadable("an object with one member", value);
  return known.includes(member[0]) ? { [member[0]]: member[1] } : { $unknown: member };
}

export function parseList<To>(value: unknown, parse: (element: unknown) => To): (To | null)[] {
  if (!Array.isArray(value)) throw unreadable("a list", value);
  return mapList(value, parse);
}

export function parseMap<To>(
  value: unknown,
  parse: (value: unknown) => To,
): { [key: string]: To | null } {
  return mapValues(parseObject(value), parse);
}

/** A UUID of version 4, for a member that the model calls an idempotency token. */
export function createIdempotencyToken(): string {
  return crypto.randomUUID();
}

/** A member of the input as a part of the host name. Nothing but a label may get in there. */
export function hostLabel(member: string, value: string): string {
  if (isValidHostLabel(value, false)) return value;
  throw new ConfigurationError(
    `${member}: it becomes a part of the host name, so it must be letters, digits and dashes`,
  );
}

/** As many characters as a call can take as arguments in every engine. */
const chunkLength = 8192;

function unreadable(expected: string, value: unknown): TypeError {
  return new TypeError(`expected ${expected}, got ${value === null ? "null" : typeof value}`);
}
