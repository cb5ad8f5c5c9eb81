import type { EndpointOutcome } from "../ir/endpoint-rules.ts";
import { type Bind, keyOf, type Statement, type Test, type Value } from "./decision.ts";
import {
  booleanLiteral,
  type Context,
  lowerProperty,
  lowerValue,
  textLiteral,
  variableValue,
  whetherTrue,
} from "./value-lowering.ts";

/** A condition holds where its call gives neither false nor nothing. */
export function whetherMatched(value: Value): Test | boolean {
  if (value.type.name === "boolean") return whetherTrue(value);
  return value.type.optional ? { kind: "set", subject: value, holds: true } : true;
}

/** A variable for a value, unless another one has it already or the value says it as shortly. */
export function lowerAssignment(
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

/** Where a way through the rules ends. */
export function lowerOutcome(outcome: EndpointOutcome, context: Context): Statement {
  switch (outcome.type) {
    case "noMatch":
      return { kind: "throw", message: noRuleMatches };
    case "error":
      return { kind: "throw", message: lowerValue(outcome.error, context) };
    case "endpoint": {
      const { authSchemes } = outcome.properties;
      return {
        kind: "return",
        url: lowerValue(outcome.url, context),
        headers: Object.fromEntries(
          Object.entries(outcome.headers).map(([name, values]) => [
            name,
            values.map((value) => lowerValue(value, context)),
          ]),
        ),
        authSchemes: authSchemes && lowerProperty(authSchemes, context),
      };
    }
  }
}

const noRuleMatches = textLiteral("No endpoint rule matches these parameters");
