import type { EndpointType } from "../ir/endpoint-functions.ts";

/**
 * Endpoint rules as the statements of a function. What the rules repeat is gone: a condition that
 * is known to hold or to fail where it stands, a rule that can never match, and the nesting that a
 * guard saves.
 */
export type Statement = Assign | Bind | Block | Branch | Declare | Leave | Return | Throw;

export interface Bind {
  readonly kind: "bind";
  readonly variable: Variable;
  readonly value: Value;
}

/** A variable that gets its value in one of several places. */
export interface Declare {
  readonly kind: "declare";
  readonly variable: Variable;
}

export interface Assign {
  readonly kind: "assign";
  readonly variable: Variable;
  readonly value: Value;
}

export interface Branch {
  readonly kind: "branch";
  readonly tests: readonly Test[];
  readonly join: "and" | "or";
  readonly body: readonly Statement[];
  /** Empty where the statements behind the branch are what else there is. */
  readonly otherwise: readonly Statement[];
}

/** Statements that can be left for what stands behind them. */
export interface Block {
  readonly kind: "block";
  readonly label: string;
  readonly body: readonly Statement[];
}

export interface Leave {
  readonly kind: "leave";
  readonly label: string;
}

export interface Return {
  readonly kind: "return";
  readonly url: Value;
  readonly headers: { readonly [name: string]: readonly Value[] };
  readonly authSchemes: PropertyValue | undefined;
}

export interface Throw {
  readonly kind: "throw";
  readonly message: Value;
}

/** A parameter of the rule set, or what a condition assigns. */
export interface Variable {
  readonly name: string;
  readonly type: EndpointType;
  /** The same for all variables that hold the same value. */
  readonly key: string;
}

export type Test =
  | { readonly kind: "set"; readonly subject: Value; readonly holds: boolean }
  | { readonly kind: "true"; readonly subject: Value; readonly holds: boolean }
  | {
      readonly kind: "equal";
      readonly subject: Value;
      readonly other: Value;
      readonly holds: boolean;
    };

export type Value =
  | Literal
  | { readonly kind: "variable"; readonly variable: Variable; readonly type: EndpointType }
  | {
      readonly kind: "attribute";
      readonly of: Value;
      /** Whether `of` may be absent. */
      readonly optional: boolean;
      readonly steps: readonly (string | number)[];
      readonly type: EndpointType;
    }
  | {
      readonly kind: "call";
      readonly function: string;
      readonly arguments: readonly Value[];
      readonly type: EndpointType;
    }
  | { readonly kind: "template"; readonly parts: readonly Value[]; readonly type: EndpointType }
  | { readonly kind: "array"; readonly items: readonly Value[]; readonly type: EndpointType }
  | { readonly kind: "fallback"; readonly choices: readonly Value[]; readonly type: EndpointType }
  | {
      readonly kind: "choice";
      readonly test: Test;
      readonly whenTrue: Value;
      readonly whenFalse: Value;
      readonly type: EndpointType;
    }
  | { readonly kind: "test"; readonly test: Test; readonly type: EndpointType };

export interface Literal {
  readonly kind: "literal";
  readonly value: boolean | number | string;
  readonly type: EndpointType;
}

export type PropertyValue =
  | Value
  | { readonly kind: "list"; readonly items: readonly PropertyValue[] }
  | { readonly kind: "record"; readonly entries: { readonly [name: string]: PropertyValue } };

export function negate(test: Test): Test {
  return { ...test, holds: !test.holds };
}

export function keyOf(value: Value): string {
  switch (value.kind) {
    case "literal":
      return JSON.stringify(value.value);
    case "variable":
      return value.variable.key;
    case "attribute":
      return `${keyOf(value.of)}#${value.steps.join("#")}`;
    case "call":
      return `${value.function}(${value.arguments.map(keyOf).join(", ")})`;
    case "template":
      return `template(${value.parts.map(keyOf).join(", ")})`;
    case "array":
      return `array(${value.items.map(keyOf).join(", ")})`;
    case "fallback":
      return `coalesce(${value.choices.map(keyOf).join(", ")})`;
    case "choice":
      return `ite(${outcomeKey(value.test)}, ${keyOf(value.whenTrue)}, ${keyOf(value.whenFalse)})`;
    case "test":
      return outcomeKey(value.test);
  }
}

function outcomeKey(test: Test): string {
  return `${test.holds ? "" : "not "}(${testKey(test)})`;
}

/** The same for a test and its negation. */
export function testKey(test: Test): string {
  const subject = keyOf(test.subject);
  return test.kind === "equal" ? `${subject} = ${keyOf(test.other)}` : `${subject} is ${test.kind}`;
}

/** The variables that statements read. */
export function variablesIn(statements: readonly Statement[]): ReadonlySet<Variable> {
  return new Set(statements.flatMap(valuesIn).flatMap(variablesOf));
}

/** The statements inside a statement. */
export function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === "block") return [statement.body];
  return statement.kind === "branch" ? [statement.body, statement.otherwise] : [];
}

/** A statement with other statements inside. */
export function withBodies(
  statement: Statement,
  change: (body: readonly Statement[]) => readonly Statement[],
): Statement {
  if (statement.kind === "block") return { ...statement, body: change(statement.body) };
  if (statement.kind !== "branch") return statement;
  return { ...statement, body: change(statement.body), otherwise: change(statement.otherwise) };
}

function valuesIn(statement: Statement): readonly PropertyValue[] {
  switch (statement.kind) {
    case "assign":
    case "bind":
      return [statement.value];
    case "declare":
    case "leave":
      return [];
    case "block":
      return statement.body.flatMap(valuesIn);
    case "branch":
      return [
        ...statement.tests.flatMap(valuesOfTest),
        ...bodiesOf(statement).flat().flatMap(valuesIn),
      ];
    case "return":
      return [
        statement.url,
        ...Object.values(statement.headers).flat(),
        ...(statement.authSchemes ? [statement.authSchemes] : []),
      ];
    case "throw":
      return [statement.message];
  }
}

function valuesOfTest(test: Test): readonly Value[] {
  return test.kind === "equal" ? [test.subject, test.other] : [test.subject];
}

function variablesOf(value: PropertyValue): readonly Variable[] {
  switch (value.kind) {
    case "literal":
      return [];
    case "variable":
      return [value.variable];
    case "attribute":
      return variablesOf(value.of);
    case "call":
      return value.arguments.flatMap(variablesOf);
    case "template":
      return value.parts.flatMap(variablesOf);
    case "array":
    case "list":
      return value.items.flatMap(variablesOf);
    case "fallback":
      return value.choices.flatMap(variablesOf);
    case "choice":
      return [...valuesOfTest(value.test), value.whenTrue, value.whenFalse].flatMap(variablesOf);
    case "test":
      return valuesOfTest(value.test).flatMap(variablesOf);
    case "record":
      return Object.values(value.entries).flatMap(variablesOf);
  }
}
