import { type Fault, findFaultProblems } from "./faults.ts";
import { at, InvalidJsonError, JsonReader, type MemberRules } from "./json-problems.ts";

/** Faults from JSON, a list. Throws an `InvalidJsonError` that names every problem with its pointer. */
export function readFaults(json: unknown): readonly Fault[] {
  const reader = new JsonReader();
  if (json === undefined) reader.expect("", json, "an array of faults");
  for (const [value, pointer] of reader.readList(json, "")) {
    const fault = reader.readObject(value, pointer, faultMembers);
    if (fault === undefined) continue;
    for (const { member, message } of findFaultProblems(fault as object as Fault)) {
      reader.report(at(pointer, member), message);
    }
  }
  if (reader.problems.length > 0) {
    throw new InvalidJsonError("the faults are wrong", reader.problems);
  }
  return json as readonly Fault[];
}

const any = { check: () => undefined };

const faultMembers: MemberRules = {
  kind: any,
  operation: any,
  rate: any,
  times: any,
  milliseconds: any,
};
