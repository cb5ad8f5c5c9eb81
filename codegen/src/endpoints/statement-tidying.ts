import {
  type Bind,
  type Branch,
  keyOf,
  negate,
  type Statement,
  type Test,
  type Variable,
  variablesIn,
  withBodies,
} from "./decision.ts";

/**
 * Turns `if (condition) { long } throw` around, so that what is exceptional stands first and the
 * rest needs no nesting.
 */
export function withGuards(statements: readonly Statement[]): readonly Statement[] {
  const last = statements.at(-1);
  const branch = statements.at(-2);
  if (
    branch?.kind === "branch" &&
    branch.otherwise.length === 0 &&
    last?.kind === "throw" &&
    branch.body.length > 1 &&
    isFinal(branch.body)
  ) {
    const guard = { ...negated(branch), body: [last] };
    return [...withGuards(statements.slice(0, -2)), guard, ...withGuards(branch.body)];
  }
  return statements.map((statement) => withBodies(statement, withGuards));
}

/** Leaves out a branch that does nothing, and an `else` behind what never goes on. */
export function withPlainBranches(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => {
    const inner = withBodies(statement, withPlainBranches);
    return inner.kind === "branch" ? plainBranch(inner) : [inner];
  });
}

function plainBranch(branch: Branch): readonly Statement[] {
  const { body, otherwise } = branch;
  if (otherwise.length === 0) return body.length === 0 ? [] : [branch];
  if (isFinal(body)) return [{ ...branch, otherwise: [] }, ...otherwise];
  const turned = { ...negated(branch), body: otherwise };
  if (body.length === 0) return [turned];
  return isFinal(otherwise) ? [turned, ...body] : [branch];
}

/** The same branch with the opposite condition, and nothing in it. */
function negated(branch: Branch): Branch {
  const join = branch.join === "and" ? "or" : "and";
  return { ...branch, tests: branch.tests.map(negate), join, body: [], otherwise: [] };
}

/** Makes one condition of those that stand inside each other, or that lead to the same end. */
export function withJoinedTests(statements: readonly Statement[]): readonly Statement[] {
  const joined: Statement[] = [];
  for (const statement of statements.map((each) => joinNested(withBodies(each, withJoinedTests)))) {
    const last = joined.at(-1);
    const both = last && joinAdjacent(last, statement);
    if (both === undefined) joined.push(statement);
    else joined[joined.length - 1] = both;
  }
  return joinWithEnd(joined);
}

/** `if (!a) return x; if (b) { … } return x;` */
function joinWithEnd(statements: readonly Statement[]): readonly Statement[] {
  const [guard, branch, end] = statements.slice(-3);
  if (guard === undefined || branch === undefined || end === undefined) return statements;
  if (!isPlainBranch(guard) || !isPlainBranch(branch)) return statements;
  if (!isJoinedBy("or", guard) || !isJoinedBy("and", branch)) return statements;
  if (JSON.stringify(guard.body) !== JSON.stringify([end])) return statements;
  const tests = [...guard.tests.map(negate), ...branch.tests];
  return [
    ...statements.slice(0, -3),
    { ...branch, tests: withoutImplied(tests), join: "and" },
    end,
  ];
}

/** `if (a) { if (b) { … } }` */
function joinNested(statement: Statement): Statement {
  if (!isPlainBranch(statement)) return statement;
  const [inner, ...others] = statement.body;
  if (inner === undefined || others.length > 0 || !isPlainBranch(inner)) return statement;
  if (!isJoinedBy("and", statement) || !isJoinedBy("and", inner)) return statement;
  const tests = [...statement.tests, ...inner.tests];
  return { ...inner, tests: withoutImplied(tests), join: "and" };
}

/** `if (a) return x; if (b) return x;` */
function joinAdjacent(first: Statement, second: Statement): Statement | undefined {
  if (!isPlainBranch(first) || !isPlainBranch(second)) return undefined;
  if (!isJoinedBy("or", first) || !isJoinedBy("or", second)) return undefined;
  if (first.body.length > 1 || !isFinal(first.body)) return undefined;
  if (JSON.stringify(first.body) !== JSON.stringify(second.body)) return undefined;
  return { ...second, tests: [...first.tests, ...second.tests], join: "or" };
}

function isPlainBranch(statement: Statement): statement is Branch {
  return statement.kind === "branch" && statement.otherwise.length === 0;
}

function isJoinedBy(join: Branch["join"], branch: Branch): boolean {
  return branch.join === join || branch.tests.length === 1;
}

function withoutImplied(tests: readonly Test[]): readonly Test[] {
  return tests.filter((test, index) => !isImplied(test, tests[index + 1]));
}

/** `x !== undefined` says no more than the `x === "text"` behind it. */
export function isImplied(step: Test | Bind, next: Test | Bind | undefined): boolean {
  return (
    step.kind === "set" &&
    step.holds &&
    next?.kind === "equal" &&
    next.holds &&
    next.other.kind === "literal" &&
    keyOf(next.subject) === keyOf(step.subject)
  );
}

function isFinal(statements: readonly Statement[]): boolean {
  const last = statements.at(-1)?.kind;
  return last === "return" || last === "throw" || last === "leave";
}

export function withoutUnused(statements: readonly Statement[]): readonly Statement[] {
  const used = variablesIn(statements);
  const kept = withoutVariables(statements, (variable) => !used.has(variable));
  return variablesIn(kept).size === used.size ? kept : withoutUnused(kept);
}

function withoutVariables(
  statements: readonly Statement[],
  isUnused: (variable: Variable) => boolean,
): readonly Statement[] {
  return statements
    .filter((statement) => !("variable" in statement && isUnused(statement.variable)))
    .map((statement) => withBodies(statement, (body) => withoutVariables(body, isUnused)));
}
