import { keyOf, type Literal, type Test, testKey, type Value } from "./decision.ts";

/** What is known where certain conditions hold and others do not. */
export interface Facts {
  /** How tests came out, by key. */
  readonly tests: ReadonlyMap<string, boolean>;
  /** The literals of which a value equals one, by the value's key. */
  readonly literals: ReadonlyMap<string, readonly Literal["value"][]>;
  /** Groups of tests that do not all hold. */
  readonly failed: readonly (readonly Test[])[];
}

export const noFacts: Facts = { tests: new Map(), literals: new Map(), failed: [] };

/** What is known once a test holds as well. */
export function assume(test: Test, facts: Facts): Facts {
  const subject = keyOf(test.subject);
  const tests = new Map(facts.tests).set(testKey(test), test.holds);
  if (test.kind !== "set" && test.holds) tests.set(`${subject} is set`, true);
  return { ...facts, tests, literals: assumeLiteral(test, facts.literals) };
}

/** What is known where one of several ways may have been taken. */
export function commonFacts([first = noFacts, ...others]: readonly Facts[]): Facts {
  return {
    tests: new Map(
      [...first.tests].filter(([key, outcome]) =>
        others.every(({ tests }) => tests.get(key) === outcome),
      ),
    ),
    literals: new Map(
      [...first.literals].flatMap(([key, values]) => {
        const all = [values, ...others.flatMap(({ literals }) => [literals.get(key) ?? []])];
        const known = all.every((choices) => choices.length > 0);
        return known ? [[key, [...new Set(all.flat())]] as const] : [];
      }),
    ),
    failed: first.failed.filter((group) => others.every(({ failed }) => failed.includes(group))),
  };
}

function assumeLiteral(test: Test, literals: Facts["literals"]): Facts["literals"] {
  if (test.kind !== "equal" || test.other.kind !== "literal") return literals;
  const { value } = test.other;
  const subject = keyOf(test.subject);
  if (test.holds) return new Map(literals).set(subject, [value]);
  const left = literals.get(subject)?.filter((choice) => choice !== value);
  return left === undefined || left.length === 0 ? literals : new Map(literals).set(subject, left);
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
  const [only, ...others] = literalsOf(value, facts) ?? [];
  return others.length === 0 ? only : undefined;
}

function literalsOf(value: Value, facts: Facts): readonly Literal["value"][] | undefined {
  return value.kind === "literal" ? [value.value] : facts.literals.get(keyOf(value));
}

function known(test: Test, facts: Facts): boolean | undefined {
  const outcome = facts.tests.get(testKey(test));
  if (outcome !== undefined) return outcome === test.holds;
  if (test.kind !== "equal") return undefined;
  const left = literalsOf(test.subject, facts);
  const right = literalsOf(test.other, facts);
  if (left === undefined || right === undefined) return undefined;
  if (left.every((value) => !right.includes(value))) return !test.holds;
  return left.length === 1 && right.length === 1 ? test.holds : undefined;
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
