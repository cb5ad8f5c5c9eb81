/**
 * Reads JSON without rounding: whole numbers beyond 2^53 become `bigint`. `JSON.parse` would make
 * doubles of them, and 1234567890123456789 would equal 1234567890123456800.
 */
export function parseExactJson(text: string): unknown {
  return parse(text, (_name, value, { source }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? readInteger(source, value)
      : value,
  );
}

function readInteger(source: string | undefined, value: number): bigint {
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : BigInt(value);
}

/** Hands a reviver the text that a value was read from; TypeScript's library does not know it yet. */
const parse = JSON.parse as (
  text: string,
  revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
