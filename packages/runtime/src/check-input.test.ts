import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { checkInput, type ShapeChecks } from "./check-input.ts";
import { InvalidInputError } from "./errors.ts";
import { findProblems } from "./find-problems.ts";
import type {
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StructureShape,
  UnionShape,
} from "./shape.ts";
import { checkBlob } from "./shape-checks.ts";
import { unitShape } from "./unit.ts";

/** The problems of a value, one line each. */
function check(shape: Shape, value: unknown): readonly string[] {
  return findProblems(shape, value).map(({ path, message }) => `${path}: ${message}`);
}

describe("strings", () => {
  it.each([
    ["ab", []],
    ["abc", []],
    ["a", [": 1 characters are fewer than 2"]],
    ["", [": 0 characters are fewer than 2"]],
    ["abcd", [": 4 characters are more than 3"]],
  ])("of 2 to 3 characters: %j has the problems %j", (value, problems) => {
    expect(check({ type: "string", min: 2, max: 3 }, value)).toEqual(problems);
  });

  it("are measured in code points: an emoji is one character", () => {
    expect(check({ type: "string", max: 2 }, "🐾🐾")).toEqual([]);
    expect(check({ type: "string", max: 2 }, "🐾🐾🐾")).toEqual([": 3 characters are more than 2"]);
    expect(check({ type: "string", min: 2 }, "🐾")).toEqual([": 1 characters are fewer than 2"]);
  });

  it("count half of a surrogate pair as one character", () => {
    expect(check({ type: "string", max: 2 }, "\ud83d\ud83d")).toEqual([]);
    expect(check({ type: "string", min: 3 }, "\udc3e\ud83d")).toEqual([
      ": 2 characters are fewer than 3",
    ]);
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ["1", 1],
    ["1", 1n],
    ["true", true],
    ["an array", ["a"]],
    ["an object (Object)", { a: 1 }],
    ["an object (String)", new String("a")],
    ["an object (Object)", Object.create(null)],
    ["a symbol", Symbol("a")],
    ["a function", () => "a"],
  ])("are primitive strings: %s is none", (printed, value) => {
    expect(check({ type: "string" }, value)).toEqual([`: ${printed} is not a string`]);
  });

  it("prints an object whose constructor is no function without looking into it", () => {
    const value: unknown = { constructor: { name: "secret" } };
    expect(check({ type: "string" }, value)).toEqual([": an object (Object) is not a string"]);
    expect(check({ type: "string" }, { constructor: null })).toEqual([
      ": an object (Object) is not a string",
    ]);
  });

  it("match their pattern somewhere, unless the pattern is anchored", () => {
    expect(check({ type: "string", pattern: /[0-9]/u }, "a1b")).toEqual([]);
    expect(check({ type: "string", pattern: /^[0-9]+$/u }, "a1b")).toEqual([
      ': "a1b" does not match /^[0-9]+$/u',
    ]);
    expect(check({ type: "string", pattern: /^[0-9]+$/u }, "1\n")).toHaveLength(1);
  });

  it.each([/a/g, /a/y, /a/gy])("match %s wherever the last match ended", (pattern) => {
    const shape: Shape = { type: "string", pattern };
    pattern.lastIndex = 5;
    expect([check(shape, "ba"), check(shape, "ba"), check(shape, "b")]).toEqual([
      [],
      [],
      [`: "b" does not match ${pattern}`],
    ]);
    expect(pattern.lastIndex).toBe(5);
  });

  it("may have values that the package does not know", () => {
    expect(check({ type: "string", values: ["Success"] }, "AddedLater")).toEqual([]);
  });

  it("report length and pattern at once", () => {
    expect(check({ type: "string", min: 3, pattern: /^\d*$/u }, "ab")).toEqual([
      ": 2 characters are fewer than 3",
      ': "ab" does not match /^\\d*$/u',
    ]);
  });

  it("are not compared with their pattern where they are too long for it", () => {
    // Each further character would double the time: the test would not come to its end.
    const shape: Shape = { type: "string", max: 16, pattern: /^(a+)+$/u };
    expect(check(shape, `${"a".repeat(15)}!`)).toHaveLength(1);
    expect(check(shape, `${"a".repeat(1_000)}!`)).toEqual([": 1001 characters are more than 16"]);
  });

  it("may have any length, and are counted without a copy", () => {
    const shape: Shape = { type: "string", max: 10 };
    const long = "🐾".repeat(10_000_000);
    expect(check(shape, long)).toEqual([": 10000000 characters are more than 10"]);
  });

  it("are shortened in a message to 64 characters, and never within one", () => {
    const [problem] = check(
      { type: "string", pattern: /^b/u },
      `${"a".repeat(63)}🐾${"a".repeat(9)}`,
    );
    expect(problem).toBe(`: "${"a".repeat(63)}🐾…" does not match /^b/u`);
    const whole = check({ type: "string", pattern: /^b/u }, "a".repeat(64));
    expect(whole).toEqual([`: "${"a".repeat(64)}" does not match /^b/u`]);
  });

  it("stand in a message with control characters escaped", () => {
    expect(check({ type: "string", pattern: /^b/u }, 'a"\n\u001b[31m')).toEqual([
      ': "a\\"\\n\\u001b[31m" does not match /^b/u',
    ]);
  });
});

