import { isAlwaysGiven } from "../ir/presence.ts";
import type { Operation } from "../ir/service.ts";
import type { Shape } from "../ir/shape.ts";
import type { SampleEntry, SampleValue } from "./sample-value.ts";

/**
 * A side of the first example that a model gives for an operation. Examples are prose for people,
 * and some models have ones that do not fit their own shapes: those are passed over.
 * @see https://smithy.io/2.0/spec/documentation-traits.html#smithy-api-examples-trait
 */
export function readExample(
  { traits, input, output }: Operation,
  side: "input" | "output",
): SampleValue | undefined {
  const examples = traits.get("smithy.api#examples");
  const shape = side === "input" ? input : output;
  if (!Array.isArray(examples) || shape === undefined) return undefined;
  const example: unknown = examples.find((entry) => isObject(entry) && entry.error === undefined);
  return isObject(example) && example[side] !== undefined
    ? readValue(shape, example[side])
    : undefined;
}

function readValue(shape: Shape, value: unknown): SampleValue | undefined {
  switch (shape.type) {
    case "string":
    case "enum":
    case "bigDecimal":
      return typeof value === "string" ? { kind: "string", value } : undefined;
    case "boolean":
      return typeof value === "boolean" ? { kind: "boolean", value } : undefined;
    case "timestamp":
      return readTimestamp(value);
    case "list":
      return readList(shape.member.target, value);
    case "map":
      return readEntries(value, () => shape.value.target, []);
    case "structure":
    case "union":
      return readEntries(
        value,
        (name) => shape.members.find((member) => member.name === name)?.target,
        shape.members.filter(isAlwaysGiven).map(({ name }) => name),
      );
    case "blob":
    case "document":
    case "bigInteger":
      return undefined;
    default:
      return typeof value === "number" ? { kind: "number", value } : undefined;
  }
}

/** Examples have timestamps as epoch seconds or as RFC 3339. */
function readTimestamp(value: unknown): SampleValue | undefined {
  const date = new Date(typeof value === "number" ? value * 1000 : String(value));
  return Number.isNaN(date.getTime())
    ? undefined
    : { kind: "timestamp", iso: date.toISOString().replace(".000Z", "Z") };
}

function readList(member: Shape, value: unknown): SampleValue | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => readValue(member, item));
  return items.every((item) => item !== undefined) ? { kind: "list", items } : undefined;
}

function readEntries(
  value: unknown,
  shapeOf: (name: string) => Shape | undefined,
  required: readonly string[],
): SampleValue | undefined {
  if (!isObject(value) || !required.every((name) => Object.hasOwn(value, name))) return undefined;
  const entries: SampleEntry[] = [];
  for (const [key, member] of Object.entries(value)) {
    const shape = shapeOf(key);
    const sample = shape === undefined ? undefined : readValue(shape, member);
    if (sample === undefined) return undefined;
    entries.push({ key, value: sample });
  }
  return { kind: "object", entries };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
