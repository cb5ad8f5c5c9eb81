import { HarnessError } from "./harness-error.ts";
import type { Member, Shapes } from "./test-model.ts";
import { typeOf } from "./typed-value.ts";

/**
 * An input with nothing in it but what the model requires: tests of responses do not say what was
 * asked. Constraints are not kept to, so the call has to go without validation.
 */
export function createMinimalInput(shapes: Shapes, operation: string): object {
  const input = shapes[operation]?.input?.target ?? "smithy.api#Unit";
  return createMinimalValue(shapes, input) as object;
}

function createMinimalValue(shapes: Shapes, target: string): unknown {
  const shape = shapes[target];
  const members = Object.entries(shape?.members ?? {});
  const type = typeOf(shapes, target);
  switch (type) {
    case "structure":
      return createMembers(shapes, members.filter(isRequired));
    case "union":
      return createMembers(shapes, members.slice(0, 1));
    case "list":
      return [];
    case "map":
    case "document":
      return {};
    case "enum":
    case "string":
      return "a";
    case "boolean":
      return false;
    case "timestamp":
      return new Date(0);
    case "blob":
      return new Uint8Array();
    case "byte":
    case "double":
    case "float":
    case "intEnum":
    case "integer":
    case "long":
    case "short":
      return 0;
    case "bigInteger":
      return 0n;
    case "bigDecimal":
      return "0";
    default:
      throw new HarnessError(`${target}: there are no values of a ${type}`);
  }
}

function createMembers(shapes: Shapes, members: readonly (readonly [string, Member])[]): object {
  return Object.fromEntries(
    members.map(([name, { target }]) => [name, createMinimalValue(shapes, target)]),
  );
}

function isRequired([, { traits }]: readonly [string, Member]): boolean {
  return traits?.["smithy.api#required"] !== undefined;
}
