/**
 * Reads JSON without rounding: whole numbers beyond 2^53 become `bigint`. `JSON.parse` would make
 * doubles of them, and 1234567890123456789 would equal 1234567890123456800. Not every engine hands
 * a reviver the text of a number, so such numbers travel through `JSON.parse` as marked strings.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text.replace(stringsAndNumbers, markLargeInteger), (_name, value) => {
    if (typeof value === "string" && value.startsWith(mark)) return BigInt(value.slice(1));
    return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? BigInt(value)
      : value;
  });
}

/** Strings are matched only so that the digits in them are left alone. */
const stringsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A character of no text: Unicode says so. */
const mark = "\uFFFF";

function markLargeInteger(token: string): string {
  const isLarge = /^-?[1-9]\d*$/.test(token) && !Number.isSafeInteger(Number(token));
  return isLarge ? `"${mark}${token}"` : token;
}
