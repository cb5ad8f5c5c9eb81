import { type Code, code } from "../emit/code.ts";
import { propertyName } from "../ir/naming.ts";
import type { SampleEntry, SampleValue } from "./sample-value.ts";

export interface LiteralOptions {
  /** How many columns there are from where the literal begins; a longer one goes over lines. 80 if absent. */
  readonly width?: number | undefined;
}

/** Prints a sample as a TypeScript literal, on one line where it fits. */
export function emitSample(sample: SampleValue, options: LiteralOptions = {}): Code {
  const { width = 80 } = options;
  return code`${printLines(sample, { indentation: 0, before: 0, width })}`;
}

/** The room that a literal has. */
interface Room {
  /** Of the line that it begins on, and that its last line takes up again. */
  readonly indentation: number;
  /** How many characters stand before it on its first line, after the indentation, or will behind it. */
  readonly before: number;
  readonly width: number;
}

function printLines(sample: SampleValue, room: Room): string {
  const flat = printFlat(sample);
  const { indentation, before, width } = room;
  if (indentation + before + flat.length <= width) return flat;
  const inner = " ".repeat(indentation + 2);
  const outer = " ".repeat(indentation);
  const rows = (lines: readonly string[]): string =>
    lines.map((line) => `${inner}${line},\n`).join("");
  const within = (text: number): Room => ({
    indentation: indentation + 2,
    before: text + ",".length,
    width,
  });
  if (sample.kind === "list" && sample.items.length > 0) {
    return `[\n${rows(sample.items.map((item) => printLines(item, within(0))))}${outer}]`;
  }
  if (sample.kind === "object" && sample.entries.length > 0) {
    const lines = sample.entries.map(({ key, value }) => {
      const name = `${printKey(key)}: `;
      return name + printLines(value, within(name.length));
    });
    return `{\n${rows(lines)}${outer}}`;
  }
  return flat;
}

function printFlat(sample: SampleValue): string {
  switch (sample.kind) {
    case "bigint":
      return `${sample.value}n`;
    case "blob":
      return printBytes(sample.bytes);
    case "list":
      return `[${sample.items.map(printFlat).join(", ")}]`;
    case "object":
      return sample.entries.length === 0
        ? "{}"
        : `{ ${sample.entries.map(printEntry).join(", ")} }`;
    case "string":
      return JSON.stringify(sample.value);
    case "timestamp":
      return `new Date(${JSON.stringify(sample.iso)})`;
    default:
      return String(sample.value);
  }
}

function printEntry({ key, value }: SampleEntry): string {
  return `${printKey(key)}: ${printFlat(value)}`;
}

/** In a literal, a plain `__proto__` would set the prototype. */
function printKey(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : propertyName(key);
}

function printBytes(bytes: readonly number[]): string {
  const isBlank = bytes.length > 0 && bytes.every((byte) => byte === 0);
  return `new Uint8Array(${isBlank ? bytes.length : `[${bytes.join(", ")}]`})`;
}
