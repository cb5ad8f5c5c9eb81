import { type Code, code } from "../emit/code.ts";
import { emitArray, emitObject } from "../emit/literal.ts";
import { propertyName } from "../ir/naming.ts";
import type { SampleValue } from "./sample-value.ts";

/** Prints a sample as a TypeScript literal, on one line. */
export function emitSample(sample: SampleValue): Code {
  switch (sample.kind) {
    case "bigint":
      return code`${String(sample.value)}n`;
    case "blob":
      return emitBytes(sample.bytes);
    case "list":
      return emitArray(sample.items.map(emitSample));
    case "object":
      return emitObject(
        sample.entries.map(({ key, value }) => code`${literalKey(key)}: ${emitSample(value)}`),
      );
    case "string":
      return code`${JSON.stringify(sample.value)}`;
    case "timestamp":
      return code`new Date(${JSON.stringify(sample.iso)})`;
    default:
      return code`${String(sample.value)}`;
  }
}

/** In a literal, a plain `__proto__` would set the prototype. */
function literalKey(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : propertyName(key);
}

function emitBytes(bytes: readonly number[]): Code {
  const isBlank = bytes.length > 0 && bytes.every((byte) => byte === 0);
  return code`new Uint8Array(${isBlank ? bytes.length : emitArray(bytes)})`;
}
