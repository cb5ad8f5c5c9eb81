import { type Bind, type Branch, negate, type Statement, variablesIn } from "./decision.ts";

/**
 * Turns `if (condition) { long } throw` around, so that what is exceptional stands first and the
 * rest needs no nesting.
 */
export function withGuards(statements: readonly Statement[]): readonly Statement[] {
  const last = statements.at(-1);
  const branch = statements.at(-2);
  if (
    branch?.kind === "branch" &&
    last?.kind === "throw" &&
    branch.body.length > 1 &&
    isFinal(branch.body)
  ) {
    const guard: Branch = {
      kind: "branch",
      tests: branch.tests.map(negate),
      join: "or",
      body: [last],
    };
    return [...withGuards(statements.slice(0, -2)), guard, ...withGuards(branch.body)];
  }
  return statements.map((statement) =>
    statement.kind === "branch" ? { ...statement, body: withGuards(statement.body) } : statement,
  );
}

function isFinal(statements: readonly Statement[]): boolean {
  const last = statements.at(-1)?.kind;
  return last === "return" || last === "throw";
}

export function withoutUnused(statements: readonly Statement[]): readonly Statement[] {
  const used = variablesIn(statements);
  const kept = filterBinds(statements, (bind) => used.has(bind.variable));
  return variablesIn(kept).size === used.size ? kept : withoutUnused(kept);
}

function filterBinds(
  statements: readonly Statement[],
  keep: (bind: Bind) => boolean,
): readonly Statement[] {
  return statements
    .filter((statement) => statement.kind !== "bind" || keep(statement))
    .map((statement) =>
      statement.kind === "branch"
        ? { ...statement, body: filterBinds(statement.body, keep) }
        : statement,
    );
}
