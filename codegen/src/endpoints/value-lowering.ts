import {
  attributeSteps,
  type EndpointType,
  endpointFunction,
  literalText,
  resultOf,
} from "../ir/endpoint-functions.ts";
import type { EndpointCall, EndpointExpression, EndpointProperty } from "../ir/endpoint-rules.ts";
import {
  keyOf,
  type Literal,
  negate,
  type PropertyValue,
  type Test,
  type Value,
  type Variable,
} from "./decision.ts";
import { assume, decide, type Facts, isOptional, literalOf } from "./facts.ts";

/** What is known at one place of the function. */
export interface Context {
  /** What the names of the rule set stand for. */
  readonly scope: ReadonlyMap<string, Value>;
  /** The variables that can be used again instead of a second one for the same value, by key. */
  readonly available: ReadonlyMap<string, Variable>;
  readonly facts: Facts;
}

export function lowerValue(expression: EndpointExpression, context: Context): Value {
  switch (expression.kind) {
    case "boolean":
      return booleanLiteral(expression.value);
    case "number":
      return { kind: "literal", value: expression.value, type: present("number") };
    case "reference":
      return found(context.scope.get(expression.name), expression.name);
    case "template":
      return lowerTemplate(expression.parts, context);
    case "array":
      return {
        kind: "array",
        items: expression.items.map((item) => lowerValue(item, context)),
        type: present("stringArray"),
      };
    case "call":
      return lowerCall(expression, context);
  }
}

export function lowerProperty(property: EndpointProperty, context: Context): PropertyValue {
  switch (property.kind) {
    case "list":
      return { kind: "list", items: property.items.map((item) => lowerProperty(item, context)) };
    case "record":
      return {
        kind: "record",
        entries: Object.fromEntries(
          Object.entries(property.entries).map(([name, entry]) => [
            name,
            lowerProperty(entry, context),
          ]),
        ),
      };
    default:
      return lowerValue(property, context);
  }
}

export function whetherTrue(value: Value): Test | boolean {
  if (value.kind === "literal") return value.value === true;
  return value.kind === "test" ? value.test : { kind: "true", subject: value, holds: true };
}

export function variableValue(variable: Variable): Value {
  return { kind: "variable", variable, type: variable.type };
}

export function textLiteral(value: string): Literal {
  return { kind: "literal", value, type: present("string") };
}

export function booleanLiteral(value: boolean): Literal {
  return { kind: "literal", value, type: present("boolean") };
}

function lowerTemplate(
  expressions: readonly (string | EndpointExpression)[],
  context: Context,
): Value {
  const parts: Value[] = [];
  for (const expression of expressions) {
    const part =
      typeof expression === "string" ? textLiteral(expression) : lowerValue(expression, context);
    const last = parts.at(-1);
    if (part.kind === "literal" && last?.kind === "literal") {
      parts[parts.length - 1] = textLiteral(`${last.value}${part.value}`);
    } else {
      parts.push(part);
    }
  }
  const [only, ...others] = parts;
  if (only === undefined) return textLiteral("");
  return others.length === 0 ? only : { kind: "template", parts, type: present("string") };
}

function lowerCall(call: EndpointCall, context: Context): Value {
  if (call.function === "ite") return lowerChoice(call, context);
  const values = call.arguments.map((argument) => lowerValue(argument, context));
  const first = found(values[0], call.function);
  switch (call.function) {
    case "isSet":
      return testValue(
        !isOptional(first, context.facts) || { kind: "set", subject: first, holds: true },
        context.facts,
      );
    case "not": {
      const test = decide(whetherTrue(first), context.facts);
      return testValue(typeof test === "boolean" ? !test : negate(test), context.facts);
    }
    case "booleanEquals":
      return lowerBooleanEquals(first, found(values[1], call.function), context.facts);
    case "stringEquals":
      return lowerStringEquals(first, found(values[1], call.function), context.facts);
    case "getAttr":
      return lowerAttribute(first, call, context.facts);
    case "coalesce":
      return lowerFallback(values, typeOfCall(call, values, context.facts), context.facts);
    default:
      return {
        kind: "call",
        function: call.function,
        arguments: values,
        type: typeOfCall(call, values, context.facts),
      };
  }
}

