import { expect, it } from "vitest";
import type { Shape, StructureShape } from "../shape.ts";
import { dropNulls } from "./request-body.ts";

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
  dropNulls(shape, wire);
  expect(wire).toEqual({ Choice: { Self: {} }, Selves: [{}], ByName: { a: {} } });
});

it("null stays in lists, maps and documents", () => {
  const wire = { Texts: ["a", null], Map: { a: null }, Free: null };
  dropNulls(shape, wire);
  expect(wire).toEqual({ Texts: ["a", null], Map: { a: null }, Free: null });
});

it("what is not what the shape says is left for others to refuse", () => {
  const wire = { Texts: 1, Map: [null], Choice: "a" };
  dropNulls(shape, wire);
  expect(wire).toEqual({ Texts: 1, Map: [null], Choice: "a" });
});
