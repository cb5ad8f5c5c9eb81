import { describe, expect, test } from "vitest";
import type {
  Bounds,
  Constraints,
  ListShape,
  MapShape,
  Member,
  NumberShape,
  NumberType,
  Shape,
  StringShape,
  StructureShape,
  UnionShape,
} from "../ir/shape.ts";
import { evaluateSample, type SampleOptions, sampleMember, sampleValue } from "./sample-value.ts";

const base = {
  documentation: undefined,
  deprecated: undefined,
  sensitive: false,
  traits: new Map<string, unknown>(),
};

function named(name: string): { readonly id: string; readonly name: string } & typeof base {
  return { ...base, id: `com.example#${name}`, name };
}

function constrained(given: Partial<Constraints> = {}): Constraints {
  return { length: undefined, range: undefined, pattern: undefined, uniqueItems: false, ...given };
}

function length(min: number | undefined, max?: number): Bounds {
  return { min, max };
}

function string(given?: Partial<Constraints>): StringShape {
  return { ...named("Text"), type: "string", constraints: constrained(given) };
}

function number(type: NumberType, range?: Bounds): NumberShape {
  return { ...named("Number"), type, constraints: constrained({ range }) };
}

function member(name: string, target: Shape, given: Partial<Member> = {}): Member {
  return {
    ...named(name),
    target,
    required: false,
    clientOptional: false,
    default: undefined,
    idempotencyToken: false,
    timestampFormat: undefined,
    constraints: "constraints" in target ? target.constraints : constrained(),
    ...given,
  };
}

function required(name: string, target: Shape): Member {
  return member(name, target, { required: true });
}

function structure(members: readonly Member[], name = "Thing"): StructureShape {
  return {
    ...named(name),
    type: "structure",
    members,
    error: undefined,
    isInput: false,
    isOutput: false,
  };
}

function union(members: readonly Member[], traits = base.traits): UnionShape {
  return { ...named("Choice"), type: "union", members, traits };
}

function list(target: Shape, given?: Partial<Constraints>): ListShape {
  return {
    ...named("Names"),
    type: "list",
    member: required("member", target),
    sparse: false,
    constraints: constrained(given),
  };
}

function map(key: Shape, value: Shape, given?: Partial<Constraints>): MapShape {
  return {
    ...named("Tags"),
    type: "map",
    key: required("key", key),
    value: required("value", value),
    sparse: false,
    constraints: constrained(given),
  };
}

const flag: Shape = { ...named("Flag"), type: "boolean" };
const time: Shape = { ...named("Time"), type: "timestamp", format: undefined };
const document: Shape = { ...named("Document"), type: "document" };
const color: Shape = {
  ...named("Color"),
  type: "enum",
  values: ["red", "blue"].map((value) => ({ ...base, name: value.toUpperCase(), value })),
};
const level: Shape = {
  ...named("Level"),
  type: "intEnum",
  values: [{ ...base, name: "LOW", value: 3 }],
};

function blob(bounds?: Bounds): Shape {
  return { ...named("Data"), type: "blob", constraints: constrained({ length: bounds }) };
}

function sample(shape: Shape, options?: SampleOptions): unknown {
  const value = sampleValue(shape, options);
  return value === undefined ? undefined : evaluateSample(value);
}

describe("a simple shape gives a simple value", () => {
  test.each<[string, Shape, unknown]>([
    ["string", string(), "example-text"],
    ["boolean", flag, true],
    ["timestamp", time, new Date("2026-07-01T00:00:00Z")],
    ["enum", color, "red"],
    ["intEnum", level, 3],
    ["document", document, { example: 1 }],
    ["blob", blob(), Uint8Array.of(1, 2, 3)],
    ["blob of up to two bytes", blob(length(undefined, 2)), Uint8Array.of(1, 2)],
    ["blob of twenty bytes", blob(length(20)), new Uint8Array(20)],
    ["integer", number("integer"), 1],
    ["long", number("long"), 1],
    ["bigInteger", number("bigInteger"), 1n],
    ["bigDecimal", number("bigDecimal"), "1"],
    ["integer from 5", number("integer", length(5)), 5],
    ["integer up to 0", number("integer", length(undefined, 0)), 0],
    ["integer up to -7", number("integer", length(undefined, -7)), -7],
    ["integer from 1.5", number("integer", length(1.5)), 2],
    ["float within a fraction", number("float", length(0.25, 0.5)), 0.25],
    ["long beyond what a number holds", number("long", length(2 ** 60)), 2n ** 60n],
  ])("%s", (_what, shape, expected) => {
    expect(sample(shape)).toEqual(expected);
  });
});

describe("nothing comes back for a shape without values", () => {
  test.each<[string, Shape]>([
    ["a byte above 127", number("byte", length(128))],
    ["an integer between two", number("integer", length(1.2, 1.8))],
    ["an enum without values", { ...color, values: [] } as Shape],
    ["a pattern that nothing matches", string({ pattern: "^(?!a)a$" })],
    ["a structure that needs that", structure([required("A", string({ pattern: "^(?!a)a$" }))])],
    ["a union without members", union([])],
    ["a stream", union([member("A", flag)], new Map([["smithy.api#streaming", {}]]))],
    [
      "a list of three booleans, no two equal",
      list(flag, { length: length(3), uniqueItems: true }),
    ],
    ["a map of three colors", map(color, flag, { length: length(3) })],
  ])("%s", (_what, shape) => {
    expect(sample(shape)).toBeUndefined();
  });
});

