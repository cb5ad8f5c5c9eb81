import { expect, test } from "vitest";
import type { Service } from "../ir/service.ts";
import { exampleService, problemOf } from "./example.test-model.ts";

function serviceWith(clientContextParams: unknown): Service {
  return exampleService(
    {},
    {
      traits: {
        "smithy.rules#clientContextParams": clientContextParams,
        "smithy.rules#endpointRuleSet": {
          version: "1.0",
          parameters: {
            Fast: { type: "boolean" },
            Tenant: { type: "string" },
            Region: { type: "string", builtIn: "AWS::Region" },
          },
          rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
        },
      },
    },
  );
}

test("options that clients should offer are parameters of the rules, with their types", () => {
  const { endpointOptions } = serviceWith({
    Fast: { type: "boolean", documentation: "Be fast." },
    Tenant: { type: "string" },
  });
  expect(endpointOptions).toEqual([
    { name: "Fast", type: "boolean", documentation: "Be fast." },
    { name: "Tenant", type: "string", documentation: undefined },
  ]);
});

test.each([
  [{ Fast: { type: "string" } }, '/Fast/type: found "string"; "boolean" belongs here'],
  [{ Slow: { type: "string" } }, "/Slow: the endpoint rules have no parameter Slow"],
  [{ Fast: { type: "boolean", default: true } }, "/Fast/default: unknown property"],
  [{ Region: { type: "string" } }, "/Region: clients have an option for AWS::Region already"],
])("%j does not fit the rule set and is refused", (clientContextParams, problem) => {
  expect(problemOf(() => serviceWith(clientContextParams))).toContain(
    `model.json: com.example#ExampleService: smithy.rules#clientContextParams: ${problem}`,
  );
});
