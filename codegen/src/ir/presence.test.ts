import { expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  exampleService,
  list,
  map,
  member,
  operation,
  required,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { createFilling, createPresence, type Presence } from "./presence.ts";
import { membersOf } from "./shape.ts";

const members = {
  Sure: required("String"),
  Token: required("String", { idempotencyToken: {} }),
  Unsure: required("String", { clientOptional: {} }),
  Optional: "String",
  Filled: member("Integer", { default: 0 }),
  Unsurely: member("Integer", { default: 0, clientOptional: {} }),
  Unfilled: member("Integer", { default: null }),
};

const service = exampleService({
  Run: operation({ input: "Input", output: "Output", errors: ["Broken"] }),
  Input: structure({ ...members, Shared: "Shared" }),
  Output: structure({ ...members, Shared: "Shared", Choice: "Choice" }),
  Shared: structure(members),
  Choice: union({ Sure: required("String", { default: "" }) }),
  Broken: errorStructure(members),
});

test.each([
  ["what callers give", "Input", ["Sure", "Unsure"]],
  ["what the service gives", "Output", ["Sure"]],
  ["what goes both ways", "Shared", ["Sure", "Unsure"]],
  ["a union", "Choice", []],
  ["an error", "Broken", []],
])("in %s, these members are always there", (_what, name, present) => {
  expect(membersThat(createPresence(service), name)).toEqual(present);
});

test.each([
  ["what callers give", "Input", []],
  ["what the service gives", "Output", ["Sure", "Filled"]],
  ["what goes both ways", "Shared", []],
  ["a union", "Choice", []],
  ["an error", "Broken", ["Filled"]],
])("in %s, these members are filled in where they are absent", (_what, name, filled) => {
  const fill = createFilling(service);
  expect(membersThat((owner, one) => fill(owner, one) !== undefined, name)).toEqual(filled);
});

test.each<[string, unknown]>([
  ["String", ""],
  ["Blob", ""],
  ["Boolean", false],
  ["Integer", 0],
  ["BigDecimal", 0],
  ["Timestamp", 0],
  ["Document", null],
  ["Names", []],
  ["Table", {}],
  ["Node", {}],
  ["Color", ""],
  ["Choice", undefined],
])("a required %s that a service leaves out is filled in with %j", (target, zero) => {
  const { operations } = exampleService({
    Run: operation({ output: "Output" }),
    Output: structure({ Value: required(target) }),
    Names: list("String"),
    Table: map("String"),
    Node: structure(),
    Color: enumeration("enum", { RED: {} }),
    Choice: union({ Text: "String" }),
  });
  const output = operations[0]?.output;
  const [value] = output?.members ?? [];
  expect(output && value && createFilling({ ...service, operations })(output, value)).toEqual(zero);
});

test("a required member with a default is filled in with that", () => {
  const { operations } = exampleService({
    Run: operation({ output: "Output" }),
    Output: structure({ Value: required("Integer", { default: 7 }) }),
  });
  const output = operations[0]?.output;
  const [value] = output?.members ?? [];
  expect(output && value && createFilling({ ...service, operations })(output, value)).toBe(7);
});

function membersThat(hold: Presence, name: string): readonly string[] {
  const owners = service.shapes.filter((shape) => shape.name === name);
  const found = owners.flatMap((owner) => membersOf(owner).filter((one) => hold(owner, one)));
  return found.map((one) => one.name);
}