describe("a list", () => {
  test("has one element, named after the list", () => {
    expect(sample(list(string()), { hint: "SubnetIds" })).toEqual(["example-subnet-id"]);
  });

  test("has as many as it must, no two alike where there are as many", () => {
    const names = ["example-name", "example-name-2", "example-name-3"];
    expect(sample(list(string(), { length: length(3, 5) }))).toEqual(names);
    expect(sample(list(flag, { length: length(3) }))).toEqual([true, false, true]);
  });

  test("has records that differ where no two may be equal", () => {
    const record = structure([required("Color", color), required("At", time)]);
    expect(sample(list(record, { length: length(3), uniqueItems: true }))).toEqual([
      { Color: "red", At: new Date("2026-07-01T00:00:00Z") },
      { Color: "blue", At: new Date("2026-07-01T01:00:00Z") },
      { Color: "red", At: new Date("2026-07-01T02:00:00Z") },
    ]);
  });

  test("is empty where it must be", () => {
    expect(sample(list(string(), { length: length(0, 0) }))).toEqual([]);
  });
});

describe("a map", () => {
  test("has one entry, or as many as it must", () => {
    expect(sample(map(string(), string()))).toEqual({ "example-key": "example-value" });
    expect(sample(map(color, flag, { length: length(2) }))).toEqual({ red: true, blue: false });
  });
});

describe("a structure", () => {
  const inner = structure([required("Id", number("integer")), member("Note", string())], "Inner");
  const outer = structure([
    required("Inner", inner),
    member("Name", string()),
    member("More", inner),
  ]);

  test("has required and optional members", () => {
    expect(sample(outer)).toEqual({
      Inner: { Id: 1, Note: "example-note" },
      Name: "example-name",
      More: { Id: 1, Note: "example-note" },
    });
  });

  test("has required members alone below the depth", () => {
    expect(sample(outer, { depth: 0 })).toEqual({ Inner: { Id: 1 } });
    expect(sample(outer, { depth: 1 })).toEqual({
      Inner: { Id: 1 },
      Name: "example-name",
      More: { Id: 1 },
    });
  });

  test("leaves out optional members that are deprecated, filled in by the client, or unwanted", () => {
    const shape = structure([
      member("Old", string(), { deprecated: { message: undefined, since: undefined } }),
      member("Token", string(), { idempotencyToken: true }),
      member("NextToken", string()),
      required("Name", string()),
    ]);
    const leavesOut = ({ name }: Member): boolean => name.startsWith("N");
    expect(sample(shape, { leavesOut })).toEqual({ Name: "example-name" });
  });

  test("leaves out an optional structure that would be empty, unless it always is", () => {
    const optional = structure([member("Note", string())]);
    const shape = structure([member("Options", optional), member("Unit", structure([]))]);
    expect(sample(shape, { depth: 1 })).toEqual({ Unit: {} });
  });

  test("leaves out an optional member that no value was found for", () => {
    expect(sample(structure([member("A", string({ pattern: "^(?!a)a$" }))]))).toEqual({});
  });

  test("takes a member's constraints over those of its shape", () => {
    const constraints = constrained({ length: length(1, 4) });
    expect(sample(structure([member("Name", string(), { constraints })]))).toEqual({
      Name: "exam",
    });
    expect(sampleMember(member("Name", string(), { constraints }))).toEqual({
      kind: "string",
      value: "exam",
    });
  });
});

describe("a shape that leads back to itself", () => {
  const node = (back: (self: Shape) => Member): Shape => {
    const members: Member[] = [required("Name", string())];
    const self = structure(members, "Node");
    members.push(back(self));
    return self;
  };

  test.each<[string, Shape, unknown]>([
    ["ends at an optional member", node((self) => member("Next", self)), { Name: "example-name" }],
    [
      "ends at an optional list",
      node((self) => member("All", list(self))),
      { Name: "example-name" },
    ],
    [
      "ends at a required list that may be empty",
      node((self) => required("All", list(self))),
      { Name: "example-name", All: [] },
    ],
    [
      "ends at a required map that may be empty",
      node((self) => required("All", map(string(), self))),
      { Name: "example-name", All: {} },
    ],
    ["has no value where it must go on", node((self) => required("Next", self)), undefined],
    [
      "has no value where a list must go on",
      node((self) => required("All", list(self, { length: length(1) }))),
      undefined,
    ],
  ])("%s", (_what, shape, expected) => {
    expect(sample(shape)).toEqual(expected);
  });

  test("goes on with another member of a union", () => {
    const members: Member[] = [];
    const choice = union(members);
    members.push(member("Not", choice), member("Any", list(choice, { length: length(1) })));
    expect(sample(choice)).toBeUndefined();
    members.push(member("Is", flag));
    expect(sample(choice)).toEqual({ Is: true });
  });
});