describe("whole numbers", () => {
  it.each([
    ["byte", -128, 127],
    ["short", -32_768, 32_767],
    ["integer", -2_147_483_648, 2_147_483_647],
  ] as const)("of type %s go from %d to %d", (type, min, max) => {
    expect([check({ type }, min), check({ type }, max), check({ type }, -0)]).toEqual([[], [], []]);
    expect(check({ type }, min - 1)).toEqual([`: ${min - 1} is below ${min}`]);
    expect(check({ type }, max + 1)).toEqual([`: ${max + 1} is above ${max}`]);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", 1n, null, true])(
    "of type integer are JavaScript numbers without a fraction: %s is none",
    (value) => {
      const printed = typeof value === "string" ? JSON.stringify(value) : String(value);
      expect(check({ type: "integer" }, value)).toEqual([`: ${printed} is not a whole number`]);
    },
  );

  it("keep to the bounds of the model", () => {
    const shape: Shape = { type: "integer", min: 0, max: 10 };
    expect([check(shape, 0), check(shape, 10), check(shape, -0)]).toEqual([[], [], []]);
    expect(check(shape, -1)).toEqual([": -1 is below 0"]);
    expect(check(shape, 11)).toEqual([": 11 is above 10"]);
  });

  it("of type long are safe integers or bigints", () => {
    const values = [
      0,
      -0,
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      1n,
      2n ** 63n - 1n,
      -(2n ** 63n),
    ];
    expect(values.flatMap((value) => check({ type: "long" }, value))).toEqual([]);
  });

  it.each([2 ** 53, 1.5, Number.NaN, 2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n])(
    "of type long are neither rounded nor longer than 64 bits: %s is refused",
    (value) => {
      expect(check({ type: "long" }, value)).toEqual([
        `: ${value} is not a safe integer or a bigint of 64 bits`,
      ]);
    },
  );

  it("of type long are compared exactly", () => {
    expect(check({ type: "long", max: 2 ** 53 }, 2n ** 53n)).toEqual([]);
    expect(check({ type: "long", max: 2 ** 53 }, 2n ** 53n + 1n)).toEqual([
      ": 9007199254740993 is above 9007199254740992",
    ]);
    expect(check({ type: "long", min: -(2 ** 53) }, -(2n ** 53n) - 1n)).toHaveLength(1);
  });

  it("of type bigInteger are bigints of any length", () => {
    expect(check({ type: "bigInteger" }, 10n ** 100n)).toEqual([]);
    expect(check({ type: "bigInteger" }, 1)).toEqual([": 1 is not a bigint"]);
    expect(check({ type: "bigInteger", max: 5 }, 6n)).toEqual([": 6 is above 5"]);
  });
});

describe("fractional numbers", () => {
  it.each(["float", "double"] as const)("of type %s may be anything that is a number", (type) => {
    const values = [1.5, -0, 1e308, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(values.flatMap((value) => check({ type }, value))).toEqual([]);
  });

  it.each(["1", 1n, null, "NaN"])("are no other type: %s is refused", (value) => {
    expect(check({ type: "double" }, value)).toEqual([
      `: ${typeof value === "string" ? JSON.stringify(value) : value} is not a number`,
    ]);
  });

  it("keep to the bounds of the model, which are not whole", () => {
    const shape: Shape = { type: "float", min: 0.5, max: 1.5 };
    expect([check(shape, 0.5), check(shape, 1.5)]).toEqual([[], []]);
    expect(check(shape, 0.25)).toEqual([": 0.25 is below 0.5"]);
    expect(check(shape, Number.POSITIVE_INFINITY)).toEqual([": Infinity is above 1.5"]);
  });

  it("that have a bound are not NaN", () => {
    expect(check({ type: "double", min: 0 }, Number.NaN)).toEqual([": NaN is within no bounds"]);
    expect(check({ type: "double", max: 0 }, Number.NaN)).toEqual([": NaN is within no bounds"]);
  });

  it.each(["0", "-0", "1", "-1.50", "0.1", "1e5", "1E+5", "-12.5e-10", "1".repeat(400)])(
    "of type bigDecimal are JSON numbers as text: %s",
    (value) => {
      expect(check({ type: "bigDecimal" }, value)).toEqual([]);
    },
  );

  it.each(["", "+1", ".5", "1.", "01", "1e", "0x1", "NaN", "Infinity", " 1", "1\n", "1_0", "١"])(
    "of type bigDecimal are nothing else: %j",
    (value) => {
      expect(check({ type: "bigDecimal" }, value)).toEqual([
        `: ${JSON.stringify(value)} is not a string with a decimal number`,
      ]);
    },
  );

  it("of type bigDecimal keep to the bounds of the model", () => {
    const shape: NumberShape = { type: "bigDecimal", min: 0, max: 10 };
    expect(check(shape, "10.0")).toEqual([]);
    expect(check(shape, "10.5")).toEqual([': "10.5" is above 10']);
    expect(check(shape, "1e999")).toEqual([': "1e999" is above 10']);
    expect(check(shape, "-1")).toEqual([': "-1" is below 0']);
  });
});

describe("booleans", () => {
  it("are true or false", () => {
    expect([check({ type: "boolean" }, true), check({ type: "boolean" }, false)]).toEqual([[], []]);
  });

  it.each([0, 1, "true", null])("are nothing else: %j", (value) => {
    expect(check({ type: "boolean" }, value)).toEqual([
      `: ${JSON.stringify(value)} is not true or false`,
    ]);
  });
});

describe("timestamps", () => {
  it("are Dates, of this realm or another", () => {
    expect(check({ type: "timestamp" }, new Date(0))).toEqual([]);
    expect(check({ type: "timestamp" }, runInNewContext("new Date(0)"))).toEqual([]);
    expect(check({ type: "timestamp" }, new (class extends Date {})(0))).toEqual([]);
  });

  it("are valid", () => {
    expect(check({ type: "timestamp" }, new Date(Number.NaN))).toEqual([": the Date is invalid"]);
    expect(check({ type: "timestamp" }, runInNewContext("new Date(NaN)"))).toHaveLength(1);
  });

  it.each([
    ["0", 0],
    ['"2026-07-01"', "2026-07-01"],
    ["null", null],
    ["an object (Object)", { getTime: () => 0 }],
    ["an object (Date)", Object.create(Date.prototype)],
    ["an object (Object)", { [Symbol.toStringTag]: "Date" }],
  ])("are nothing that only looks like a Date: %s", (printed, value) => {
    expect(check({ type: "timestamp" }, value)).toEqual([`: ${printed} is not a Date`]);
  });
});

describe("blobs", () => {
  it("are Uint8Arrays, of this realm or another", () => {
    const values = [
      new Uint8Array(2),
      Buffer.from("ab"),
      runInNewContext("new Uint8Array(2)"),
      new (class extends Uint8Array {})(2),
      new Uint8Array(new SharedArrayBuffer(2)),
    ];
    expect(values.flatMap((value) => check({ type: "blob", min: 2, max: 2 }, value))).toEqual([]);
  });

  it("are measured in bytes", () => {
    expect(check({ type: "blob", min: 1 }, new Uint8Array())).toEqual([
      ": 0 bytes are fewer than 1",
    ]);
    expect(check({ type: "blob", max: 3 }, new Uint8Array(4))).toEqual([
      ": 4 bytes are more than 3",
    ]);
  });

  it.each([
    ['"text"', "text"],
    ["an array", [1, 2]],
    ["an object (ArrayBuffer)", new ArrayBuffer(2)],
    ["an object (Uint16Array)", new Uint16Array(2)],
    ["an object (DataView)", new DataView(new ArrayBuffer(2))],
    ["an object (Object)", { length: 2, [Symbol.toStringTag]: "Uint8Array" }],
  ])("are no other kind of bytes: %s", (printed, value) => {
    expect(check({ type: "blob" }, value)).toEqual([`: ${printed} is not a Uint8Array`]);
  });
});

describe("lists", () => {
  const strings: ListShape = { type: "list", member: { type: "string" }, min: 1, max: 3 };

  it("are measured in elements", () => {
    expect(check(strings, ["a"])).toEqual([]);
    expect(check(strings, [])).toEqual([": 0 elements are fewer than 1"]);
    expect(check(strings, ["a", "b", "c", "d"])).toEqual([": 4 elements are more than 3"]);
  });

  it("are arrays, of this realm or another", () => {
    expect(check(strings, runInNewContext("['a']"))).toEqual([]);
  });

  it.each([
    ['"a"', "a"],
    ["null", null],
    ["an object (Set)", new Set(["a"])],
    ["an object (Object)", { 0: "a", length: 1 }],
  ])("are no other iterable: %s", (printed, value) => {
    expect(check(strings, value)).toEqual([`: ${printed} is not an array`]);
  });

  it("say which of their elements is wrong", () => {
    expect(check(strings, ["a", 1, null])).toEqual([
      "[1]: 1 is not a string",
      "[2]: null is not a string",
    ]);
  });

  it("that are sparse may have null in them, and nothing else that is no value", () => {
    const sparse: Shape = { ...strings, sparse: true };
    expect(check(sparse, ["a", null])).toEqual([]);
    expect(check(sparse, [undefined])).toEqual(["[0]: undefined is not a string"]);
  });

  it("have no holes: they would be sent as null", () => {
    const holes: unknown[] = new Array(2);
    expect(check(strings, holes)).toEqual([
      "[0]: undefined is not a string",
      "[1]: undefined is not a string",
    ]);
  });

  it("that are unique say which elements are equal", () => {
    const unique: Shape = { type: "list", member: { type: "string" }, unique: true };
    expect(check(unique, ["a", "b"])).toEqual([]);
    expect(check(unique, ["a", "b", "a", "a"])).toEqual([
      ": the elements 0 and 2 are equal",
      ": the elements 0 and 3 are equal",
    ]);
  });

  it("that are unique compare a bigint and a number by value", () => {
    const unique: Shape = { type: "list", member: { type: "long" }, unique: true };
    expect(check(unique, [1n, 2n ** 60n, 2n ** 60n + 1n])).toEqual([]);
    expect(check(unique, [1, 1n])).toEqual([": the elements 0 and 1 are equal"]);
  });

  it("that are unique compare bytes and dates by value", () => {
    const blobs: Shape = { type: "list", member: { type: "blob" }, unique: true };
    expect(check(blobs, [Buffer.from("a"), Buffer.from("b")])).toEqual([]);
    expect(check(blobs, [Buffer.from("a"), Buffer.from("a")])).toHaveLength(1);
    expect(check(blobs, [Uint8Array.of(1), Uint8Array.of(2)])).toEqual([]);
    expect(check(blobs, [Uint8Array.of(1), Uint8Array.of(1)])).toHaveLength(1);
    const dates: Shape = { type: "list", member: { type: "timestamp" }, unique: true };
    expect(check(dates, [new Date(0), new Date(1)])).toEqual([]);
    expect(check(dates, [new Date(0), new Date(0)])).toHaveLength(1);
  });

  it("that are unique are compared with each other where they are right", () => {
    const unique: Shape = { type: "list", member: { type: "string", max: 3 }, unique: true };
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    expect(check(unique, ["a", "long", cyclic, "a", "long"])).toEqual([
      "[1]: 4 characters are more than 3",
      "[2]: an array is not a string",
      "[4]: 4 characters are more than 3",
      ": the elements 0 and 3 are equal",
    ]);
  });

  it("that are unique may have elements that are no JSON", () => {
    const members: StructureShape = { type: "structure", members: { Id: { type: "long" } } };
    const unique: Shape = { type: "list", member: members, unique: true };
    expect(check(unique, [{ Id: 1n }, { Id: 2n }])).toEqual([]);
    expect(check(unique, [{ Id: 1n }, { Id: 1n }])).toEqual([": the elements 0 and 1 are equal"]);
  });
});

describe("maps", () => {
  const map: MapShape = {
    type: "map",
    key: { type: "string", max: 3 },
    value: { type: "integer" },
    min: 1,
    max: 2,
  };

  it("are measured in entries", () => {
    expect(check(map, { a: 1, b: 2 })).toEqual([]);
    expect(check(map, {})).toEqual([": 0 entries are fewer than 1"]);
    expect(check(map, { a: 1, b: 2, c: 3 })).toEqual([": 3 entries are more than 2"]);
  });

  it("say which key and which value is wrong", () => {
    expect(check(map, { abcd: 1, b: "1" })).toEqual([
      "abcd: 4 characters are more than 3",
      'b: "1" is not a whole number',
    ]);
  });

  it("that are sparse may have null in them; undefined is refused, for it would not be sent", () => {
    expect(check(map, { a: null })).toEqual(["a: null is not a whole number"]);
    expect(check({ ...map, sparse: true }, { a: null })).toEqual([]);
    expect(check({ ...map, sparse: true }, { a: undefined })).toEqual([
      "a: undefined is not a whole number",
    ]);
  });

  it("may have keys named like members of every object", () => {
    const keys: Shape = { type: "map", key: { type: "string" }, value: { type: "integer" } };
    const value: unknown = JSON.parse('{ "__proto__": 1, "constructor": 2, "toString": 3 }');
    expect(check(keys, value)).toEqual([]);
    expect(check(keys, JSON.parse('{ "__proto__": "x" }'))).toEqual([
      '__proto__: "x" is not a whole number',
    ]);
  });

  it.each([
    ["an object (Map)", new Map([["a", 1]])],
    ["an object (Headers)", new Headers({ a: "1" })],
    ["an array", [1]],
    ["null", null],
  ])("are plain objects: %s would be sent as an empty one", (printed, value) => {
    expect(check(map, value)).toEqual([`: ${printed} is not an object`]);
  });

  it("may come from another realm, or have no prototype", () => {
    expect(check(map, runInNewContext("({ a: 1 })"))).toEqual([]);
    expect(check(map, Object.assign(Object.create(null), { a: 1 }))).toEqual([]);
  });
});

describe("structures", () => {
  const structure: StructureShape = {
    type: "structure",
    required: ["Name"],
    members: { Name: { type: "string" }, Count: { type: "integer" } },
  };

  it("have what is required", () => {
    expect(check(structure, { Name: "a" })).toEqual([]);
    expect(check(structure, {})).toEqual(["Name: is missing"]);
    expect(check(structure, { Name: undefined })).toEqual(["Name: is missing"]);
    expect(check(structure, { Name: null })).toEqual(["Name: null is not a string"]);
  });

  it("may have undefined where a member is optional, but not null", () => {
    expect(check(structure, { Name: "a", Count: undefined })).toEqual([]);
    expect(check(structure, { Name: "a", Count: null })).toEqual([
      "Count: null is not a whole number",
    ]);
  });

  it("have no member that the model does not know, not even undefined", () => {
    expect(check(structure, { Name: "a", name: "b", Nmae: undefined })).toEqual([
      "name: is no member of the model",
      "Nmae: is no member of the model",
    ]);
  });

  it("are told apart from what every object has", () => {
    const text: Shape = { type: "string" };
    const named: Shape = {
      type: "structure",
      required: ["constructor", "toString"],
      members: { constructor: text, toString: text } as { readonly [name: string]: Shape },
    };
    expect(check(named, {})).toEqual(["constructor: is missing", "toString: is missing"]);
    expect(check(named, { constructor: "a", toString: "b" })).toEqual([]);
    expect(check(structure, { Name: "a", constructor: "b", toString: "c" })).toEqual([
      "constructor: is no member of the model",
      "toString: is no member of the model",
    ]);
    expect(check(structure, JSON.parse('{ "Name": "a", "__proto__": { "Count": 1 } }'))).toEqual([
      "__proto__: is no member of the model",
    ]);
  });

  it("may be instances of a class with fields", () => {
    class Product {
      Name = "a";
    }
    expect(check(structure, new Product())).toEqual([]);
  });

  it("do not inherit members: those would not be sent", () => {
    expect(check(structure, Object.create({ Name: "a" }))).toEqual(["Name: is missing"]);
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ['"Name"', "Name"],
    ["an array", []],
    ["an object (Map)", new Map([["Name", "a"]])],
    ["an object (Date)", new Date(0)],
    ["an object (Error)", new Error("a")],
    ["a function", () => {}],
  ])("are objects with members of their own: %s is none", (printed, value) => {
    expect(check({ type: "structure", members: {} }, value)).toEqual([
      `: ${printed} is not an object`,
    ]);
  });

  it("report every problem at once: missing members first, then in the input's order", () => {
    const nested: StructureShape = {
      type: "structure",
      required: ["First", "Last"],
      members: {
        First: structure,
        Items: { type: "list", member: structure },
        Last: { type: "string", max: 1 },
      },
    };
    const value = { Last: "ab", Items: [{ Name: "a" }, { Count: 1.5 }], Other: 1 };
    expect(check(nested, value)).toEqual([
      "First: is missing",
      "Last: 2 characters are more than 1",
      "Items[1].Name: is missing",
      "Items[1].Count: 1.5 is not a whole number",
      "Other: is no member of the model",
    ]);
  });

  it("that take nothing are empty objects", () => {
    expect(check(unitShape, {})).toEqual([]);
    expect(check(unitShape, { Name: "a" })).toEqual(["Name: is no member of the model"]);
  });

  it("may refer to themselves", () => {
    const tree: StructureShape = {
      type: "structure",
      members: {
        get Children(): Shape {
          return { type: "list", member: tree };
        },
        Name: { type: "string" },
      },
    };
    const value = { Children: [{ Name: "a" }, { Children: [{ Name: 1 }] }] };
    expect(check(tree, value)).toEqual(["Children[1].Children[0].Name: 1 is not a string"]);
  });

  it("that contain themselves are refused", () => {
    const tree: StructureShape = {
      type: "structure",
      members: {
        get Parent(): Shape {
          return tree;
        },
      },
    };
    const value: { Parent?: object } = {};
    value.Parent = { Parent: value };
    expect(check(tree, value)).toEqual(["Parent.Parent: the object contains itself"]);
  });
});

describe("unions", () => {
  const union: UnionShape = {
    type: "union",
    members: { Text: { type: "string" }, Count: { type: "integer" } },
  };

  it("have one member; undefined is none", () => {
    expect(check(union, { Text: "a" })).toEqual([]);
    expect(check(union, { Text: undefined, Count: 1 })).toEqual([]);
    expect(check(union, {})).toEqual([": exactly one of Text, Count must be set, not none"]);
    expect(check(union, { Text: undefined })).toEqual([
      ": exactly one of Text, Count must be set, not none",
    ]);
  });

  it("have no second member", () => {
    expect(check(union, { Text: "a", Count: 1 })).toEqual([
      ": exactly one of Text, Count must be set, not Text, Count",
    ]);
  });

  it("have a value in their member", () => {
    expect(check(union, { Count: "a" })).toEqual(['Count: "a" is not a whole number']);
    expect(check(union, { Count: null })).toEqual(["Count: null is not a whole number"]);
  });

  it("have no member that the model does not know", () => {
    expect(check(union, { Other: "a" })).toEqual(["Other: is no member of the model"]);
    expect(check(union, { $unknown: ["Other", 1] })).toEqual([
      "$unknown: is no member of the model",
    ]);
    expect(check(union, { constructor: "a" })).toEqual(["constructor: is no member of the model"]);
  });
});

describe("documents", () => {
  it("are JSON", () => {
    const value = { a: [1, -0.5, "b", true, null, { c: [], d: {} }], __proto__: null };
    expect(check({ type: "document" }, value)).toEqual([]);
    expect(check({ type: "document" }, null)).toEqual([]);
  });

  it("may come from another realm", () => {
    expect(check({ type: "document" }, runInNewContext("({ a: [{ b: 1 }] })"))).toEqual([]);
  });

  it("may leave members out with undefined, but not elements", () => {
    expect(check({ type: "document" }, { a: undefined })).toEqual([]);
    expect(check({ type: "document" }, [undefined])).toEqual([
      "[0]: undefined is not a JSON value",
    ]);
    expect(check({ type: "document" }, new Array(1))).toEqual([
      "[0]: undefined is not a JSON value",
    ]);
  });

  it.each([
    ["an object (Date)", new Date(0)],
    ["an object (Map)", new Map()],
    ["an object (Product)", new (class Product {})()],
    ["an object (Uint8Array)", new Uint8Array(1)],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["1", 1n],
    ["a function", () => {}],
    ["a symbol", Symbol.iterator],
  ])("are nothing that JSON cannot carry: %s", (printed, value) => {
    expect(check({ type: "document" }, { a: [value] })).toEqual([
      `a[0]: ${printed} is not a JSON value`,
    ]);
  });

  it("do not say how they become JSON", () => {
    expect(check({ type: "document" }, { toJSON: () => "a" })).toEqual([
      "toJSON: a function is not a JSON value",
    ]);
  });

  it("that contain themselves are refused, and the check comes to an end", () => {
    const nodes: { [name: string]: unknown }[] = Array.from({ length: 40 }, () => ({}));
    for (const node of nodes) node.Others = nodes;
    expect(check({ type: "document" }, nodes[0])).toEqual([
      "Others[0]: the object contains itself",
    ]);
  });

  it("may have the same object in several places", () => {
    const shared = { a: 1 };
    expect(check({ type: "document" }, [shared, { shared }, shared])).toEqual([]);
  });

  it("are refused where they are nested too deeply to be sent", () => {
    let value: unknown = [];
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    const problems = findProblems({ type: "document" }, value);
    expect(problems.map(({ message }) => message)).toEqual(["the value is nested too deeply"]);
  });
});

describe("sensitive values", () => {
  const secret = "hunter2";
  const shapes: readonly (readonly [Shape, unknown])[] = [
    [{ type: "string", sensitive: true, max: 1, pattern: /^\d$/u }, secret],
    [{ type: "blob", sensitive: true }, secret],
    [{ type: "integer", sensitive: true }, secret],
    [{ type: "boolean", sensitive: true }, secret],
    [{ type: "timestamp", sensitive: true }, secret],
    [{ type: "list", sensitive: true, member: { type: "integer" } }, secret],
    [{ type: "list", sensitive: true, member: { type: "integer" } }, [secret]],
    [{ type: "list", member: { type: "integer", sensitive: true } }, [secret]],
    [{ type: "structure", sensitive: true, members: {} }, secret],
    [{ type: "structure", sensitive: true, members: { A: { type: "integer" } } }, { A: secret }],
    [{ type: "union", sensitive: true, members: { A: { type: "boolean" } } }, { A: secret }],
    [{ type: "document", sensitive: true }, { a: Symbol(secret) }],
    [
      {
        type: "structure",
        sensitive: true,
        members: {
          A: { type: "list", member: { type: "structure", members: { B: { type: "byte" } } } },
        },
      },
      { A: [{ B: secret }] },
    ],
    [
      {
        type: "map",
        sensitive: true,
        key: { type: "string", max: 1 },
        value: { type: "boolean" },
      },
      { [secret]: secret },
    ],
    [
      { type: "map", key: { type: "string", max: 1, sensitive: true }, value: { type: "boolean" } },
      { [secret]: 1 },
    ],
    [{ type: "document", sensitive: true }, { [secret]: 1n }],
    [{ type: "structure", sensitive: true, members: {} }, { [secret]: 1 }],
    [
      { type: "union", sensitive: true, members: { A: { type: "byte" } } },
      { A: 1, [secret]: 1 },
    ],
  ];

  it.each(shapes)("are in no message: %o", (shape, value) => {
    const problems = check(shape, value);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).not.toContain(secret);
  });

  it("are not in the message about a value of another type", () => {
    expect(check({ type: "string", sensitive: true }, 1234)).toEqual([
      ": (a sensitive value) is not a string",
    ]);
  });

  it("do not hide what stands beside them", () => {
    const shape: Shape = {
      type: "structure",
      members: {
        Secret: { type: "structure", sensitive: true, members: { Pin: { type: "string" } } },
        Name: { type: "string" },
      },
    };
    expect(check(shape, { Secret: { Pin: 1234 }, Name: 5678 })).toEqual([
      "Secret.Pin: (a sensitive value) is not a string",
      "Name: 5678 is not a string",
    ]);
  });
});

describe("paths", () => {
  const map: MapShape = { type: "map", key: { type: "string" }, value: { type: "integer" } };

  it.each([
    ["plain", "plain"],
    ["$a_1", "$a_1"],
    ["größe", "größe"],
    ["a b", '["a b"]'],
    ["a.b", '["a.b"]'],
    ["1", '["1"]'],
    ["", '[""]'],
    ['"]\n', '["\\"]\\n"]'],
    ["🐾", '["🐾"]'],
  ])("quote a key that is no name: %j is %s", (key, path) => {
    expect(findProblems(map, { [key]: "x" })[0]?.path).toBe(path);
    expect(findProblems({ type: "list", member: map }, [{ [key]: "x" }])[0]?.path).toBe(
      `[0]${path.startsWith("[") ? path : `.${path}`}`,
    );
  });

  it("shorten a long key", () => {
    const [problem] = findProblems(map, { ["k".repeat(1_000)]: "x" });
    expect(problem?.path).toBe(`["${"k".repeat(64)}…"]`);
  });
});

describe("checkInput", () => {
  it("checks kinds of shapes that few services have where the service brings their check", () => {
    const shape: StructureShape = {
      type: "structure",
      members: { Image: { type: "blob", max: 1 } },
    };
    const run = (checks?: ShapeChecks): void =>
      checkInput("CreateProduct", shape, { Image: new Uint8Array(2) }, checks);
    expect(() => run({ blob: checkBlob })).toThrow("Image: 2 bytes are more than 1");
    expect(() => run()).toThrow("the service brings no check of a blob");
  });

  const shape: StructureShape = {
    type: "structure",
    required: ["Name"],
    members: { Name: { type: "string", max: 1 }, Count: { type: "integer" } },
  };

  it("lets good input pass", () => {
    expect(() => checkInput("CreateProduct", shape, { Name: "a" })).not.toThrow();
  });

  it("throws one error with all problems", () => {
    const run = (): void => checkInput("CreateProduct", shape, { Name: "ab", Count: "1" });
    expect(run).toThrow(InvalidInputError);
    expect(run).toThrow(
      [
        "CreateProduct: 2 problems",
        "  Name: 2 characters are more than 1",
        '  Count: "1" is not a whole number',
      ].join("\n"),
    );
  });

  it("throws a message of one line for one problem", () => {
    expect(() => checkInput("CreateProduct", shape, {})).toThrow(
      /^CreateProduct: Name: is missing$/,
    );
    expect(() => checkInput("CreateProduct", shape, null)).toThrow(
      /^CreateProduct: null is not an object$/,
    );
    expect(() => checkInput("CreateProduct", shape, undefined)).toThrow(
      /^CreateProduct: undefined is not an object$/,
    );
  });

  it("checks 100,000 elements in linear time", () => {
    const list: StructureShape = {
      type: "structure",
      members: { Items: { type: "list", unique: true, member: shape } },
    };
    const items = Array.from({ length: 100_000 }, (_, index) => ({ Name: "🐾", Count: index }));
    const started = performance.now();
    expect(findProblems(list, { Items: items })).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("reports 100,000 problems in linear time", () => {
    const list: StructureShape = {
      type: "structure",
      members: { Items: { type: "list", unique: true, member: { type: "integer" } } },
    };
    const started = performance.now();
    const problems = findProblems(list, { Items: new Array(100_000).fill("x") });
    expect(problems).toHaveLength(100_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("looks at 100,000 levels of nesting no further than it must", () => {
    const tree: StructureShape = {
      type: "structure",
      members: {
        get Children(): Shape {
          return { type: "list", member: tree };
        },
      },
    };
    let value: object = {};
    for (let level = 0; level < 100_000; level += 1) value = { Children: [value, value] };
    const problems = findProblems(tree, value);
    expect(problems.map(({ message }) => message)).toEqual(["the value is nested too deeply"]);
  });

  it("names a unique list's equal elements in linear time", () => {
    const shape: Shape = { type: "list", unique: true, member: { type: "string" } };
    const problems = findProblems(shape, new Array(100_000).fill("x"));
    expect(problems).toHaveLength(99_999);
    expect(problems.at(-1)?.message).toBe("the elements 0 and 99999 are equal");
  });
});
