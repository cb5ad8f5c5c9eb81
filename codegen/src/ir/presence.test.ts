import { expect, test } from "vitest";
import {
  errorStructure,
  exampleService,
  operation,
  required,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { createPresence } from "./presence.ts";
import { membersOf } from "./shape.ts";

const members = {
  Sure: required("String"),
  Unsure: required("String", { clientOptional: {} }),
  Optional: "String",
};

const service = exampleService({
  Run: operation({ input: "Input", output: "Output", errors: ["Broken"] }),
  Input: structure({ ...members, Shared: "Shared" }),
  Output: structure({ ...members, Shared: "Shared", Choice: "Choice" }),
  Shared: structure(members),
  Choice: union({ Sure: required("String") }),
  Broken: errorStructure(members),
});

test.each([
  ["what callers give", "Input", ["Sure", "Unsure"]],
  ["what the service gives", "Output", ["Sure"]],
  ["what goes both ways", "Shared", ["Sure", "Unsure"]],
  ["a union", "Choice", []],
  ["an error", "Broken", []],
])("in %s, these members are always there", (_what, name, present) => {
  const isPresent = createPresence(service);
  const owners = service.shapes.filter((shape) => shape.name === name);
  const found = owners.flatMap((owner) =>
    membersOf(owner).filter((member) => isPresent(owner, member)),
  );
  expect(found.map((member) => member.name)).toEqual(present);
});
