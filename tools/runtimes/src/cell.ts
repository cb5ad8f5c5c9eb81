import type { Result } from "./program/result.ts";

/** A result that must come, and what it has to say. */
export interface Expectation {
  readonly group: string;
  readonly name: string;
  /** `false` for what is known to fail. */
  readonly ok: boolean;
}

/** What came of one group of results in one row of the table. */
export interface Cell {
  readonly group: string;
  readonly state: "failed" | "passed" | "skipped";
  readonly passed: number;
  /** So many failed as they are known to. */
  readonly known: number;
  /** Everything that nobody expected, with the name of the result. */
  readonly problems: readonly string[];
}

/** Compares what came with what must come. A result that is missing is a problem, too. */
export function judgeGroup(
  group: string,
  expectations: readonly Expectation[],
  results: readonly Result[],
): Cell {
  const expected = expectations.filter((expectation) => expectation.group === group);
  const found = results.filter((result) => result.group === group);
  const problems = [
    ...expected.flatMap((expectation) => judgeResult(expectation, found)),
    ...found
      .filter(({ name }) => !expected.some((expectation) => expectation.name === name))
      .map(({ name }) => `${name}: nobody asked for it`),
  ];
  const isMet = (expectation: Expectation): boolean => judgeResult(expectation, found).length === 0;
  const state = expected.length === 0 && found.length === 0 ? "skipped" : "passed";
  return {
    group,
    state: problems.length > 0 ? "failed" : state,
    passed: expected.filter((expectation) => expectation.ok && isMet(expectation)).length,
    known: expected.filter((expectation) => !expectation.ok && isMet(expectation)).length,
    problems,
  };
}

function judgeResult({ name, ok }: Expectation, found: readonly Result[]): readonly string[] {
  const results = found.filter((result) => result.name === name);
  const [result] = results;
  if (result === undefined) return [`${name}: was not run`];
  if (results.length > 1) return [`${name}: was run ${results.length} times`];
  if (result.ok === ok) return [];
  return [ok ? `${name}: ${result.message}` : `${name}: is known to fail, and passes`];
}
