import { expect, test } from "vitest";
import { selectProtocol } from "../protocol/protocol.ts";
import { exampleService } from "../reader/example.test-model.ts";
import { planPackages } from "./package-plan.ts";
import { emitCoreReadme } from "./readme.ts";

test("what is left out of the packages is listed, each with its reason", () => {
  const service = {
    ...exampleService({}),
    omissions: [{ id: "com.example#ExampleService$Fast", reason: "it is not supported" }],
  };
  const { text } = emitCoreReadme(planPackages(service, selectProtocol(service), "1.0.0"));
  expect(text).toContain("## Not included\n\n- `ExampleService$Fast`: it is not supported.\n");
});
