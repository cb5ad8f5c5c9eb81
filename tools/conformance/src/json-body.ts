import { parseExactJson } from "./exact-json.ts";
import { compareValues } from "./value-comparison.ts";

/** Compares by meaning: white space, the order of members and the spelling of numbers do not count. */
export function compareJson(expected: Uint8Array, actual: Uint8Array): readonly string[] {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(actual);
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    return [`body: expected JSON, found ${JSON.stringify(text.slice(0, 100))}`];
  }
  return compareValues(parseExactJson(new TextDecoder().decode(expected)), value, "body");
}
