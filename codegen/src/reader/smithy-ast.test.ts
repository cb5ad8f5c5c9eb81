import { describe, expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  exampleModel,
  list,
  map,
  member,
  operation,
  type Parts,
  problemOf,
  readExample,
  required,
  simple,
  structure,
  union,
} from "./example.test-model.ts";
import type { ModelShape } from "./model.ts";
import { readSmithyAst } from "./smithy-ast.ts";

function readShape(name: string, shapes: Parts): ModelShape | undefined {
  return readExample(shapes).shapes.get(`com.example#${name}`);
}

describe("a document that is no model of version 2 is refused", () => {
  test.each([
    ["no object", [], "model.json: found an array; an object belongs here"],
    ["no version", {}, "model.json: /smithy: found nothing; a string belongs here"],
    [
      "version 1",
      { smithy: "1.0", shapes: {} },
      'model.json: /smithy: version "1.0" cannot be read; it must be 2.0',
    ],
    ["no shapes", { smithy: "2.0" }, "model.json: /shapes: found nothing; an object belongs here"],
    [
      "a property that is no part of a model",
      { smithy: "2.0", shape: {} },
      'model.json: /shape: unknown property; what belongs here is one of "smithy", "metadata", "shapes"',
    ],
  ])("%s", (_what, document, problem) => {
    expect(problemOf(() => readSmithyAst(document, "model.json"))).toBe(problem);
  });

  test.each(["2", "2.0", "2.1"])("version %s is read", (smithy) => {
    expect(readSmithyAst({ smithy, metadata: {}, shapes: {} }, "model.json").shapes.size).toBe(0);
  });
});

describe("a shape of the wrong form is refused with its place", () => {
  const dangling = "is not in the model; add the shape or correct the target";
  test.each<[string, Parts, string]>([
    [
      "an id without a namespace",
      { "#Thing": structure() },
      "model.json: #Thing: this is no shape id; it must look like com.example#Shape",
    ],
    [
      "a shape that is no object",
      { Thing: [] as object as Parts },
      "model.json: com.example#Thing: found an array; an object belongs here",
    ],
    [
      "a type that Smithy does not have",
      { Thing: { type: "record" } },
      'model.json: com.example#Thing: /type: found "record"; one of "apply", "bigDecimal", "bigInteger", "blob", "boolean", "byte", "document", "double", "enum", "float", "intEnum", "integer", "list", "long", "map", "operation", "resource", "service", "short", "string", "structure", "timestamp", "union" belongs here',
    ],
    [
      "a property that the type does not have",
      { Thing: { type: "string", members: {} } },
      'model.json: com.example#Thing: /members: unknown property; what belongs here is one of "type", "traits", "mixins"',
    ],
    [
      "mixins that are no references",
      { Thing: { type: "string", mixins: {} } },
      "model.json: com.example#Thing: /mixins/target: found nothing; a string belongs here",
    ],
    [
      "a list without a member",
      { Things: { type: "list" } },
      "model.json: com.example#Things$member: found nothing; an object belongs here",
    ],
    [
      "a map without a value",
      { Things: { type: "map", key: { target: "String" } } },
      "model.json: com.example#Things$value: found nothing; an object belongs here",
    ],
    [
      "a member without a target",
      { Thing: structure({ Name: { traits: {} } }) },
      "model.json: com.example#Thing$Name: /target: found nothing; a string belongs here",
    ],
    [
      "a member with a property of its own",
      { Thing: structure({ Name: { target: "String", min: 1 } }) },
      'model.json: com.example#Thing$Name: /min: unknown property; what belongs here is one of "target", "traits"',
    ],
    [
      "a member whose target is missing",
      { Thing: structure({ Name: "Gone" }) },
      `model.json: com.example#Thing$Name: its target com.example#Gone ${dangling}`,
    ],
    [
      "a target in the prelude that is not there",
      { Thing: structure({ Name: "smithy.api#Text" }) },
      `model.json: com.example#Thing$Name: its target smithy.api#Text ${dangling}`,
    ],
    [
      "an operation whose input is missing",
      { Run: operation({ input: "Gone" }) },
      `model.json: com.example#Run: its target com.example#Gone ${dangling}`,
    ],
    [
      "an operation one of whose errors is missing",
      { Run: operation({ errors: ["Gone"] }) },
      `model.json: com.example#Run: its target com.example#Gone ${dangling}`,
    ],
    [
      "a mixin that is missing",
      { Thing: { ...structure(), mixins: [{ target: "Gone" }] } },
      `model.json: com.example#Thing: its target com.example#Gone ${dangling}`,
    ],
    [
      "an operation's input that is no reference",
      { Run: { type: "operation", input: "Input" } },
      'model.json: com.example#Run: /input: found "Input"; an object belongs here',
    ],
  ])("%s", (_what, shapes, problem) => {
    expect(problemOf(() => readExample(shapes))).toBe(problem);
  });
});

