import { expect, test } from "vitest";
import type { Shapes } from "./test-model.ts";
import { toTypedValue } from "./typed-value.ts";

const prelude = (name: string): { readonly target: string } => ({ target: `smithy.api#${name}` });
const shapes: Shapes = {
  "example#All": {
    type: "structure",
    members: {
      Text: prelude("String"),
      Blob: prelude("Blob"),
      When: prelude("Timestamp"),
      Ratio: prelude("Double"),
      Small: prelude("PrimitiveFloat"),
      Long: prelude("Long"),
      Big: prelude("BigInteger"),
      Document: prelude("Document"),
      List: { target: "example#List" },
      Map: { target: "example#Map" },
      Choice: { target: "example#Choice" },
    },
  },
  "example#List": { type: "list", member: prelude("Timestamp") },
  "example#Map": { type: "map", value: prelude("Blob") },
  "example#Choice": { type: "union", members: { Blob: prelude("Blob") } },
};

test.each<[object, object]>([
  [{ Text: "1" }, { Text: "1" }],
  [{ Text: null }, { Text: undefined }],
  [{ Blob: "é" }, { Blob: Uint8Array.of(0xc3, 0xa9) }],
  [{ When: 1398796238 }, { When: new Date("2014-04-29T18:30:38Z") }],
  [{ When: 946845296.123 }, { When: new Date("2000-01-02T20:34:56.123Z") }],
  [
    { Ratio: "NaN", Small: "-Infinity" },
    { Ratio: Number.NaN, Small: Number.NEGATIVE_INFINITY },
  ],
  [
    { Long: 2n ** 60n, Big: 5 },
    { Long: 2n ** 60n, Big: 5n },
  ],
  [{ Document: { Blob: "x", no: null } }, { Document: { Blob: "x", no: null } }],
  [{ List: [0, null] }, { List: [new Date(0), null] }],
  [{ Map: { key: "a", none: null } }, { Map: { key: Uint8Array.of(97), none: null } }],
  [{ Choice: { Blob: "a" } }, { Choice: { Blob: Uint8Array.of(97) } }],
])("%o becomes what a caller has", (params, typed) => {
  expect(toTypedValue(shapes, "example#All", params)).toStrictEqual(typed);
});

test("a member that the model does not have is refused", () => {
  expect(() => toTypedValue(shapes, "example#All", { Wrong: 1 })).toThrow(
    "example#All: has no member Wrong",
  );
});
