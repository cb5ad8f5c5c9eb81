import type { JsonObject } from "../protocol/json.ts";
import { dropNullMembers, isJsonObject } from "../protocol/json.ts";
import type { Shape } from "../shape.ts";

/** The text of a body as it arrived, which a client may have compressed. */
export async function readBodyText(body: Uint8Array, headers: Headers): Promise<string> {
  if (headers.get("content-encoding") !== "gzip") return new TextDecoder().decode(body);
  const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
}

/**
 * Removes the members of structures that are `null`: to a service they are the same as absent ones.
 * In lists, maps and documents `null` stands for itself.
 */
export function dropNulls(shape: Shape, wire: unknown): void {
  switch (shape.type) {
    case "structure":
    case "union":
      if (isJsonObject(wire)) dropNullsOfMembers(shape.members, wire);
      return;
    case "list":
      if (Array.isArray(wire)) for (const element of wire) dropNulls(shape.member, element);
      return;
    case "map":
      if (isJsonObject(wire))
        for (const key of Object.keys(wire)) dropNulls(shape.value, wire[key]);
      return;
    default:
  }
}

function dropNullsOfMembers(members: { readonly [name: string]: Shape }, wire: JsonObject): void {
  const documents = Object.keys(wire).filter(
    (name) => wire[name] === null && Object.hasOwn(members, name) && isDocument(members[name]),
  );
  dropNullMembers(wire);
  for (const name of documents) wire[name] = null;
  for (const name of Object.keys(wire)) {
    if (Object.hasOwn(members, name)) dropNulls(members[name] as Shape, wire[name]);
  }
}

function isDocument(shape: Shape | undefined): boolean {
  return shape?.type === "document";
}
