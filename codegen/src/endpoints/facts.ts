import { keyOf, type Literal, type Test, testKey, type Value } from "./decision.ts";

/** What is known where certain conditions hold and others do not. */
export interface Facts {
  /** How tests came out, by key. */
  readonly tests: ReadonlyMap<string, boolean>;
  /** The literal that a value equals, by the value's key. */
  readonly literals: ReadonlyMap<string, Literal["value"]>;
  /** Groups of tests that do not all hold. */
  readonly failed: readonly (readonly Test[])[];
}

export const noFacts: Facts = { tests: new Map(), literals: new Map(), failed: [] };

/** What is known once a test holds as well. */
export function assume(test: Test, facts: Facts): Facts {
  const subject = keyOf(test.subject);
  const tests = new Map(facts.tests).set(testKey(test), test.holds);
  if (test.kind !== "set" && test.holds) tests.set(`${subject} is set`, true);
  return test.kind === "equal" && test.holds && test.other.kind === "literal"
    ? { ...facts, tests, literals: new Map(facts.literals).set(subject, test.other.value) }
    : { ...facts, tests };
}

/** How a test comes out where that is known, or the test. */
export function decide(test: Test | boolean, facts: Facts): Test | boolean {
  if (typeof test === "boolean") return test;
  return known(test, facts) ?? implied(test, facts) ?? test;
}

export function isOptional(value: Value, facts: Facts): boolean {
  return value.type.optional && facts.tests.get(`${keyOf(value)} is set`) !== true;
}

export function literalOf(value: Value, facts: Facts): Literal["value"] | undefined {
  return value.kind === "literal" ? value.value : facts.literals.get(keyOf(value));
}

function known(test: Test, facts: Facts): boolean | undefined {
  const outcome = facts.tests.get(testKey(test));
  if (outcome !== undefined) return outcome === test.holds;
  if (test.kind !== "equal") return undefined;
  const left = literalOf(test.subject, facts);
  const right = literalOf(test.other, facts);
  return left === undefined || right === undefined ? undefined : (left === right) === test.holds;
}

/** Where all tests of a failed group but one are known to hold, the one does not. */
function implied(test: Test, facts: Facts): boolean | undefined {
  for (const group of facts.failed) {
    const [open, ...others] = group.filter((member) => known(member, facts) !== true);
    if (open === undefined || others.length > 0 || testKey(open) !== testKey(test)) continue;
    const outcome = open.holds !== test.holds;
    // The compiler cannot follow this far: it needs to see that a value is set.
    if (outcome && test.kind === "set" && test.holds) continue;
    return outcome;
  }
  return undefined;
}
