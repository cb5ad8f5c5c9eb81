import type { ShapeId } from "../../ir/shape.ts";
import type { JsonObject, Reader } from "../json.ts";
import {
  readBoolean,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  within,
} from "../json.ts";
import type { TraitOrigin } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import { unknownKeyNamespace } from "../traits.ts";
import { anchorPattern } from "./patterns.ts";

/** Traits as they are being collected, by their ids. */
export type TraitEntries = readonly (readonly [id: string, value: unknown])[];

/** A trait that was made of something in another file. */
export interface PlacedTrait {
  readonly trait: string;
  readonly value: unknown;
  readonly origin: TraitOrigin;
}

/** What each key of an object means on its own. */
export interface KeyTable {
  readonly [key: string]: Reader<TraitEntries>;
}

/**
 * The traits that an object's keys stand for. Keys of `others` are read elsewhere. An unknown key
 * becomes a trait that nobody knows: it stops the generation where an operation reaches it, unless
 * an overlay vouches for it.
 */
export function readKeys(
  object: JsonObject,
  address: Address,
  table: KeyTable,
  others: readonly string[],
): ReadonlyMap<string, unknown> {
  const entries = Object.keys(object).flatMap((key): TraitEntries => {
    const readKey = Object.hasOwn(table, key) ? table[key] : undefined;
    if (readKey !== undefined) return readOptional(object, key, address, readKey) ?? [];
    return others.includes(key) ? [] : [[unknownKeyNamespace + key, object[key]]];
  });
  return new Map(entries);
}

/** `"key": true` is a trait without a value, and `false` the same as nothing. */
export function flag(trait: string): Reader<TraitEntries> {
  return (value, address) => (readBoolean(value, address) ? [[trait, {}]] : []);
}

export function text(trait: string): Reader<TraitEntries> {
  return (value, address) => [[trait, readString(value, address)]];
}

/** The trait has the same form: what it says is read where it is used. */
export function same(trait: string): Reader<TraitEntries> {
  return (value, address) => [[trait, readObject(value, address)]];
}

/** A key that needs nothing from a client, or that belongs to protocols of XML. */
export const meaningless: Reader<TraitEntries> = () => [];

/** An empty text is the same as none. */
export const documentationKey: Reader<TraitEntries> = (value, address) => {
  const documentation = readString(value, address);
  return documentation === "" ? [] : [["smithy.api#documentation", documentation]];
};

/** The keys that shapes, members and operations have in common. */
export const describingKeys: KeyTable = {
  documentation: documentationKey,
  documentationUrl: meaningless,
};

export const deprecationKeys = ["deprecated", "deprecatedMessage", "deprecatedSince"] as const;

export function readDeprecation(object: JsonObject, address: Address): TraitEntries {
  const message = readOptional(object, "deprecatedMessage", address, readString);
  const since = readOptional(object, "deprecatedSince", address, readString);
  if (readOptional(object, "deprecated", address, readBoolean) !== true) return [];
  const deprecation = { ...(message !== undefined && { message }), ...(since && { since }) };
  return [["smithy.api#deprecated", deprecation]];
}

export function readPattern(value: unknown, address: Address): TraitEntries {
  return [["smithy.api#pattern", anchorPattern(readString(value, address))]];
}

const timestampFormats = {
  iso8601: "date-time",
  rfc822: "http-date",
  unixTimestamp: "epoch-seconds",
} as const;

export function readTimestampFormat(value: unknown, address: Address): TraitEntries {
  const format = readOneOf(value, address, ["iso8601", "rfc822", "unixTimestamp"]);
  return [["smithy.api#timestampFormat", timestampFormats[format]]];
}

/** The shape that a reference names, by its id. */
export function readTarget(
  reference: JsonObject,
  address: Address,
  namespace: string,
  shapes: { has(id: ShapeId): boolean },
): ShapeId {
  const name = readProperty(reference, "shape", address, readString);
  const id = `${namespace}#${name}`;
  if (shapes.has(id)) return id;
  throw new ModelError(
    within(address, "shape"),
    `the model has no shape ${JSON.stringify(name)}; add the shape or correct the name`,
  );
}
