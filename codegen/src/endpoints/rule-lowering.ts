import type {
  EndpointCondition,
  EndpointParameter,
  EndpointRule,
  EndpointRules,
} from "../ir/endpoint-rules.ts";
import { lowerAssignment, lowerOutcome, whetherMatched } from "./condition-lowering.ts";
import {
  type Bind,
  negate,
  type Statement,
  type Test,
  type Variable,
  variablesIn,
} from "./decision.ts";
import { lowerDiagram } from "./diagram-lowering.ts";
import { assume, decide, noFacts } from "./facts.ts";
import {
  isImplied,
  withGuards,
  withJoinedTests,
  withoutUnused,
  withPlainBranches,
} from "./statement-tidying.ts";
import { type Context, lowerValue, variableValue } from "./value-lowering.ts";

/** A parameter that the outcome depends on. */
export interface ReadParameter {
  readonly parameter: EndpointParameter;
  /** What stands for it in the statements. */
  readonly variable: Variable;
  /** Whether the rules cannot be evaluated without a value. */
  readonly mandatory: boolean;
}

/** Gives the statements of endpoint rules, and those of their parameters that they read. */
export function lowerEndpointRules(rules: EndpointRules): {
  readonly parameters: readonly ReadParameter[];
  readonly statements: readonly Statement[];
} {
  const parameters = rules.parameters.map((parameter) => {
    const { name, type, required, default: defaultValue } = parameter;
    const variable = { name, type: { name: type, optional: !required }, key: name };
    return { parameter, variable, mandatory: required && defaultValue === undefined };
  });
  const scope = new Map(parameters.map(({ variable }) => [variable.name, variableValue(variable)]));
  const context = { scope, available: new Map(), facts: noFacts };
  const lowered =
    "root" in rules
      ? withJoinedTests(withPlainBranches(lowerDiagram(rules.root, context)))
      : lowerRules(rules.rules, context);
  const statements = withoutUnused(withGuards(lowered));
  const used = variablesIn(statements);
  return {
    parameters: parameters.filter(({ variable, mandatory }) => mandatory || used.has(variable)),
    statements,
  };
}

/**
 * The last statement always returns or throws: behind a rule whose conditions hold, no other is
 * looked at.
 */
function lowerRules(rules: readonly EndpointRule[], outer: Context): readonly Statement[] {
  const statements: Statement[] = [];
  let context = outer;
  for (const rule of rules) {
    const match = lowerConditions(rule.conditions, context);
    if (match === undefined) continue;
    statements.push(...nest(match.steps, lowerResult(rule, match.context)));
    const tests = match.steps.filter((step) => step.kind !== "bind");
    if (tests.length === 0) return statements;
    context = behindFailed(tests, leadingBinds(match.steps), context);
  }
  return [...statements, lowerOutcome({ type: "noMatch" }, context)];
}

function lowerResult(rule: EndpointRule, context: Context): readonly Statement[] {
  return rule.type === "tree" ? lowerRules(rule.rules, context) : [lowerOutcome(rule, context)];
}

type Step = Bind | Test;

/** The steps to take before the result of a rule, or nothing where it can never match. */
function lowerConditions(
  conditions: readonly EndpointCondition[],
  outer: Context,
): { readonly steps: readonly Step[]; readonly context: Context } | undefined {
  const steps: Step[] = [];
  let context = outer;
  for (const { call, assign } of conditions) {
    let value = lowerValue(call, context);
    if (assign !== undefined) {
      const assignment = lowerAssignment(assign, value, context);
      if (assignment.step !== undefined) steps.push(assignment.step);
      ({ value, context } = assignment);
    }
    const outcome = decide(whetherMatched(value), context.facts);
    if (outcome === false) return undefined;
    if (outcome === true) continue;
    steps.push(outcome);
    context = { ...context, facts: assume(outcome, context.facts) };
  }
  return { steps: steps.filter((step, index) => !isImplied(step, steps[index + 1])), context };
}

function nest(steps: readonly Step[], body: readonly Statement[]): readonly Statement[] {
  const binds = leadingBinds(steps);
  const behindBinds = steps.slice(binds.length);
  const nextBind = behindBinds.findIndex((step) => step.kind === "bind");
  const end = nextBind === -1 ? behindBinds.length : nextBind;
  const tests = behindBinds.slice(0, end).filter((step) => step.kind !== "bind");
  if (tests.length === 0) return [...binds, ...body];
  return [
    ...binds,
    {
      kind: "branch",
      tests,
      join: "and",
      body: nest(behindBinds.slice(end), body),
      otherwise: [],
    },
  ];
}

function leadingBinds(steps: readonly Step[]): readonly Bind[] {
  const [first, ...others] = steps;
  return first?.kind === "bind" ? [first, ...leadingBinds(others)] : [];
}

function behindFailed(tests: readonly Test[], binds: readonly Bind[], context: Context): Context {
  const [test, ...others] = tests;
  const { facts } = context;
  return {
    ...context,
    available: new Map([
      ...context.available,
      ...binds.map(({ variable }) => [variable.key, variable] as const),
    ]),
    facts:
      test !== undefined && others.length === 0
        ? assume(negate(test), facts)
        : { ...facts, failed: [...facts.failed, tests] },
  };
}
