import type {
  EndpointDecision,
  EndpointExpression,
  EndpointProperty,
  EndpointStep,
} from "../ir/endpoint-rules.ts";

/** How the decisions of a diagram hang together. */
export interface StepGraph {
  /**
   * The decisions to which several ways lead, by the last decision that all of these ways have in
   * common, each before those that it leads to.
   */
  readonly joins: ReadonlyMap<EndpointDecision, readonly EndpointDecision[]>;
  /** Every decision to which several ways lead. */
  readonly joined: ReadonlySet<EndpointDecision>;
  /** For each decision, what it and all it leads to read and assign, and where it leads. */
  readonly reach: ReadonlyMap<EndpointDecision, Reach>;
}

export interface Reach {
  readonly decisions: ReadonlySet<EndpointDecision>;
  /** The names that are read. */
  readonly reads: ReadonlySet<string>;
  /** The decisions that assign, by the names that they assign. */
  readonly assigns: ReadonlyMap<string, EndpointDecision>;
}

export function createStepGraph(root: EndpointDecision): StepGraph {
  const ordered = inOrder(root);
  const before = new Map<EndpointDecision, EndpointDecision[]>();
  for (const decision of ordered) {
    for (const next of nextDecisions(decision)) {
      before.set(next, [...(before.get(next) ?? []), decision]);
    }
  }
  const joined = new Set(ordered.filter((decision) => (before.get(decision)?.length ?? 0) > 1));
  return { joins: findJoins(ordered, before, joined), joined, reach: findReach(ordered) };
}

function nextDecisions({ whenTrue, whenFalse }: EndpointDecision): readonly EndpointDecision[] {
  return [whenTrue, whenFalse].filter((step) => step.type === "decision");
}

/** All decisions, each before those that it leads to. */
function inOrder(root: EndpointDecision): readonly EndpointDecision[] {
  const found = new Set<EndpointDecision>();
  const visit = (decision: EndpointDecision): void => {
    for (const next of nextDecisions(decision).toReversed()) if (!found.has(next)) visit(next);
    found.add(decision);
  };
  visit(root);
  return [...found].reverse();
}

/** @see https://en.wikipedia.org/wiki/Dominator_(graph_theory) */
function findJoins(
  ordered: readonly EndpointDecision[],
  before: ReadonlyMap<EndpointDecision, readonly EndpointDecision[]>,
  joined: ReadonlySet<EndpointDecision>,
): StepGraph["joins"] {
  /** The decisions that no way to a decision goes around, itself included. */
  const inevitable = new Map<EndpointDecision, readonly EndpointDecision[]>();
  const joins = new Map<EndpointDecision, EndpointDecision[]>();
  for (const decision of ordered) {
    const chains = (before.get(decision) ?? []).map((previous) => inevitable.get(previous) ?? []);
    const common = chains.reduce(
      (one, other) => one.filter((each, at) => each === other[at]),
      chains[0] ?? [],
    );
    inevitable.set(decision, [...common, decision]);
    const last = common.at(-1);
    if (last === undefined || !joined.has(decision)) continue;
    joins.set(last, [...(joins.get(last) ?? []), decision]);
  }
  return joins;
}

function findReach(ordered: readonly EndpointDecision[]): StepGraph["reach"] {
  const reach = new Map<EndpointDecision, Reach>();
  for (const decision of ordered.toReversed()) {
    const next = nextDecisions(decision).flatMap((each) => reach.get(each) ?? []);
    const { condition, whenTrue, whenFalse } = decision;
    const read = [condition.call, ...[whenTrue, whenFalse].flatMap(expressionsOf)];
    const assigned: [string, EndpointDecision][] =
      condition.assign === undefined ? [] : [[condition.assign, decision]];
    reach.set(decision, {
      decisions: new Set([decision, ...next.flatMap(({ decisions }) => [...decisions])]),
      reads: new Set([...read.flatMap(namesIn), ...next.flatMap(({ reads }) => [...reads])]),
      assigns: new Map([...next.flatMap(({ assigns }) => [...assigns]), ...assigned]),
    });
  }
  return reach;
}

function expressionsOf(step: EndpointStep): readonly EndpointProperty[] {
  switch (step.type) {
    case "error":
      return [step.error];
    case "endpoint":
      return [step.url, ...Object.values(step.properties), ...Object.values(step.headers).flat()];
    default:
      return [];
  }
}

function namesIn(value: EndpointProperty): readonly string[] {
  switch (value.kind) {
    case "reference":
      return [value.name];
    case "call":
      return value.arguments.flatMap(namesIn);
    case "template":
      return value.parts
        .filter((part): part is EndpointExpression => typeof part !== "string")
        .flatMap(namesIn);
    case "array":
    case "list":
      return value.items.flatMap(namesIn);
    case "record":
      return Object.values(value.entries).flatMap(namesIn);
    default:
      return [];
  }
}
