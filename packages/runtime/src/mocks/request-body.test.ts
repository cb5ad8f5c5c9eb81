import { expect, it } from "vitest";
import type { Shape, StructureShape } from "../shape.ts";
import { readWire } from "./request-body.ts";

const text: Shape = { type: "string" };
const shape: StructureShape = {
  type: "structure",
  members: {
    Text: text,
    Free: { type: "document" },
    Texts: { type: "list", member: text },
    Map: { type: "map", key: { type: "string" }, value: text },
    get Choice(): Shape {
      return { type: "union", members: { One: text, Self: shape } };
    },
    get Selves(): Shape {
      return { type: "list", member: shape };
    },
    get ByName(): Shape {
      return { type: "map", key: { type: "string" }, value: shape };
    },
  },
};

it("members of structures and unions that are null go, at every depth", () => {
  const wire = {
    Text: null,
    Other: null,
    Choice: { One: null, Self: { Text: null } },
    Selves: [{ Text: null }],
    ByName: { a: { Text: null } },
  };
  readWire(shape, wire);
  expect(wire).toEqual({ Choice: { Self: {} }, Selves: [{}], ByName: { a: {} } });
});

it("null stays in lists, maps and documents", () => {
  const wire = { Texts: ["a", null], Map: { a: null }, Free: null };
  readWire(shape, wire);
  expect(wire).toEqual({ Texts: ["a", null], Map: { a: null }, Free: null });
});

it.each<[Shape, unknown, string]>([
  [text, 1, "a string, got a number"],
  [{ type: "integer" }, "1", "a number, got a string"],
  [{ type: "boolean" }, 0, "a boolean, got a number"],
  [{ type: "timestamp" }, true, "a number, got a boolean"],
  [{ type: "list", member: text }, { a: 1 }, "a list, got an object"],
  [{ type: "map", key: { type: "string" }, value: text }, [], "an object, got a list"],
])("a value of another type than %o is refused: %o", (member, value, expected) => {
  const outer: StructureShape = { type: "structure", members: { Member: member } };
  expect(() => readWire(outer, { Member: value })).toThrow(
    new TypeError(`Member: expected ${expected}`),
  );
});

it("the way to a value of another type is said, without the keys of maps", () => {
  const wire = { ByName: { "a secret": { Selves: [{}, { Text: 1 }] } } };
  expect(() => readWire(shape, wire)).toThrow(
    new TypeError("ByName.value.Selves[1].Text: expected a string, got a number"),
  );
});

it("numbers may come as JSON cannot write them, and large ones as bigint", () => {
  const outer: StructureShape = {
    type: "structure",
    members: { Double: { type: "double" }, Long: { type: "long" }, Free: { type: "document" } },
  };
  const wire = { Double: "NaN", Long: 2n ** 60n, Free: [1, null], Other: null, Unknown: 1 };
  readWire(outer, wire);
  expect(wire).toEqual({ Double: "NaN", Long: 2n ** 60n, Free: [1, null], Unknown: 1 });
});
