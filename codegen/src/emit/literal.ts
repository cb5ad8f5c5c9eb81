import type { Code, CodeValue } from "./code.ts";
import { code, join } from "./code.ts";

// Printed on one line: the formatter breaks what is too long.

export function emitObject(properties: readonly CodeValue[]): Code {
  return properties.length === 0 ? code`{}` : code`{ ${join(properties, ", ")} }`;
}

export function emitArray(elements: readonly CodeValue[]): Code {
  return code`[${join(elements, ", ")}]`;
}

/** The type of no value where there is no member. */
export function emitUnionType(members: readonly CodeValue[]): Code {
  return members.length === 0 ? code`never` : join(members, " | ");
}
