import { type Fault, faultMembers, findFaultProblems } from "./faults.ts";
import { at, InvalidJsonError, JsonReader } from "./json-problems.ts";

/** Faults from JSON, a list. Throws an `InvalidJsonError` that names every problem with its pointer. */
export function readFaults(json: unknown): readonly Fault[] {
  const reader = new JsonReader();
  if (json === undefined) reader.expect("", json, "an array of faults");
  for (const [value, pointer] of reader.readList(json, "")) {
    const fault = reader.readObject(value, pointer, memberRules);
    if (fault === undefined) continue;
    for (const { member, message } of findFaultProblems(fault as object as Fault)) {
      // The reader has named what is unknown.
      if (faultMembers.includes(member)) reader.report(at(pointer, member), message);
    }
  }
  if (reader.problems.length > 0) {
    throw new InvalidJsonError("the faults are wrong", reader.problems);
  }
  return json as readonly Fault[];
}

/** What members have to be is the same for faults that are no JSON. */
const memberRules = Object.fromEntries(
  faultMembers.map((name) => [name, { check: () => undefined }]),
);
