import type { ModelShape } from "./model.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/**
 * Reads a trait of a shape. What is wrong with it is told where it stands in the model's own words,
 * which may be another file than the shape's.
 */
export function atOrigin<Value>(shape: ModelShape, trait: string, read: () => Value): Value {
  const origin = shape.origins?.get(trait);
  if (origin === undefined) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const steps = stepsInto(error.address, [...shape.address, trait]);
    if (steps === undefined) throw error;
    throw new ModelError(origin(steps), error.problem, { cause: error });
  }
}

/** What leads from the trait to the place of the error, where that is inside of it. */
function stepsInto(address: Address, trait: Address): readonly string[] | undefined {
  if (!trait.every((part, index) => address[index] === part)) return undefined;
  const [pointer = "", ...rest] = address.slice(trait.length);
  if (rest.length > 0) return undefined;
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
