import { describe, expect, test } from "vitest";
import { findProblems } from "../find-problems.ts";
import type { NumberShape, Shape, StructureShape } from "../shape.ts";
import { createSample, type SampleHints, type SampleOptions } from "./sample.ts";

interface Members {
  readonly [name: string]: unknown;
}

function structure(
  members: { readonly [name: string]: Shape },
  required: readonly string[] = [],
): StructureShape {
  return { type: "structure", members, required };
}

function sample(
  shape: StructureShape,
  hints: readonly (readonly [Shape, SampleHints])[] = [],
  options: SampleOptions<Members> = {},
): Members {
  return createSample<Members>(shape, new Map(hints), options);
}

const seeds = Array.from({ length: 50 }, (_, seed) => seed);
const text: Shape = { type: "string" };
const flag: Shape = { type: "boolean" };

const record = structure({
  Name: text,
  Color: { type: "string", values: ["red", "blue"] },
  Flag: flag,
  When: { type: "timestamp" },
  Data: { type: "blob", min: 2, max: 4 },
  Free: { type: "document" },
  Names: { type: "list", member: text, min: 2, max: 3, unique: true },
  Sizes: { type: "map", key: { type: "string" }, value: { type: "integer" }, max: 2 },
  Choice: { type: "union", members: { A: flag, B: { type: "integer" } } },
});
const recordHints: SampleHints = {
  choices: {
    Name: ["a", "b", "c"],
    "Names.member": ["d", "e", "f"],
    "Sizes.key": ["x", "y"],
  },
};

test("a sample has every member, with values that the shape allows, whatever the seed", () => {
  for (const seed of seeds) {
    const value = sample(record, [[record, recordHints]], { seed });
    expect(findProblems(record, value)).toEqual([]);
    expect(Object.keys(value)).toEqual(Object.keys(record.members));
    expect(["a", "b", "c"]).toContain(value.Name);
    expect(["red", "blue"]).toContain(value.Color);
  }
});

test("the same seed gives the same sample, others give others", () => {
  const draw = (seed: number): string =>
    JSON.stringify(sample(record, [[record, recordHints]], { seed }));
  expect(draw(7)).toBe(draw(7));
  expect(new Set(seeds.map(draw)).size).toBe(seeds.length);
  expect(draw(0)).toBe(JSON.stringify(sample(record, [[record, recordHints]])));
});

test("a member that the model gains changes no other", () => {
  const { New, ...value } = sample(structure({ New: flag, ...record.members }), [], { seed: 3 });
  expect(value).toEqual(sample(record, [], { seed: 3 }));
});

describe("a number is within its type and its bounds", () => {
  test.each<NumberShape>([
    { type: "byte" },
    { type: "short", min: 30_000 },
    { type: "integer", max: 0 },
    { type: "integer", min: 2_147_483_640 },
    { type: "integer", min: -5, max: -5 },
    { type: "long", min: 9_007_199_254_740_992 },
    { type: "float", min: 0.5, max: 0.75 },
    { type: "double", max: -1.5 },
    { type: "bigInteger" },
    { type: "bigDecimal" },
  ])("%o", (shape) => {
    for (const seed of seeds) {
      const value = sample(structure({ Size: shape }, ["Size"]), [], { seed });
      expect(findProblems(structure({ Size: shape }), value)).toEqual([]);
    }
  });

  test("and of a numbered enum, one of its values", () => {
    const shape = structure({ Level: { type: "integer" } });
    const levels = seeds.map(
      (seed) => sample(shape, [[shape, { choices: { Level: [3, 7] } }]], { seed }).Level,
    );
    expect(new Set(levels)).toEqual(new Set([3, 7]));
  });
});

describe("what has no value", () => {
  const hopeless: Shape = { type: "integer", min: 2, max: 1 };

  test.each<[string, Shape]>([
    ["a number without room", hopeless],
    ["a text that nothing is known of", text],
    ["a list that must have one of these", { type: "list", min: 1, member: text }],
    [
      "a list of more different values than there are",
      { type: "list", min: 3, unique: true, member: flag },
    ],
    ["a map without keys", { type: "map", min: 1, key: { type: "string" }, value: flag }],
    ["a union of these", { type: "union", members: { A: hopeless, B: text } }],
    ["a structure that must have one of these", structure({ A: hopeless }, ["A"])],
    ["a blob without room", { type: "blob", min: 2, max: 1 }],
  ])("is left out where it may be, and refused where not: %s", (_what, shape) => {
    expect(sample(structure({ Flag: flag, Other: shape }))).toEqual({ Flag: expect.anything() });
    expect(() => sample(structure({ Other: shape }, ["Other"]))).toThrow("no value that ends");
  });

  test("is left out where the generator says so", () => {
    const shape = structure({ Flag: flag, Token: flag });
    expect(Object.keys(sample(shape, [[shape, { leavesOut: ["Token"] }]]))).toEqual(["Flag"]);
  });
});

describe("a shape that leads back to itself", () => {
  const node: StructureShape = {
    type: "structure",
    required: ["Id", "All"],
    members: {
      Id: { type: "integer" },
      get Next(): Shape {
        return node;
      },
      get Others(): Shape {
        return { type: "list", member: node };
      },
      get All(): Shape {
        return { type: "map", key: { type: "string", values: ["a"] }, value: node };
      },
      get Either(): Shape {
        return either;
      },
    },
  };
  const either: Shape = {
    type: "union",
    members: {
      Node: node,
      get Either(): Shape {
        return either;
      },
      Flag: flag,
    },
  };

  test("ends", () => {
    for (const seed of seeds) {
      const value = sample(node, [], { seed });
      expect(findProblems(node, value)).toEqual([]);
      expect(Object.keys(value)).toEqual(["Id", "All", "Either"]);
      expect(value.All).toEqual({});
    }
  });

  test("shows optional members of three structures inside each other", () => {
    const nest = (inner: StructureShape): StructureShape => structure({ Flag: flag, Inner: inner });
    const innermost = structure({ Flag: flag, Id: { type: "integer" } }, ["Id"]);
    const value = sample(nest(nest(nest(structure({ Last: innermost }, ["Last"])))));
    const any = expect.anything();
    expect(value).toEqual({
      Flag: any,
      Inner: { Flag: any, Inner: { Flag: any, Inner: { Last: { Id: any } } } },
    });
  });
});

describe("overrides", () => {
  test("take the place of members, and leave out those that are undefined", () => {
    const overrides = { Color: "green", Flag: undefined };
    const value = sample(record, [[record, recordHints]], { overrides });
    const { Flag, ...rest } = sample(record, [[record, recordHints]]);
    expect(value).toEqual({ ...rest, Color: "green" });
    expect(value).not.toHaveProperty("Flag");
  });

  test("are refused where the model does not allow them", () => {
    const wrong = { Data: new Uint8Array(1), Colour: "red" };
    expect(() => sample(record, [], { overrides: wrong })).toThrow(
      new TypeError(
        "the model does not allow the sample: Data: 1 bytes are fewer than 2; Colour: is no member of the model",
      ),
    );
  });
});
