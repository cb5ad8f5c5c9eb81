import { expect, test } from "vitest";
import {
  errorStructure,
  exampleService,
  member,
  operation,
  required,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { createDefaulting, createPresence, type Presence } from "./presence.ts";
import { membersOf } from "./shape.ts";

const members = {
  Sure: required("String"),
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
  ["what the service gives", "Output", ["Filled"]],
  ["what goes both ways", "Shared", []],
  ["a union", "Choice", []],
  ["an error", "Broken", ["Filled"]],
])("in %s, these members have their default where they are absent", (_what, name, filled) => {
  expect(membersThat(createDefaulting(service), name)).toEqual(filled);
});

function membersThat(hold: Presence, name: string): readonly string[] {
  const owners = service.shapes.filter((shape) => shape.name === name);
  const found = owners.flatMap((owner) => membersOf(owner).filter((one) => hold(owner, one)));
  return found.map((one) => one.name);
}
