import { describe, expect, test } from "vitest";
import {
  enumeration,
  list,
  map,
  member,
  operation,
  type Part,
  type Parts,
  required,
  simple,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "./example.test-packages.ts";

function printShape(name: string, shapes: Parts): readonly string[] {
  return exampleLines("core/src/shapes.ts", `export const ${name}Shape`, shapes);
}

/** What stands for a member of the input, on one line. */
function printMember(value: string | Part, others: Parts = {}): string | undefined {
  const shapes = { Input: structure({ Value: value }), ...others };
  const text = printShape("input", shapes).join(" ").replaceAll(/\s+/g, " ");
  return /Value: (.*?),? \}, \};$/.exec(text)?.[1]?.replaceAll(", }", " }");
}

describe("a member's shape", () => {
  test.each<[string, string | Part, string]>([
    ["a string", "String", '{ type: "string" }'],
    ["a boolean", "Boolean", '{ type: "boolean" }'],
    ["a timestamp", "Timestamp", '{ type: "timestamp" }'],
    ["a document", "Document", '{ type: "document" }'],
    ["a long", "Long", '{ type: "long" }'],
    ["a bigDecimal", "BigDecimal", '{ type: "bigDecimal" }'],
    [
      "a string with a length",
      member("String", { length: { min: 1, max: 5 } }),
      '{ type: "string", min: 1, max: 5 }',
    ],
    [
      "a string with a pattern",
      member("String", { pattern: "^[a-z/]+$" }),
      '{ type: "string", pattern: /^[a-z/]+$/u }',
    ],
    [
      "a string with a pattern that everything fits",
      member("String", { pattern: "^.*" }),
      '{ type: "string" }',
    ],
    [
      "a string with a pattern that JavaScript cannot read",
      member("String", { pattern: "(?<=[" }),
      '{ type: "string" }',
    ],
    [
      "a string with a pattern that may keep a client busy",
      member("String", { length: { max: 64 }, pattern: "^(a+)+$" }),
      '{ type: "string", max: 64 }',
    ],
    [
      "a secret",
      member("String", { sensitive: {}, length: { max: 9 } }),
      '{ type: "string", max: 9, sensitive: true }',
    ],
    ...["Boolean", "Integer", "Timestamp", "Document"].map((target): [string, Part, string] => [
      `a secret ${target}`,
      member(target, { sensitive: {} }),
      `{ type: "${target.toLowerCase()}", sensitive: true }`,
    ]),
    [
      "an integer with a range",
      member("Integer", { range: { min: -1, max: 1 } }),
      '{ type: "integer", min: -1, max: 1 }',
    ],
    [
      "a double with a range",
      member("Double", { range: { min: 0.5 } }),
      '{ type: "double", min: 0.5 }',
    ],
    [
      "a blob with a length",
      member("Blob", { length: { max: 3 }, sensitive: {} }),
      '{ type: "blob", max: 3, sensitive: true }',
    ],
  ])("of %s", (_what, value, printed) => {
    expect(printMember(value)).toBe(printed);
  });

  test.each<[string, string, Parts, string]>([
    [
      "an enum",
      "Color",
      { Color: enumeration("enum", { RED: { enumValue: "red" }, BLUE: {} }) },
      '{ type: "string", values: ["red", "BLUE"] }',
    ],
    ["an enum without values", "Color", { Color: { type: "enum" } }, '{ type: "string" }'],
    [
      "an intEnum",
      "Level",
      { Level: enumeration("intEnum", { LOW: { enumValue: 1 } }) },
      '{ type: "integer" }',
    ],
    [
      "a secret intEnum",
      "Level",
      {
        Level: {
          type: "intEnum",
          members: enumeration("intEnum", { LOW: { enumValue: 1 } }).members,
          traits: { sensitive: {} },
        },
      },
      '{ type: "integer", sensitive: true }',
    ],
    [
      "a list",
      "Names",
      { Names: list(member("String", { length: { min: 1 } }), { length: { min: 1, max: 5 } }) },
      '{ type: "list", min: 1, max: 5, member: { type: "string", min: 1 } }',
    ],
    [
      "a sparse list of distinct elements",
      "Names",
      { Names: list("Blob", { uniqueItems: {}, sparse: {}, sensitive: {} }) },
      '{ type: "list", unique: true, sparse: true, sensitive: true, member: { type: "blob" } }',
    ],
    [
      "a map from an enum",
      "Table",
      {
        Table: { type: "map", key: { target: "Color" }, value: { target: "Integer" } },
        Color: enumeration("enum", { RED: {} }),
      },
      '{ type: "map", key: { type: "string", values: ["RED"] }, value: { type: "integer" } }',
    ],
    [
      "a sparse map",
      "Table",
      { Table: map("Byte", { sparse: {}, length: { max: 5 } }) },
      '{ type: "map", max: 5, sparse: true, key: { type: "string" }, value: { type: "byte" } }',
    ],
    ["a structure", "Node", { Node: structure() }, "nodeShape"],
    ["a union", "Choice", { Choice: union({ Text: "String" }) }, "choiceShape"],
    [
      "a list of structures",
      "Nodes",
      { Nodes: list("Node"), Node: structure() },
      '{ type: "list", member: nodeShape }',
    ],
  ])("of %s", (_what, target, others, printed) => {
    expect(printMember(target, others)).toBe(printed);
  });

  test("has the constraints that the member sets, before those of what it targets", () => {
    const text = { Text: simple("string", { length: { max: 10 }, pattern: "^a" }) };
    expect(printMember(member("Text", { length: { max: 5 } }), text)).toBe(
      '{ type: "string", max: 5, pattern: /^a/u }',
    );
  });
});

