import type { EndpointType } from "./endpoint-functions.ts";

/** Where the requests of a service go, in one of the two forms in which models say it. */
export type EndpointRules = EndpointRuleSet | EndpointDiagram;

/**
 * Endpoint rules, as `smithy.rules#endpointRuleSet` gives them.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html
 */
export interface EndpointRuleSet {
  readonly parameters: readonly EndpointParameter[];
  readonly rules: readonly EndpointRule[];
}

/**
 * Endpoint rules as a binary decision diagram, as `smithy.rules#endpointBdd` gives them. References
 * are resolved: a step that several others lead to is one object, and where a reference is
 * complemented, the two ways out of its node have changed places.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait
 */
export interface EndpointDiagram {
  readonly parameters: readonly EndpointParameter[];
  readonly root: EndpointStep;
}

export type EndpointStep = EndpointDecision | EndpointOutcome;

/** A condition, and where to go from it. No way leads to the same condition twice. */
export interface EndpointDecision {
  readonly type: "decision";
  readonly condition: EndpointCondition;
  /** What the condition's call gives. */
  readonly gives: EndpointType;
  readonly whenTrue: EndpointStep;
  readonly whenFalse: EndpointStep;
}

/** The end of a way: a rule without conditions, or that no rule matches. */
export type EndpointOutcome = EndpointResultRule | ErrorRule | { readonly type: "noMatch" };

export interface EndpointParameter {
  readonly name: string;
  readonly type: "boolean" | "string" | "stringArray";
  /** What a transport fills in where nothing more specific gives a value. */
  readonly builtIn: BuiltIn | undefined;
  readonly required: boolean;
  readonly default: boolean | string | readonly string[] | undefined;
  readonly documentation: string | undefined;
}

/** A parameter of the rules that every client of the service has as an option. */
export interface EndpointOption {
  /** The name of the parameter. */
  readonly name: string;
  readonly type: EndpointParameter["type"];
  readonly documentation: string | undefined;
}

export type BuiltIn = keyof typeof builtInNames;

/** The built-ins, each with the name under which a transport gives its value. */
export const builtInNames = {
  "AWS::Auth::AccountId": "AccountId",
  "AWS::Auth::AccountIdEndpointMode": "AccountIdEndpointMode",
  "AWS::Region": "Region",
  "AWS::UseDualStack": "UseDualStack",
  "AWS::UseFIPS": "UseFIPS",
  "SDK::Endpoint": "Endpoint",
} as const;

export type EndpointRule = EndpointResultRule | ErrorRule | TreeRule;

interface RuleBase {
  readonly documentation: string | undefined;
  readonly conditions: readonly EndpointCondition[];
}

export interface EndpointResultRule extends RuleBase {
  readonly type: "endpoint";
  readonly url: EndpointExpression;
  readonly properties: { readonly [name: string]: EndpointProperty };
  readonly headers: { readonly [name: string]: readonly EndpointExpression[] };
}

export interface ErrorRule extends RuleBase {
  readonly type: "error";
  readonly error: EndpointExpression;
}

export interface TreeRule extends RuleBase {
  readonly type: "tree";
  readonly rules: readonly EndpointRule[];
}

/** Holds where the call gives neither `false` nor nothing. `assign` names what it gives for what follows. */
export interface EndpointCondition {
  readonly call: EndpointCall;
  readonly assign: string | undefined;
}

export interface EndpointCall {
  readonly kind: "call";
  readonly function: string;
  readonly arguments: readonly EndpointExpression[];
}

export type EndpointExpression =
  | EndpointCall
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "reference"; readonly name: string }
  /** Text with `{Name}` and `{Name#path}` in it already taken apart: text and references take turns. */
  | { readonly kind: "template"; readonly parts: readonly (string | EndpointExpression)[] }
  | { readonly kind: "array"; readonly items: readonly EndpointExpression[] };

export type EndpointProperty =
  | EndpointExpression
  | { readonly kind: "list"; readonly items: readonly EndpointProperty[] }
  | { readonly kind: "record"; readonly entries: { readonly [name: string]: EndpointProperty } };

/** A case of `smithy.rules#endpointTests`. */
export interface EndpointTestCase {
  readonly documentation: string | undefined;
  readonly params: { readonly [name: string]: unknown };
  readonly expect:
    | { readonly error: string }
    | {
        readonly endpoint: {
          readonly url: string;
          readonly properties?: { readonly [name: string]: unknown };
          readonly headers?: { readonly [name: string]: readonly string[] };
        };
      };
}
