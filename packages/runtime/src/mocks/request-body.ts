import type { JsonObject } from "../protocol/json.ts";
import type { Shape } from "../shape.ts";

/** The text of a body as it arrived, which a client may have compressed. */
export async function readBodyText(body: Uint8Array, headers: Headers): Promise<string> {
  if (headers.get("content-encoding") !== "gzip") return new TextDecoder().decode(body);
  const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
}

/**
 * Makes of a request's JSON what a service makes of it: members of structures that are `null` are
 * absent ones, while in lists, maps and documents `null` stands for itself. Throws a `TypeError`
 * where a value is of another type than the shape's; what it is besides is for others to check.
 */
export function readWire(shape: Shape, wire: unknown, path = ""): void {
  const expected = jsonTypes[shape.type];
  const found = jsonTypeOf(wire);
  if (!expected.includes(found)) {
    throw new TypeError(`${path || "the body"}: expected ${expected[0]}, got ${found}`);
  }
  switch (shape.type) {
    case "structure":
    case "union":
      readMembers(shape.members, wire as JsonObject, path);
      return;
    case "list":
      (wire as unknown[]).forEach((element, index) => {
        if (element !== null) readWire(shape.member, element, `${path}[${index}]`);
      });
      return;
    case "map":
      for (const value of Object.values(wire as JsonObject)) {
        if (value !== null) readWire(shape.value, value, `${path}.value`);
      }
      return;
    default:
  }
}

function readMembers(
  members: { readonly [name: string]: Shape },
  wire: JsonObject,
  path: string,
): void {
  for (const name of Object.keys(wire)) {
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    if (wire[name] === null && shape?.type !== "document") delete wire[name];
    else if (shape !== undefined)
      readWire(shape, wire[name], path === "" ? name : `${path}.${name}`);
  }
}

type JsonType = "a boolean" | "a list" | "a number" | "a string" | "an object" | "null";

function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "boolean":
      return "a boolean";
    case "string":
      return "a string";
    case "object":
      return "an object";
    // Large numbers are read as `bigint`.
    default:
      return "a number";
  }
}

/** How a value goes over the wire, the usual way first. */
const jsonTypes: { readonly [type in Shape["type"]]: readonly JsonType[] } = {
  bigDecimal: ["a number", "a string"],
  bigInteger: ["a number"],
  blob: ["a string"],
  boolean: ["a boolean"],
  byte: ["a number"],
  document: ["an object", "a boolean", "a list", "a number", "a string", "null"],
  // `NaN` and the infinities are no numbers in JSON.
  double: ["a number", "a string"],
  float: ["a number", "a string"],
  integer: ["a number"],
  list: ["a list"],
  long: ["a number"],
  map: ["an object"],
  short: ["a number"],
  string: ["a string"],
  structure: ["an object"],
  timestamp: ["a number", "a string"],
  union: ["an object"],
};
