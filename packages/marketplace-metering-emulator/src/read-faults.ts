import { findFaultProblems } from "./fault-problems.ts";
import type { Fault } from "./faults.ts";
import { at, InvalidJsonError, JsonReader } from "./json-problems.ts";

/** Faults from JSON, a list. Throws an `InvalidJsonError` that names every problem with its pointer. */
export function readFaults(json: unknown): readonly Fault[] {
  const reader = new JsonReader();
  if (json === undefined) reader.expect("", json, "an array of faults");
  for (const [value, pointer] of reader.readList(json, "")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      reader.expect(pointer, value, "an object");
      continue;
    }
    for (const { member, message } of findFaultProblems(value as Fault)) {
      reader.report(at(pointer, member), message);
    }
  }
  if (reader.problems.length > 0) {
    throw new InvalidJsonError("the faults are wrong", reader.problems);
  }
  return json as readonly Fault[];
}
