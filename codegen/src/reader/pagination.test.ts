import { describe, expect, test } from "vitest";
import type { Part, Parts } from "./example.test-model.ts";
import {
  exampleService,
  list,
  map,
  operation,
  problemOf,
  required,
  structure,
} from "./example.test-model.ts";

const shapes: Parts = {
  Input: structure({ Token: "String", Key: "Strings", Limit: "Integer", Must: required("String") }),
  Output: structure({ Next: "String", Names: "Names", Result: "Result", Count: "Integer" }),
  Result: structure({ Next: "String", Key: "Strings", Names: "Names" }),
  Names: list("String"),
  Strings: map("String"),
};

function model(
  trait: Part,
  service: Part | undefined = undefined,
  more: Parts = {},
): Parameters<typeof exampleService> {
  const traits = { paginated: trait };
  const list = operation({ input: "Input", output: "Output", traits });
  return [
    { ...shapes, List: list, ...more },
    service && { traits: { "smithy.api#paginated": service } },
  ];
}

/** The names of the members that an operation's pages are made of. */
function readNames(trait: Part, service?: Part): object {
  const pagination = exampleService(...model(trait, service)).operations[0]?.pagination;
  return {
    inputToken: pagination?.inputToken.name,
    outputToken: pagination?.outputToken.map(({ name }) => name),
    items: pagination?.items?.map(({ name }) => name),
    pageSize: pagination?.pageSize?.name,
  };
}

const tokens = { inputToken: "Token", outputToken: "Next" };

describe("the pages of an operation", () => {
  test("are made of the members that the trait names", () => {
    expect(readNames({ ...tokens, items: "Names", pageSize: "Limit" })).toEqual({
      inputToken: "Token",
      outputToken: ["Next"],
      items: ["Names"],
      pageSize: "Limit",
    });
  });

  test("are named by paths into the output", () => {
    const trait = { inputToken: "Token", outputToken: "Result.Next", items: "Result.Names" };
    expect(readNames(trait)).toEqual({
      inputToken: "Token",
      outputToken: ["Result", "Next"],
      items: ["Result", "Names"],
      pageSize: undefined,
    });
  });

  test("take from the service what the operation does not say itself", () => {
    const defaults = { inputToken: "Token", outputToken: "Other", pageSize: "Limit" };
    expect(readNames({ outputToken: "Next" }, defaults)).toEqual({
      inputToken: "Token",
      outputToken: ["Next"],
      items: undefined,
      pageSize: "Limit",
    });
  });

  test("may have tokens that are no text", () => {
    expect(readNames({ inputToken: "Key", outputToken: "Result.Key" })).toMatchObject({
      outputToken: ["Result", "Key"],
    });
  });

  test("are for operations with the trait alone, whatever the service says", () => {
    const service = exampleService(
      { Run: operation() },
      { traits: { "smithy.api#paginated": tokens } },
    );
    expect(service.operations[0]?.pagination).toBeUndefined();
  });
});

describe("a trait that cannot be is refused", () => {
  const at = "model.json: com.example#List: smithy.api#paginated";

  test.each<[Part, string]>([
    [{}, `${at}: has no inputToken, and neither has the service`],
    [{ inputToken: "Token" }, `${at}: has no outputToken, and neither has the service`],
    [{ ...tokens, size: 1 }, `${at}: /size: unknown property`],
    [{ ...tokens, items: 1 }, `${at}: /items: found 1; a string belongs here`],
    [
      { ...tokens, inputToken: "Gone" },
      `${at}: /inputToken: the structure Input has no member Gone`,
    ],
    [
      { ...tokens, outputToken: "Result.Gone" },
      `${at}: /outputToken: the structure Result has no member Gone`,
    ],
    [
      { ...tokens, outputToken: "Names.Next" },
      `${at}: /outputToken: the list Names has no member Next`,
    ],
    [
      { ...tokens, inputToken: "Must" },
      `${at}: /inputToken: com.example#Input$Must is required, so there is no first page`,
    ],
    [
      { ...tokens, outputToken: "Count" },
      `${at}: /outputToken: gives the integer Integer, and the next page takes the string String`,
    ],
    [
      { ...tokens, items: "Result" },
      `${at}: /items: leads to the structure Result; a list or map belongs here`,
    ],
    [
      { ...tokens, pageSize: "Token" },
      `${at}: /pageSize: leads to the string String; a number belongs here`,
    ],
  ])("%j", (trait, problem) => {
    expect(problemOf(() => exampleService(...model(trait)))).toContain(problem);
  });

  test("with the address of the service where the service says it", () => {
    const [parts, service] = model({}, { inputToken: "Gone", outputToken: "Next" });
    expect(problemOf(() => exampleService(parts, service))).toBe(
      "model.json: com.example#ExampleService: smithy.api#paginated: /inputToken: the structure Input has no member Gone",
    );
  });

  test("on an operation without an output", () => {
    const more = { List: operation({ input: "Input", traits: { paginated: tokens } }) };
    expect(problemOf(() => exampleService(...model(tokens, undefined, more)))).toBe(
      `${at}: a paginated operation has an input and an output`,
    );
  });
});
