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
          parameters: { Fast: { type: "boolean" }, Tenant: { type: "string" } },
          rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
        },
      },
    },
  );
}

test("options that clients should offer are recorded as left out", () => {
  const { omissions } = serviceWith({
    Fast: { type: "boolean", documentation: "Be fast." },
    Tenant: { type: "string" },
  });
  const reason =
    "clients should take it as an option (smithy.rules#clientContextParams), and such options are not supported";
  expect(omissions).toEqual([
    { id: "com.example#ExampleService$Fast", reason },
    { id: "com.example#ExampleService$Tenant", reason },
  ]);
});

test.each([
  [{ Fast: { type: "string" } }, '/Fast/type: found "string"; "boolean" belongs here'],
  [{ Slow: { type: "string" } }, "/Slow: the endpoint rules have no parameter Slow"],
  [{ Fast: { type: "boolean", default: true } }, "/Fast/default: unknown property"],
])("%j does not fit the rule set and is refused", (clientContextParams, problem) => {
  expect(problemOf(() => serviceWith(clientContextParams))).toContain(
    `model.json: com.example#ExampleService: smithy.rules#clientContextParams: ${problem}`,
  );
});