test("every shape of the prelude can be targeted", () => {
  const names = ["String", "Blob", "BigInteger", "PrimitiveLong", "Document", "Timestamp", "Unit"];
  const members = Object.fromEntries(names.map((name) => [name, `smithy.api#${name}`]));
  expect([...(readShape("Thing", { Thing: structure(members) })?.members.keys() ?? [])]).toEqual(
    names,
  );
});

test("each type keeps what belongs to it", () => {
  const shapes = {
    Run: operation({ input: "Input", errors: ["Broken"] }),
    Input: structure({ Name: "String" }),
    Broken: errorStructure(),
    Things: list("String"),
    Table: map("Things"),
    Choice: union({ Name: "String" }),
    Color: enumeration("enum", { RED: { enumValue: "red" } }),
    Text: simple("string", { length: { min: 1 } }),
  };
  const { shapes: read } = readSmithyAst(exampleModel(shapes), "model.json");
  const members = [...read].map(([id, shape]) => [id.slice(12), [...shape.members.keys()]]);
  expect(Object.fromEntries(members)).toEqual({
    ExampleService: [],
    Run: [],
    Input: ["Name"],
    Broken: [],
    Things: ["member"],
    Table: ["key", "value"],
    Choice: ["Name"],
    Color: ["RED"],
    Text: [],
  });
  expect(read.get("com.example#Run")?.references).toEqual(
    new Map([
      ["input", ["com.example#Input"]],
      ["output", []],
      ["errors", ["com.example#Broken"]],
      ["mixins", []],
    ]),
  );
  expect(read.get("com.example#Text")?.traits).toEqual(
    new Map([["smithy.api#length", { min: 1 }]]),
  );
  expect(read.get("com.example#ExampleService")?.version).toBe("2020-01-02");
});

describe("mixins", () => {
  test("members of mixins come first, each with the traits that it has there", () => {
    const thing = readShape("Thing", {
      Named: structure({ Name: required("String") }, { mixin: {} }),
      Tagged: structure({ Tags: "String" }, { mixin: {} }),
      Thing: {
        ...structure({ Size: "Integer" }),
        mixins: [{ target: "Tagged" }, { target: "Named" }],
      },
    });
    expect([...(thing?.members ?? [])].map(([name, { traits }]) => [name, traits])).toEqual([
      ["Tags", new Map()],
      ["Name", new Map([["smithy.api#required", {}]])],
      ["Size", new Map()],
    ]);
  });

  test("a shape's own traits win over those of its mixins, and a later mixin over an earlier one", () => {
    const thing = readShape("Thing", {
      First: structure({}, { mixin: {}, documentation: "First.", title: "First", since: "1" }),
      Second: structure({}, { mixin: {}, documentation: "Second.", title: "Second" }),
      Thing: {
        ...structure({}, { documentation: "Own." }),
        mixins: [{ target: "First" }, { target: "Second" }],
      },
    });
    expect(Object.fromEntries(thing?.traits ?? [])).toEqual({
      "smithy.api#documentation": "Own.",
      "smithy.api#title": "Second",
      "smithy.api#since": "1",
    });
  });

  test("local traits of a mixin stay with it", () => {
    const thing = readShape("Thing", {
      Secret: structure(
        {},
        { mixin: { localTraits: ["smithy.api#private"] }, private: {}, sensitive: {} },
      ),
      Thing: { ...structure(), mixins: [{ target: "Secret" }] },
    });
    expect([...(thing?.traits.keys() ?? [])]).toEqual(["smithy.api#sensitive"]);
  });

  test("a mixin can have mixins", () => {
    const thing = readShape("Thing", {
      A: structure({ a: "String" }, { mixin: {} }),
      B: { ...structure({ b: "String" }, { mixin: {} }), mixins: [{ target: "A" }] },
      Thing: { ...structure({ c: "String" }), mixins: [{ target: "B" }] },
    });
    expect([...(thing?.members.keys() ?? [])]).toEqual(["a", "b", "c"]);
  });

  test("a copied member is addressed where it is written", () => {
    const thing = readShape("Thing", {
      A: structure({ a: "String" }, { mixin: {} }),
      Thing: { ...structure(), mixins: [{ target: "A" }] },
    });
    expect(thing?.members.get("a")?.address).toEqual(["model.json", "com.example#A$a"]);
  });

  test("a member that is defined again keeps the traits of the mixin that it does not set itself", () => {
    const thing = readShape("Thing", {
      A: structure({ a: required("String", { documentation: "Generic." }) }, { mixin: {} }),
      Thing: {
        ...structure({ a: member("String", { documentation: "Specific." }) }),
        mixins: [{ target: "A" }],
      },
    });
    expect(Object.fromEntries(thing?.members.get("a")?.traits ?? [])).toEqual({
      "smithy.api#required": {},
      "smithy.api#documentation": "Specific.",
    });
  });

  test("a member that is defined again with another target is refused", () => {
    const shapes = {
      A: structure({ a: "String" }, { mixin: {} }),
      Thing: { ...structure({ a: "Integer" }), mixins: [{ target: "A" }] },
    };
    expect(problemOf(() => readExample(shapes))).toBe(
      "model.json: com.example#Thing$a: targets smithy.api#Integer, and in a mixin smithy.api#String; both must be the same",
    );
  });

  test("a list and a map can get their members from a mixin", () => {
    const shapes = {
      Names: list("String", { mixin: {} }),
      Table: map("Integer", { mixin: {} }),
      Aliases: { type: "list", mixins: [{ target: "Names" }] },
      Labels: { type: "map", mixins: [{ target: "Table" }] },
    };
    expect(readShape("Aliases", shapes)?.members.get("member")?.target).toBe("smithy.api#String");
    expect(readShape("Labels", shapes)?.members.get("value")?.target).toBe("smithy.api#Integer");
  });

  test("an operation has the errors of its mixins before its own", () => {
    const run = readShape("Run", {
      Checked: { ...operation({ errors: ["Invalid"] }), traits: { mixin: {} } },
      Run: { ...operation({ errors: ["Gone"] }), mixins: [{ target: "Checked" }] },
      Invalid: errorStructure(),
      Gone: errorStructure(),
    });
    expect(run?.references.get("errors")).toEqual(["com.example#Invalid", "com.example#Gone"]);
  });

  test("a shape that is its own mixin is refused", () => {
    const shapes = {
      A: { ...structure(), mixins: [{ target: "B" }] },
      B: { ...structure(), mixins: [{ target: "A" }] },
    };
    expect(problemOf(() => readExample(shapes))).toBe(
      "model.json: com.example#A: is a mixin of itself",
    );
  });
});

