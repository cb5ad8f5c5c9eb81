import type {
  EndpointCondition,
  EndpointParameter,
  EndpointRule,
  EndpointRuleSet,
} from "../ir/endpoint-rules.ts";
import {
  type Bind,
  keyOf,
  negate,
  type Statement,
  type Test,
  type Value,
  type Variable,
  variablesIn,
} from "./decision.ts";
import { assume, decide, noFacts } from "./facts.ts";
import { withGuards, withoutUnused } from "./statement-tidying.ts";
import {
  booleanLiteral,
  type Context,
  lowerProperty,
  lowerValue,
  textLiteral,
  variableValue,
  whetherTrue,
} from "./value-lowering.ts";

/** A parameter that the outcome depends on. */
export interface ReadParameter {
  readonly parameter: EndpointParameter;
  /** What stands for it in the statements. */
  readonly variable: Variable;
  /** Whether the rules cannot be evaluated without a value. */
  readonly mandatory: boolean;
}

/** Gives the statements of a rule set, and those of its parameters that they read. */
export function lowerEndpointRules(ruleSet: EndpointRuleSet): {
  readonly parameters: readonly ReadParameter[];
  readonly statements: readonly Statement[];
} {
  const parameters = ruleSet.parameters.map((parameter) => {
    const { name, type, required, default: defaultValue } = parameter;
    const variable = { name, type: { name: type, optional: !required }, key: name };
    return { parameter, variable, mandatory: required && defaultValue === undefined };
  });
  const scope = new Map(parameters.map(({ variable }) => [variable.name, variableValue(variable)]));
  const lowered = lowerRules(ruleSet.rules, { scope, available: new Map(), facts: noFacts });
  const statements = withoutUnused(withGuards(lowered));
  const used = variablesIn(statements);
  return {
    parameters: parameters.filter(({ variable, mandatory }) => mandatory || used.has(variable)),
    statements,
  };
}

const noRuleMatches = textLiteral("No endpoint rule matches these parameters");

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
  return [...statements, { kind: "throw", message: noRuleMatches }];
}

function lowerResult(rule: EndpointRule, context: Context): readonly Statement[] {
  switch (rule.type) {
    case "tree":
      return lowerRules(rule.rules, context);
    case "error":
      return [{ kind: "throw", message: lowerValue(rule.error, context) }];
    case "endpoint": {
      const { authSchemes } = rule.properties;
      return [
        {
          kind: "return",
          url: lowerValue(rule.url, context),
          headers: Object.fromEntries(
            Object.entries(rule.headers).map(([name, values]) => [
              name,
              values.map((value) => lowerValue(value, context)),
            ]),
          ),
          authSchemes: authSchemes && lowerProperty(authSchemes, context),
        },
      ];
    }
  }
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

/** A variable for a value, unless another one has it already or the value says it as shortly. */
function lowerAssignment(
  name: string,
  value: Value,
  context: Context,
): { readonly step: Bind | undefined; readonly value: Value; readonly context: Context } {
  const scopeWith = (assigned: Value): Context["scope"] =>
    new Map([...context.scope, [name, assigned]]);
  if (value.type.name === "boolean") {
    // Behind its condition, a boolean is true.
    const scope = scopeWith(booleanLiteral(true));
    return { step: undefined, value, context: { ...context, scope } };
  }
  if (value.kind === "literal" || value.kind === "variable") {
    return { step: undefined, value, context: { ...context, scope: scopeWith(value) } };
  }
  const key = keyOf(value);
  const known = context.available.get(key);
  const variable = known ?? { name, type: value.type, key };
  const assigned = variableValue(variable);
  return {
    step: known === undefined ? { kind: "bind", variable, value } : undefined,
    value: assigned,
    context: {
      ...context,
      scope: scopeWith(assigned),
      available: new Map([...context.available, [key, variable]]),
    },
  };
}

/** `x !== undefined` says no more than the `x === "text"` behind it. */
function isImplied(step: Step, next: Step | undefined): boolean {
  return (
    step.kind === "set" &&
    step.holds &&
    next?.kind === "equal" &&
    next.holds &&
    next.other.kind === "literal" &&
    keyOf(next.subject) === keyOf(step.subject)
  );
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
    { kind: "branch", tests, join: "and", body: nest(behindBinds.slice(end), body) },
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

/** A condition holds where its call gives neither false nor nothing. */
function whetherMatched(value: Value): Test | boolean {
  if (value.type.name === "boolean") return whetherTrue(value);
  return value.type.optional ? { kind: "set", subject: value, holds: true } : true;
}
