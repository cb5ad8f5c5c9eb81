import { describe, expect, test } from "vitest";
import {
  exampleService,
  list,
  map,
  member,
  type Part,
  type Parts,
  simple,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { leadsToSensitive, sensitiveMembersOf } from "./sensitivity.ts";

const secret = { Secret: simple("string", { sensitive: {} }) };

function sensitiveNames(input: Part, shapes: Parts = {}): readonly string[] {
  const { operations } = exampleService({ Input: input, ...secret, ...shapes });
  const shape = operations[0]?.input;
  return shape === undefined ? [] : sensitiveMembersOf(shape).map(({ name }) => name);
}

describe("the sensitive members of a structure", () => {
  test.each<[string, string | Part, Parts]>([
    ["target a sensitive shape", "Secret", {}],
    ["have the trait themselves", member("String", { sensitive: {} }), {}],
    ["are lists of such", "Secrets", { Secrets: list("Secret") }],
    ["are maps of such", "Secrets", { Secrets: map("Secret") }],
    ["are lists of lists of such", "Rows", { Rows: list("Row"), Row: list("Secret") }],
    ["are sensitive structures", "Key", { Key: structure({}, { sensitive: {} }) }],
  ])("%s", (_what, target, shapes) => {
    expect(sensitiveNames(structure({ Name: "String", Value: target }), shapes)).toEqual(["Value"]);
  });

  test("are all, where the structure is sensitive", () => {
    const input = structure({ A: "String", B: "Integer" }, { sensitive: {} });
    expect(sensitiveNames(input)).toEqual(["A", "B"]);
  });

  test("are none of those whose own members are sensitive", () => {
    const shapes = { Login: structure({ Password: "Secret" }) };
    expect(sensitiveNames(structure({ Login: "Login" }), shapes)).toEqual([]);
  });
});

test.each<[boolean, Parts]>([
  [true, { Input: structure({ Choice: "Choice" }), Choice: union({ Key: "Secret" }) }],
  [true, { Input: structure({ Choices: "Choices" }), Choices: list("Secret") }],
  [false, { Input: structure({ Name: "String" }) }],
])("what leads to something sensitive is known: %s", (expected, shapes) => {
  const { operations } = exampleService({ ...secret, ...shapes });
  const roots = operations.flatMap(({ input }) => input ?? []);
  expect(leadsToSensitive(roots)).toBe(expected);
});
