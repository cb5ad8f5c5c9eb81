import { expect, test } from "vitest";
import { selectProtocol } from "../protocol/protocol.ts";
import { exampleService, list, operation, structure } from "../reader/example.test-model.ts";
import { planPackages } from "./package-plan.ts";
import { emitCoreReadme, emitPlatformReadme } from "./readme.ts";

test("what is left out of the packages is listed, each with its reason", () => {
  const service = {
    ...exampleService({}),
    omissions: [{ id: "com.example#ExampleService$Fast", reason: "it is not supported" }],
  };
  const { text } = emitCoreReadme(planPackages(service, selectProtocol(service), "1.0.0"));
  expect(text).toContain("## Not included\n\n- `ExampleService$Fast`: it is not supported.\n");
});

test("the model, its overlay and their digests are named", () => {
  const provenance = { digest: "abc", overlay: { source: "model.overlay.json", digest: "def" } };
  const service = { ...exampleService({}), provenance };
  const { text } = emitCoreReadme(planPackages(service, selectProtocol(service), "1.0.0"));
  expect(text).toContain(
    "from `model.json` (API version 2020-01-02, SHA-256 `abc`) and `model.overlay.json` (SHA-256 `def`).",
  );
});

test("pages and waiters are shown as functions in core, and as methods on a platform", () => {
  const paginated = { inputToken: "Token", outputToken: "Token", items: "Names" };
  const acceptors = [{ state: "success", matcher: { success: true } }];
  const traits = { paginated, "smithy.waiters#waitable": { ThingExists: { acceptors } } };
  const service = exampleService({
    ListThings: operation({ input: "Input", output: "Output", traits }),
    Input: structure({ Token: "String" }),
    Output: structure({ Token: "String", Names: "Names" }),
    Names: list("String"),
  });
  const plan = planPackages(service, selectProtocol(service), "1.0.0");
  const core = emitCoreReadme(plan).text;
  const node = emitPlatformReadme(plan, "node").text;
  expect(core).toContain("for await (const item of listThingsItems(transport, {})) {");
  expect(core).toContain("await waitUntilThingExists(transport, {}, {");
  expect(node).toContain("for await (const item of client.listThingsItems({})) {");
  expect(node).toContain("await client.waitUntilThingExists({}, {");
});

test("a service without pages and waiters has no word of them", () => {
  const service = exampleService({});
  const { text } = emitCoreReadme(planPackages(service, selectProtocol(service), "1.0.0"));
  expect(text).not.toMatch(/Pages|Waiting/);
});
