import { HarnessError } from "./harness-error.ts";
import { nameOf, type Shapes } from "./test-model.ts";

interface JsonObject {
  readonly [name: string]: unknown;
}

/**
 * Makes the value that a caller of a generated client has of the `params` of a test: dates and blobs
 * become `Date` and `Uint8Array`, and the names of numbers that JSON has not become those numbers.
 *
 * `null` for a member of a structure is `undefined`: our types have no other word for a member that
 * is explicitly not there.
 */
export function toTypedValue(shapes: Shapes, target: string, value: unknown): unknown {
  const shape = shapes[target];
  switch (typeOf(shapes, target)) {
    case "structure":
    case "union":
      return mapObject(value, (member, name) => {
        const definition = shape?.members?.[name];
        if (definition === undefined) {
          throw new HarnessError(`${target}: has no member ${name}, and a test gives it`);
        }
        return member === null ? undefined : toTypedValue(shapes, definition.target, member);
      });
    case "list":
      return (value as readonly unknown[]).map((element) =>
        element === null ? null : toTypedValue(shapes, shape?.member?.target ?? "", element),
      );
    case "map":
      return mapObject(value, (element) =>
        element === null ? null : toTypedValue(shapes, shape?.value?.target ?? "", element),
      );
    case "timestamp":
      return new Date(Math.round(Number(value) * 1000));
    case "blob":
      return new TextEncoder().encode(String(value));
    case "float":
    case "double":
      return Number(value);
    case "bigInteger":
      return BigInt(value as number);
    case "bigDecimal":
      return String(value);
    default:
      return value;
  }
}

/** The type of a shape, also of one of those that every model has: `smithy.api#Timestamp` is a `timestamp`. */
export function typeOf(shapes: Shapes, target: string): string {
  const shape = shapes[target];
  if (shape !== undefined) return shape.type;
  if (target === "smithy.api#Unit") return "structure";
  if (target.startsWith("smithy.api#")) {
    const name = nameOf(target).replace(/^Primitive/, "");
    return name.charAt(0).toLowerCase() + name.slice(1);
  }
  throw new HarnessError(`${target}: is not in the model`);
}

function mapObject(
  value: unknown,
  convert: (member: unknown, name: string) => unknown,
): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, member]) => [name, convert(member, name)]),
  );
}