test("a structure says which members are required", () => {
  const input = structure(
    { Name: required("String"), "Other-Name": required("String"), Size: "Integer" },
    { sensitive: {} },
  );
  expect(printShape("input", { Input: input })).toEqual([
    "export const inputShape: StructureShape = {",
    '  type: "structure",',
    '  required: ["Name", "Other-Name"],',
    "  members: {",
    '    Name: { type: "string" },',
    '    "Other-Name": { type: "string" },',
    '    Size: { type: "integer" },',
    "  },",
    "  sensitive: true,",
    "};",
  ]);
});

test("a union requires nothing by name", () => {
  const shapes = {
    Input: structure({ Choice: "Choice" }),
    Choice: union({ Text: "String", Size: "Integer" }),
  };
  expect(printShape("choice", shapes)).toEqual([
    "export const choiceShape: UnionShape = {",
    '  type: "union",',
    "  members: {",
    '    Text: { type: "string" },',
    '    Size: { type: "integer" },',
    "  },",
    "};",
  ]);
});

function declarationsIn(shapes: Parts): readonly (string | undefined)[] {
  const declarations = exampleFile("core/src/shapes.ts", shapes).matchAll(/^export const (\w+)/gm);
  return [...declarations].map(([, name]) => name);
}

test("each constant comes after those that it refers to", () => {
  const shapes = {
    Input: structure({ First: "First" }),
    First: structure({ Seconds: "Seconds" }),
    Seconds: list("Second"),
    Second: structure(),
  };
  expect(declarationsIn(shapes)).toEqual(["secondShape", "firstShape", "inputShape"]);
});

describe("a shape that leads back to itself", () => {
  test("does so through a getter", () => {
    const shapes = {
      Input: structure({ Node: "Node" }),
      Node: structure({ Name: "String", Next: "Node", All: "Nodes" }),
      Nodes: list("Node"),
    };
    expect(printShape("node", shapes)).toEqual([
      "export const nodeShape: StructureShape = {",
      '  type: "structure",',
      "  members: {",
      '    Name: { type: "string" },',
      "    get Next(): Shape {",
      "      return nodeShape;",
      "    },",
      "    get All(): Shape {",
      '      return { type: "list", member: nodeShape };',
      "    },",
      "  },",
      "};",
    ]);
    expect(printShape("input", shapes)).toContain("    Node: nodeShape,");
  });

  test("over others has one getter, where it leads back", () => {
    const shapes = {
      Input: structure({ Left: "Left" }),
      Left: structure({ Right: "Right" }),
      Right: structure({ "Left-Hand": "Left" }),
    };
    expect(printShape("right", shapes)).toContain('    get "Left-Hand"(): Shape {');
    expect(printShape("left", shapes)).toContain("    Right: rightShape,");
  });
});

test("only what callers give is in core, the rest is in the mocks", () => {
  const shapes = {
    Run: operation({ input: "Input", output: "Output" }),
    Input: structure({ Shared: "Shared" }),
    Output: structure({ Shared: "Shared", Own: "Own" }),
    Shared: structure(),
    Own: structure(),
  };
  expect(declarationsIn(shapes)).toEqual(["sharedShape", "inputShape"]);
  expect(exampleLines("mocks/src/shapes.ts", "export const outputShape", shapes)).toContain(
    "    Shared: sharedShape,",
  );
  const mocks = exampleFile("mocks/src/shapes.ts", shapes);
  expect(mocks).toContain('import { sharedShape } from "@pawprint/example/protocol";');
  expect(mocks.match(/^export const \w+/gm)).toEqual([
    "export const ownShape",
    "export const outputShape",
  ]);
});

test("a service that takes nothing has no shapes in core", () => {
  expect(exampleFile("core/src/shapes.ts", { Run: operation() })).toBe("");
});