function lowerChoice(call: EndpointCall, context: Context): Value {
  const [condition, whenTrue, whenFalse] = call.arguments.map((argument) => ({
    lower: (facts: Facts): Value => lowerValue(argument, { ...context, facts }),
  }));
  if (!condition || !whenTrue || !whenFalse) throw unchecked(call.function);
  const test = decide(whetherTrue(condition.lower(context.facts)), context.facts);
  if (typeof test === "boolean") return (test ? whenTrue : whenFalse).lower(context.facts);
  const [factsTrue, factsFalse] = [
    assume(test, context.facts),
    assume(negate(test), context.facts),
  ];
  const [left, right] = [whenTrue.lower(factsTrue), whenFalse.lower(factsFalse)];
  if (keyOf(left) === keyOf(right)) return left;
  const optional = isOptional(left, factsTrue) || isOptional(right, factsFalse);
  return {
    kind: "choice",
    test,
    whenTrue: left,
    whenFalse: right,
    type: { name: left.type.name, optional },
  };
}

function lowerBooleanEquals(left: Value, right: Value, facts: Facts): Value {
  if (keyOf(left) === keyOf(right)) return booleanLiteral(true);
  const [leftTrue, rightTrue] = [left, right].map((value) => decide(whetherTrue(value), facts));
  for (const [outcome, other] of [
    [leftTrue, rightTrue],
    [rightTrue, leftTrue],
  ] as const) {
    if (typeof outcome !== "boolean" || other === undefined) continue;
    if (typeof other === "boolean") return booleanLiteral(outcome === other);
    return testValue(outcome ? other : negate(other), facts);
  }
  return testValue({ kind: "equal", subject: left, other: right, holds: true }, facts);
}

function lowerStringEquals(left: Value, right: Value, facts: Facts): Value {
  if (keyOf(left) === keyOf(right)) return booleanLiteral(true);
  const [subject, other] = left.kind === "literal" ? [right, left] : [left, right];
  if (subject.kind === "choice" && other.kind === "literal") {
    const [whenTrue, whenFalse] = [subject.whenTrue, subject.whenFalse].map((branch) =>
      literalOf(branch, facts),
    );
    if (whenTrue !== undefined && whenFalse !== undefined) {
      const equals = whenTrue === other.value;
      if (equals === (whenFalse === other.value)) return booleanLiteral(equals);
      return testValue(equals ? subject.test : negate(subject.test), facts);
    }
  }
  return testValue({ kind: "equal", subject, other, holds: true }, facts);
}

function lowerAttribute(of: Value, call: EndpointCall, facts: Facts): Value {
  const steps = attributeSteps(literalText(call.arguments[1]) ?? "");
  return {
    kind: "attribute",
    of,
    optional: isOptional(of, facts),
    steps: found(steps, call.function),
    type: typeOfCall(call, [of], facts),
  };
}

function lowerFallback(values: readonly Value[], type: EndpointType, facts: Facts): Value {
  const choices = values.filter(
    (value) => decide({ kind: "set", subject: value, holds: true }, facts) !== false,
  );
  const certain = choices.findIndex((value) => !isOptional(value, facts));
  const reached = certain === -1 ? choices : choices.slice(0, certain + 1);
  const [only, ...others] = reached.length > 0 ? reached : values.slice(-1);
  return only !== undefined && others.length === 0
    ? only
    : { kind: "fallback", choices: reached, type };
}

function typeOfCall(call: EndpointCall, values: readonly Value[], facts: Facts): EndpointType {
  const types = values.map((value) => ({ ...value.type, optional: isOptional(value, facts) }));
  const called = found(endpointFunction(call.function), call.function);
  return found(resultOf(called, types, call.arguments), call.function);
}

function testValue(test: Test | boolean, facts: Facts): Value {
  const outcome = decide(test, facts);
  return typeof outcome === "boolean"
    ? booleanLiteral(outcome)
    : { kind: "test", test: outcome, type: present("boolean") };
}

function present(name: EndpointType["name"]): EndpointType {
  return { name, optional: false };
}

/** The reader lets no rule set through for which this is missing. */
function found<Part>(part: Part | undefined, name: string): Part {
  if (part === undefined) throw unchecked(name);
  return part;
}

function unchecked(name: string): Error {
  return new Error(`endpoint rules that nothing checked: ${name}`);
}
