import { expect, test } from "vitest";
import { exampleService, list, map, structure, union } from "../reader/example.test-model.ts";
import { closureOf, leadingTo } from "./closure.ts";

const { shapes } = exampleService({
  Input: structure({ Node: "Node", Other: "Other" }),
  Node: structure({ Nodes: "Nodes", Choice: "Choice" }),
  Nodes: list("Node"),
  Choice: union({ Table: "Table" }),
  Table: map("Leaf"),
  Leaf: structure(),
  Other: structure(),
});

function namesFrom(root: string): readonly string[] {
  const roots = shapes.filter(({ name }) => name === root);
  return [...closureOf(roots)].map(({ name }) => name).sort();
}

test("a closure goes through members, lists, maps and unions, and ends where it has been", () => {
  expect(namesFrom("Node")).toEqual(["Choice", "Leaf", "Node", "Nodes", "String", "Table"]);
});

test("a shape without members is its own closure", () => {
  expect(namesFrom("Leaf")).toEqual(["Leaf"]);
});

test("nothing leads nowhere", () => {
  expect(closureOf([]).size).toBe(0);
});

function leadingToName(...names: readonly string[]): readonly string[] {
  return [...leadingTo(shapes, ({ name }) => names.includes(name))].map(({ name }) => name).sort();
}

test("what leads to a shape is found from there, around circles too", () => {
  expect(leadingToName("Leaf")).toEqual(["Choice", "Input", "Leaf", "Node", "Nodes", "Table"]);
  expect(leadingToName("Choice", "Other")).toEqual(["Choice", "Input", "Node", "Nodes", "Other"]);
});

test("nothing leads to a shape that is not there", () => {
  expect(leadingToName("Nobody")).toEqual([]);
});
