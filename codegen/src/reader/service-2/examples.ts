import type { ShapeId } from "../../ir/shape.ts";
import {
  readArrayOf,
  readObject,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "../json.ts";
import type { Address } from "../model-error.ts";
import type { PlacedTrait } from "./keys.ts";
import type { Operations } from "./operations.ts";
import { findOperation } from "./operations.ts";

/** Reads `examples-1.json`, whose examples are those of Smithy's trait under other words. */
export function readExamples(
  value: unknown,
  address: Address,
  operations: Operations,
): ReadonlyMap<ShapeId, PlacedTrait> {
  const document = readObject(value, address);
  refuseUnknownProperties(document, ["version", "examples"], address);
  const examples = readProperty(document, "examples", address, readObject);
  return new Map(
    Object.keys(examples).map((name) => {
      const at = within(address, "examples", name);
      const list = readArrayOf(examples[name], at, readExample);
      const trait = "smithy.api#examples";
      const origin = (steps: readonly string[]): Address => within(at, ...steps);
      return [findOperation(operations, name, at).id, { trait, value: list, origin }];
    }),
  );
}

function readExample(value: unknown, address: Address): object {
  const example = readObject(value, address);
  const documentation = readOptional(example, "description", address, readString);
  return {
    title: readOptional(example, "title", address, readString) ?? "",
    ...(documentation !== undefined && { documentation }),
    input: readOptional(example, "input", address, readObject) ?? {},
    output: readOptional(example, "output", address, readObject) ?? {},
  };
}
