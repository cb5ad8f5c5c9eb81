import type {
  EndpointCall,
  EndpointDecision,
  EndpointExpression,
  EndpointStep,
} from "../ir/endpoint-rules.ts";
import { lowerAssignment, lowerOutcome, whetherMatched } from "./condition-lowering.ts";
import {
  type Assign,
  type Bind,
  type Branch,
  bodiesOf,
  type Declare,
  keyOf,
  negate,
  type Statement,
  type Test,
  type Value,
  type Variable,
} from "./decision.ts";
import { assume, commonFacts, decide, isOptional } from "./facts.ts";
import { createStepGraph, type StepGraph } from "./step-graph.ts";
import { type Context, lowerValue, variableValue } from "./value-lowering.ts";

/**
 * Gives the statements of a decision diagram, each decision once: what several ways lead to stands
 * behind the statements in which these ways part. Only ends (one statement each) are repeated.
 */
export function lowerDiagram(root: EndpointStep, context: Context): readonly Statement[] {
  if (root.type !== "decision") return [lowerOutcome(root, context)];
  return new DiagramLowering(createStepGraph(root)).decision(root, {
    context,
    declared: new Map(),
    next: undefined,
  });
}

/** Where statements stand. */
interface Place {
  readonly context: Context;
  /** Variables that wait for their value, by the name that a condition gives it. */
  readonly declared: ReadonlyMap<string, Variable>;
  /** The decision that stands right behind. */
  readonly next: EndpointDecision | undefined;
}

class DiagramLowering {
  private readonly graph: StepGraph;
  /** What is known on the ways to a decision. */
  private readonly arrivals = new Map<EndpointDecision, Context[]>();
  private readonly labels = new Map<EndpointDecision, string>();

  constructor(graph: StepGraph) {
    this.graph = graph;
  }

  decision(decision: EndpointDecision, place: Place): readonly Statement[] {
    const joins = this.graph.joins.get(decision) ?? [];
    const early = this.assignEarly(decision, joins, place);
    const { declared } = early;
    const { steps, test, whenTrue, whenFalse } = lowerCondition(decision, early);
    const around = { declared, next: joins[0] ?? place.next };
    let statements: readonly Statement[] =
      typeof test === "boolean"
        ? this.step(test ? decision.whenTrue : decision.whenFalse, {
            ...around,
            context: test ? whenTrue : whenFalse,
          })
        : this.branch(decision, test, whenTrue, whenFalse, around);
    joins.forEach((join, index) => {
      const ways = this.arrivals.get(join);
      if (ways === undefined) return;
      statements = [
        ...this.block(join, statements),
        ...this.decision(join, {
          declared,
          context: commonContext(ways, whenFalse.available),
          next: joins[index + 1] ?? place.next,
        }),
      ];
    });
    return [...early.steps, ...steps, ...statements];
  }

  /** The way to a step, from a place behind which `next` stands. */
  private step(step: EndpointStep, place: Place): readonly Statement[] {
    if (step.type !== "decision") return [lowerOutcome(step, place.context)];
    if (!this.graph.joined.has(step)) return this.decision(step, place);
    this.arrivals.set(step, [...(this.arrivals.get(step) ?? []), place.context]);
    return step === place.next ? [] : [{ kind: "leave", label: this.labelOf(step) }];
  }

  private branch(
    decision: EndpointDecision,
    test: Test,
    whenTrue: Context,
    whenFalse: Context,
    around: Omit<Place, "context">,
  ): readonly Statement[] {
    const ways = [
      { test, step: decision.whenTrue, context: whenTrue },
      { test: negate(test), step: decision.whenFalse, context: whenFalse },
    ] as const;
    const { next } = around;
    const [first, second] = this.isInside(ways[1].step, ways[0].step, next)
      ? [ways[1], ways[0]]
      : ways;
    const needsElse =
      second.step !== next && this.leadsTo(first.step, next) && this.leadsTo(second.step, next);
    const insideNext = needsElse || second.step === next ? next : undefined;
    const body = this.step(first.step, { ...around, context: first.context, next: insideNext });
    const rest = this.step(second.step, { ...around, context: second.context });
    const branch: Branch = {
      kind: "branch",
      tests: [first.test],
      join: "and",
      body,
      otherwise: needsElse ? rest : [],
    };
    return needsElse ? [branch] : [branch, ...rest];
  }

  /**
   * Whether a way stands inside the branch and the other one behind it: not the one that goes on
   * behind, and rather an end, or what does not come back.
   */
  private isInside(
    step: EndpointStep,
    other: EndpointStep,
    next: EndpointDecision | undefined,
  ): boolean {
    if (step === next || other === next) return other === next;
    if (step.type !== "decision" || other.type !== "decision") return other.type === "decision";
    return this.leadsTo(other, next) && !this.leadsTo(step, next);
  }

  private leadsTo(step: EndpointStep, next: EndpointDecision | undefined): boolean {
    if (next === undefined || step.type !== "decision") return false;
    return this.graph.reach.get(step)?.decisions.has(next) ?? false;
  }

  private block(join: EndpointDecision, body: readonly Statement[]): readonly Statement[] {
    const label = this.labels.get(join);
    return label !== undefined && leaves(body, label) ? [{ kind: "block", label, body }] : body;
  }

