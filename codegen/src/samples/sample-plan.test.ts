import { expect, test } from "vitest";
import { createPresence } from "../ir/presence.ts";
import type { Parts } from "../reader/example.test-model.ts";
import {
  exampleService,
  list,
  map,
  member,
  operation,
  required,
  simple,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { planSamples, type SamplePlan, type StructureHints } from "./sample-plan.ts";

function plan(shapes: Parts): SamplePlan {
  const service = exampleService({ Run: operation({ input: "Input" }), ...shapes });
  return planSamples(service, createPresence(service));
}

function hintsOf(shapes: Parts, name = "Input"): StructureHints | undefined {
  return plan(shapes).hints.find(({ shape }) => shape.name === name);
}

function waysOf(shapes: Parts): readonly string[] {
  return hintsOf(shapes)?.choices.map(({ way }) => way) ?? [];
}

function leftOutOf(shapes: Parts): readonly string[] {
  return hintsOf(shapes)?.leftOut.map(({ member }) => member) ?? [];
}

test("there are texts for every string, wherever it stands in a structure", () => {
  const shapes = {
    Input: structure({ Name: "String", Names: "Names", ByName: "ByName", Inner: "Inner" }),
    Names: list("Rows"),
    Rows: list("String"),
    ByName: map("Names"),
    Inner: structure({ Name: "String" }),
  };
  expect(waysOf(shapes)).toEqual([
    "Name",
    "Names.member.member",
    "ByName.key",
    "ByName.value.member.member",
  ]);
  expect(hintsOf(shapes, "Inner")?.choices[0]?.values).toEqual([
    "example-name",
    "example-name-2",
    "example-name-3",
  ]);
});

test("texts are made from the name of their shape, and where that says nothing, of their member", () => {
  const shapes = {
    Input: structure({ Thing: "ThingName", Note: "NonEmptyString", Words: "Words" }),
    ThingName: simple("string"),
    NonEmptyString: simple("string", { length: { min: 1 } }),
    Words: list("String"),
  };
  const firsts = hintsOf(shapes)?.choices.map(({ values }) => values[0]);
  expect(firsts).toEqual(["example-thing-name", "example-note", "example-word"]);
});

test("what the model's examples have for a member comes first, where it fits", () => {
  const input = { Names: ["Ann", "Bo"], Codes: { a: "1" }, Inner: { Note: "hello" } };
  const shapes = {
    Run: operation({ input: "Input", traits: { examples: [{ title: "Runs", input }] } }),
    Input: structure({ Names: "Names", Codes: "Codes", Inner: "Inner" }),
    Names: list(member("String", { length: { max: 2 } })),
    Codes: map("String"),
    Inner: structure({ Note: "String" }),
  };
  const firsts = hintsOf(shapes)?.choices.map(({ values }) => values[0]);
  expect(firsts).toEqual(["Bo", "a", "1"]);
  expect(hintsOf(shapes, "Inner")?.choices[0]?.values).toEqual([
    "hello",
    "example-note",
    "example-note-2",
  ]);
});

test("a member's constraints hold, and a list of many different texts gets as many", () => {
  const shapes = {
    Input: structure({ Code: member("String", { pattern: "^[0-9]{2}$" }), Names: "Names" }),
    Names: list("String", { uniqueItems: {}, length: { min: 7 } }),
  };
  const [codes, names] = hintsOf(shapes)?.choices ?? [];
  expect(codes?.values).toEqual(expect.arrayContaining([expect.stringMatching(/^[0-9]{2}$/)]));
  expect(new Set(names?.values).size).toBe(7);
});

test("what is deprecated, a token of the client or of a page is left out, unless it must be there", () => {
  const paginated = { inputToken: "Start", outputToken: "Page.Next" };
  const shapes = {
    Run: operation({ input: "Input", output: "Output", traits: { paginated } }),
    Input: structure({
      Old: member("String", { deprecated: {} }),
      OldId: required("String", { deprecated: {} }),
      ClientToken: member("String", { idempotencyToken: {} }),
      Start: "String",
    }),
    Output: structure({ Page: "Page" }),
    Page: structure({ Next: "String", Name: "String" }),
  };
  expect(leftOutOf(shapes)).toEqual(["Old", "ClientToken", "Start"]);
  expect(hintsOf(shapes, "Page")?.leftOut).toEqual([{ member: "Next", reason: undefined }]);
});

test("a text that nothing is known to fit is left out with what has to have it", () => {
  const shapes = {
    Input: structure({ A: "Odd", B: "Odds", C: "Holder", D: "Either", E: "Choice", F: "ManyOdds" }),
    Odd: simple("string", { pattern: "^(?!a)a$" }),
    Odds: list("Odd"),
    ManyOdds: list("Odd", { length: { min: 1 } }),
    Holder: structure({ Odd: required("Odd") }),
    Either: union({ Odd: "Odd", Holder: "Holder" }),
    Choice: union({ Odd: "Odd", Flag: "Boolean" }),
  };
  expect(hintsOf(shapes)?.leftOut).toEqual([
    { member: "A", reason: "no text is known to fit ^(?!a)a$" },
    { member: "C", reason: "it has no value that ends" },
    { member: "D", reason: "it has no value that ends" },
    { member: "F", reason: "no text is known to fit ^(?!a)a$" },
  ]);
});

test("a pattern that is not JavaScript's is one that nothing is known to fit", () => {
  const shapes = {
    Input: structure({ Name: "Odd" }),
    Odd: simple("string", { pattern: "^\\Q.\\E$" }),
  };
  expect(leftOutOf(shapes)).toEqual(["Name"]);
});

test("an input that must have what has no value has no sample", () => {
  const shapes = {
    Run: operation({ input: "Input", output: "Output" }),
    Input: structure({ Self: required("Node") }),
    Node: structure({ Next: required("Others") }),
    Others: list("Node", { length: { min: 1 } }),
    Output: structure({ Next: "Node" }),
  };
  const { roots, missing } = plan(shapes);
  expect(roots.map(({ name }) => name)).toEqual(["Output"]);
  expect(missing.map(({ name }) => name)).toEqual(["Input"]);
});
