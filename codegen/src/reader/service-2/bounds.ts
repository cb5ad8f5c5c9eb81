import type { JsonObject, Reader } from "../json.ts";
import { mismatch, readInteger, readNumber, readOptional, within } from "../json.ts";
import type { ShapeType } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import type { TraitEntries } from "./keys.ts";

export const boundKeys = ["max", "min"] as const;

/** `min` and `max` bound what a number is, and how long anything else is. */
export function readBounds(object: JsonObject, type: ShapeType, address: Address): TraitEntries {
  const isNumber = numberTypes.includes(type);
  const readBound = isNumber ? readNumber : readLength;
  const min = readOptional(object, "min", address, readBound);
  const max = readOptional(object, "max", address, readBound);
  if (min === undefined && max === undefined) return [];
  if (min !== undefined && max !== undefined && min > max) {
    throw new ModelError(within(address, "min"), `min ${min} is above max ${max}`);
  }
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return [[isNumber ? "smithy.api#range" : "smithy.api#length", bounds]];
}

const numberTypes: readonly ShapeType[] = [
  ...(["bigDecimal", "bigInteger", "byte", "double"] as const),
  ...(["float", "integer", "long", "short"] as const),
];

const readLength: Reader<number> = (value, address) => {
  const length = readInteger(value, address);
  if (length < 0) throw mismatch(value, address, "a length from 0");
  return length;
};