  private labelOf(join: EndpointDecision): string {
    const label =
      this.labels.get(join) ?? `rest${this.labels.size === 0 ? "" : this.labels.size + 1}`;
    this.labels.set(join, label);
    return label;
  }

  /**
   * Sees to what several decisions assign, and what they lead to together reads: computes it before
   * they part where it can be, and declares a variable for it otherwise.
   */
  private assignEarly(
    decision: EndpointDecision,
    joins: readonly EndpointDecision[],
    place: Place,
  ): EarlyAssignments {
    let { context } = place;
    const declared = new Map(place.declared);
    const steps: (Bind | Declare)[] = [];
    for (const [name, assigning] of this.assignedForJoins(decision, joins)) {
      if (declared.has(name) || context.scope.has(name)) continue;
      const { condition, gives } = assigning;
      if (isComputable(condition.call, context)) {
        const { step, context: behind } = lowerAssignment(
          name,
          lowerValue(condition.call, context),
          context,
        );
        if (step !== undefined) steps.push(step);
        context = { ...context, available: behind.available };
      } else {
        const variable = { name, type: { ...gives, optional: true }, key: name };
        declared.set(name, variable);
        steps.push({ kind: "declare", variable });
      }
    }
    return { steps, declared, context };
  }

  /** What is assigned behind a decision and read where ways from it meet again. */
  private assignedForJoins(
    decision: EndpointDecision,
    joins: readonly EndpointDecision[],
  ): ReadonlyMap<string, EndpointDecision> {
    const assigned = this.graph.reach.get(decision)?.assigns;
    return new Map(
      joins.flatMap((join) => {
        const behind = this.graph.reach.get(join);
        return [...(behind?.reads ?? [])].flatMap((name) => {
          const assigning = assigned?.get(name);
          const isNeeded = assigning !== undefined && !behind?.assigns.has(name);
          return isNeeded && assigning.gives.name !== "boolean" ? [[name, assigning] as const] : [];
        });
      }),
    );
  }
}

interface EarlyAssignments {
  readonly steps: readonly (Bind | Declare)[];
  readonly declared: Place["declared"];
  readonly context: Context;
}

/** Whether all that a call reads is there, whatever else will be known where its condition stands. */
function isComputable(call: EndpointCall, context: Context): boolean {
  return call.arguments.every((argument) => isPlain(argument, context));
}

function isPlain(expression: string | EndpointExpression, context: Context): boolean {
  if (typeof expression === "string") return true;
  switch (expression.kind) {
    case "reference": {
      const value = context.scope.get(expression.name);
      return value !== undefined && !isOptional(value, context.facts);
    }
    case "template":
      return expression.parts.every((part) => isPlain(part, context));
    case "call":
      return expression.function === "getAttr" && isComputable(expression, context);
    case "array":
      return expression.items.every((item) => isPlain(item, context));
    default:
      return true;
  }
}

/** A condition: the steps to take before its test, and what is known where it holds and where not. */
function lowerCondition(
  { condition: { call, assign } }: EndpointDecision,
  { declared, context }: EarlyAssignments,
): {
  readonly steps: readonly (Assign | Bind)[];
  readonly test: Test | boolean;
  readonly whenTrue: Context;
  readonly whenFalse: Context;
} {
  const value = lowerValue(call, context);
  const assignment =
    assign === undefined
      ? { step: undefined, value, context }
      : assignTo(assign, value, declared, context);
  const facts = assignment.context.facts;
  const test = decide(whetherMatched(assignment.value), facts);
  const known = (outcome: Test | boolean): Context["facts"] =>
    typeof outcome === "boolean" ? facts : assume(outcome, facts);
  return {
    steps: assignment.step === undefined ? [] : [assignment.step],
    test,
    whenTrue: { ...assignment.context, facts: known(test) },
    whenFalse: {
      ...assignment.context,
      scope: context.scope,
      facts: known(typeof test === "boolean" ? test : negate(test)),
    },
  };
}

function assignTo(
  name: string,
  value: Value,
  declared: Place["declared"],
  context: Context,
): { readonly step: Assign | Bind | undefined; readonly value: Value; readonly context: Context } {
  const variable = declared.get(name);
  if (variable === undefined) return lowerAssignment(name, value, context);
  const assigned = variableValue(variable);
  const facts = value.type.optional
    ? context.facts
    : assume({ kind: "set", subject: assigned, holds: true }, context.facts);
  return {
    step: { kind: "assign", variable, value },
    value: assigned,
    context: { ...context, scope: new Map([...context.scope, [name, assigned]]), facts },
  };
}

/** What is known where several ways lead, of what can be seen there. */
function commonContext(ways: readonly Context[], available: Context["available"]): Context {
  const [first, ...others] = ways;
  const scope = [...(first?.scope ?? [])].filter(([name, value]) =>
    others.every((other) => {
      const found = other.scope.get(name);
      return found !== undefined && keyOf(found) === keyOf(value);
    }),
  );
  return { scope: new Map(scope), available, facts: commonFacts(ways.map(({ facts }) => facts)) };
}

function leaves(statements: readonly Statement[], label: string): boolean {
  return statements.some(
    (statement) =>
      (statement.kind === "leave" && statement.label === label) ||
      bodiesOf(statement).some((body) => leaves(body, label)),
  );
}
