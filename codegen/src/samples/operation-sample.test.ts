import { expect, test } from "vitest";
import { printCode } from "../emit/code.ts";
import type { Operation } from "../ir/service.ts";
import type { Part } from "../reader/example.test-model.ts";
import { exampleService, operation, structure } from "../reader/example.test-model.ts";
import { sampleInput, sampleOutput } from "./operation-sample.ts";
import { emitSample } from "./sample-literal.ts";

/** A paginated operation, whose output token is inside a structure. */
function listThings(traits: Part = {}): Operation {
  const paginated = { inputToken: "Token", outputToken: "Page.Token" };
  const service = exampleService({
    ListThings: operation({ input: "Input", output: "Output", traits: { paginated, ...traits } }),
    Input: structure({ Name: "String", Token: "String" }),
    Output: structure({ Token: "String", Page: "Page" }),
    Page: structure({ Count: "Integer", Token: "String" }),
  });
  return service.operations[0] as Operation;
}

function print(sample: ReturnType<typeof sampleOutput>): string {
  return sample === undefined ? "" : printCode(emitSample(sample));
}

test("a mock's default answer says nothing of further pages", () => {
  expect(print(sampleOutput(listThings()))).toBe('{ Token: "example-token", Page: { Count: 1 } }');
});

test("an example of the model loses its tokens, too", () => {
  const input = { Name: "a", Token: "t" };
  const output = { Token: "mine", Page: { Count: 3, Token: "next" } };
  const listing = listThings({ examples: [{ title: "Lists", input, output }] });
  expect(print(sampleInput(listing))).toBe('{ Name: "a" }');
  expect(print(sampleOutput(listing))).toBe('{ Token: "mine", Page: { Count: 3 } }');
});
