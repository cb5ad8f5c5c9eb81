import { expect, test } from "vitest";
import { selectProtocol } from "../protocol/protocol.ts";
import { exampleService, problemOf } from "../reader/example.test-model.ts";
import { planPackages } from "./package-plan.ts";

test("a model that does not say where requests go is refused", () => {
  const service = exampleService({}, { traits: { "smithy.rules#endpointRuleSet": null } });
  expect(problemOf(() => planPackages(service, selectProtocol(service), "1.0.0"))).toBe(
    "model.json: com.example#ExampleService: the model does not say where requests go, so nothing can be generated; put endpoint-rule-set-1.json beside a service-2.json, or set the trait smithy.rules#endpointRuleSet on the service, which an overlay can do",
  );
});
