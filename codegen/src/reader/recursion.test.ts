import { expect, test } from "vitest";
import {
  exampleService,
  list,
  map,
  type Parts,
  problemOf,
  required,
  structure,
  union,
} from "./example.test-model.ts";

test.each<[string, Parts]>([
  ["an optional member", { Node: structure({ Next: "Node" }) }],
  ["a list", { Node: structure({ Nodes: required("Nodes") }), Nodes: list("Node") }],
  ["a map", { Node: structure({ Nodes: required("Nodes") }), Nodes: map("Node") }],
  [
    "a union that has another member",
    { Node: structure({ Next: required("Next") }), Next: union({ Node: "Node", End: "String" }) },
  ],
  ["a union of its own", { Node: union({ Node: "Node", End: "String" }) }],
  [
    "an optional member on a longer way",
    { Node: structure({ Next: required("Other") }), Other: structure({ Next: "Node" }) },
  ],
])("a shape may lead back to itself through %s", (_through, shapes) => {
  const service = exampleService({ Input: structure({ Node: "Node" }), ...shapes });
  const node = service.shapes.find(({ name }) => name === "Node");
  expect(service.shapes.filter(({ name }) => name === "Node")).toEqual([node]);
});

const optional = "make a member on the way optional";
const another = "give a union on the way another member";
const aggregate = "let a structure or a union stand between";

test.each<[string, Parts, string]>([
  [
    "structure that requires itself",
    { Node: structure({ Next: required("Node") }) },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Node); ${optional}`,
  ],
  [
    "structure that requires one that requires it",
    {
      Node: structure({ Next: required("Other") }),
      Other: structure({ Next: required("Node") }),
    },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Other → com.example#Node); ${optional}`,
  ],
  [
    "union of nothing but itself",
    { Node: union({ Next: "Node" }) },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Node); ${another}`,
  ],
  [
    "structure that requires a union of nothing but it",
    { Node: structure({ Next: required("Next") }), Next: union({ Node: "Node" }) },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Next → com.example#Node); ${optional}`,
  ],
  [
    "list of itself",
    { Node: list("Node") },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Node); ${aggregate}`,
  ],
  [
    "list of maps of it",
    { Node: list("Table"), Table: map("Node") },
    `com.example#Node: contains itself with no way out (com.example#Node → com.example#Table → com.example#Node); ${aggregate}`,
  ],
])("a %s is refused", (_what, shapes, problem) => {
  const read = (): unknown => exampleService({ Input: structure({ Node: "Node" }), ...shapes });
  expect(problemOf(read)).toBe(`model.json: ${problem}`);
});
