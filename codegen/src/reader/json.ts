import { type Address, ModelError } from "./model-error.ts";

/**
 * Reading JSON that someone else wrote. Each function takes a value and where it stands. It gives
 * the value under its type, or throws a `ModelError` with what was found and what belongs there.
 *
 *     const parameter = readObject(value, address);
 *     const type = readProperty(parameter, "type", address, readString);
 *     const text = readOptional(parameter, "documentation", address, readString);
 */
export type Reader<Value> = (value: unknown, address: Address) => Value;

export interface JsonObject {
  readonly [name: string]: unknown;
}

/** Text to a JSON value that nothing is known of yet. */
export function parseJson(text: string, address: Address): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(address, `not JSON: ${problem}`, { cause });
  }
}

export function readString(value: unknown, address: Address): string {
  if (typeof value !== "string") throw mismatch(value, address, "a string");
  return value;
}

export function readBoolean(value: unknown, address: Address): boolean {
  if (typeof value !== "boolean") throw mismatch(value, address, "true or false");
  return value;
}

export function readNumber(value: unknown, address: Address): number {
  if (typeof value !== "number") throw mismatch(value, address, "a number");
  return value;
}

export function readInteger(value: unknown, address: Address): number {
  if (!Number.isInteger(value)) throw mismatch(value, address, "a whole number");
  return value as number;
}

export function readArray(value: unknown, address: Address): readonly unknown[] {
  if (!Array.isArray(value)) throw mismatch(value, address, "an array");
  return value;
}

export function readObject(value: unknown, address: Address): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw mismatch(value, address, "an object");
  }
  return value as JsonObject;
}

/** One of the strings given: `readOneOf(value, address, ["client", "server"])`. */
export function readOneOf<const Choice extends string>(
  value: unknown,
  address: Address,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw mismatch(value, address, oneOf(choices));
  return choice;
}

/** An array with each of its items read. */
export function readArrayOf<Item>(
  value: unknown,
  address: Address,
  readItem: Reader<Item>,
): readonly Item[] {
  return readArray(value, address).map((item, index) => readItem(item, within(address, index)));
}

/** An object that is used as a map: any name, and each value read. */
export function readObjectOf<Value>(
  value: unknown,
  address: Address,
  readValue: Reader<Value>,
): { readonly [name: string]: Value } {
  const entries = Object.entries(readObject(value, address));
  return Object.fromEntries(
    entries.map(([name, entry]) => [name, readValue(entry, within(address, name))]),
  );
}

/** A property that must be there. `address` is the object's. */
export function readProperty<Value>(
  object: JsonObject,
  name: string,
  address: Address,
  readValue: Reader<Value>,
): Value {
  return readValue(propertyOf(object, name), within(address, name));
}

/** A property that may be absent. `null` is a value, and not the same. */
export function readOptional<Value>(
  object: JsonObject,
  name: string,
  address: Address,
  readValue: Reader<Value>,
): Value | undefined {
  const value = propertyOf(object, name);
  return value === undefined ? undefined : readValue(value, within(address, name));
}

/** Refuses what nobody would read, so that a misspelt or new property does not pass in silence. */
export function refuseUnknownProperties(
  object: JsonObject,
  known: readonly string[],
  address: Address,
): void {
  for (const name of Object.keys(object)) {
    if (!known.includes(name)) {
      throw new ModelError(
        within(address, name),
        `unknown property; what belongs here is ${oneOf(known)}`,
      );
    }
  }
}

/** The address of a part: the JSON pointer at the end of `address`, some steps longer. */
export function within(address: Address, ...steps: readonly (string | number)[]): Address {
  const path = steps.map((step) => `/${escapeStep(String(step))}`).join("");
  const last = address.at(-1);
  // The first entry is the file, whose path may start with a slash as well.
  return address.length > 1 && last?.startsWith("/")
    ? [...address.slice(0, -1), last + path]
    : [...address, path];
}

/** The error for a value of the wrong kind: `found an array; a string belongs here`. */
export function mismatch(value: unknown, address: Address, expected: string): ModelError {
  return new ModelError(address, `found ${describe(value)}; ${expected} belongs here`);
}

/** `JSON.parse` makes objects with a prototype: `constructor` is there though no one wrote it. */
function propertyOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function oneOf(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  return quoted.length < 2 ? quoted.join() : `one of ${quoted.join(", ")}`;
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