describe("apply statements", () => {
  test("traits are applied to a member", () => {
    const thing = readShape("Thing", {
      Thing: structure({ Name: member("String", { documentation: "Old." }) }),
      Thing$Name: { type: "apply", traits: { documentation: "New.", required: {} } },
    });
    expect(Object.fromEntries(thing?.members.get("Name")?.traits ?? [])).toEqual({
      "smithy.api#documentation": "New.",
      "smithy.api#required": {},
    });
  });

  test("traits are applied to a member that comes from a mixin", () => {
    const shapes = {
      Named: structure({ Name: member("String", { documentation: "Generic." }) }, { mixin: {} }),
      Thing: { ...structure(), mixins: [{ target: "Named" }] },
      Thing$Name: { type: "apply", traits: { documentation: "Specific." } },
    };
    const documentation = (name: string): unknown =>
      readShape(name, shapes)?.members.get("Name")?.traits.get("smithy.api#documentation");
    expect(documentation("Thing")).toBe("Specific.");
    expect(documentation("Named")).toBe("Generic.");
  });

  test("what is applied to a mixin's member is inherited", () => {
    const thing = readShape("Thing", {
      A: structure({ Name: "String" }, { mixin: {} }),
      B: { ...structure({}, { mixin: {} }), mixins: [{ target: "A" }] },
      B$Name: { type: "apply", traits: { required: {} } },
      Thing: { ...structure(), mixins: [{ target: "B" }] },
    });
    expect([...(thing?.members.get("Name")?.traits.keys() ?? [])]).toEqual(["smithy.api#required"]);
  });

  test("the statement itself is no shape", () => {
    const { shapes } = readExample({
      Thing: structure({ Name: "String" }),
      Thing$Name: { type: "apply", traits: {} },
    });
    expect([...shapes.keys()]).toEqual([
      "com.example#ExampleService",
      "com.example#Run",
      "com.example#Thing",
    ]);
  });

  test.each<[string, Parts, string]>([
    [
      "a shape that is missing",
      { Gone$Name: { type: "apply", traits: {} } },
      "model.json: com.example#Gone$Name: applies traits to com.example#Gone, which the model does not have; add the shape or remove the statement",
    ],
    [
      "a member that is missing",
      { Thing: structure(), Thing$Name: { type: "apply", traits: {} } },
      "model.json: com.example#Thing$Name: com.example#Thing has no such member",
    ],
    [
      "a shape that the model says nothing else of",
      { Thing: { type: "apply", traits: {} } },
      "model.json: com.example#Thing: applies traits to com.example#Thing, which the model does not have; add the shape or remove the statement",
    ],
    [
      "a member that would be a shape",
      { Thing$Name: structure() },
      "model.json: com.example#Thing$Name: this is no shape id; it must look like com.example#Shape",
    ],
  ])("to %s are refused", (_what, shapes, problem) => {
    expect(problemOf(() => readExample(shapes))).toBe(problem);
  });
});
