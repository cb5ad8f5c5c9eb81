import { describe, expect, test } from "vitest";
import { printCode } from "../emit/code.ts";
import { parserName, serializerName } from "../ir/naming.ts";
import {
  enumeration,
  errorStructure,
  exampleService,
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
import { createJsonFormat } from "./json-format.ts";
import type { Direction, WireFormat } from "./wire-format.ts";

/** The function that converts a shape, line by line, or nothing where JSON carries it as it is. */
function printConversion(
  direction: Direction,
  name: string,
  shapes: Parts,
): readonly string[] | undefined {
  const service = exampleService(shapes);
  const format = createJsonFormat(service);
  const shape = service.shapes.find((found) => found.name === name);
  if (shape === undefined || !format.needsConversion(shape, direction)) return undefined;
  const functionFor = direction === "serialize" ? serializerName : parserName;
  const printed = format.emitConversion(shape, direction, { functionFor, types: "./types.js" });
  return printCode(printed).split("\n");
}

function serializer(shapes: Parts): readonly string[] | undefined {
  return printConversion("serialize", "Input", shapes);
}

function parser(shapes: Parts): readonly string[] | undefined {
  return printConversion("parse", "Output", shapes);
}

/** The line for the input's member called `Value`. */
function serializeMember(value: string | Part, others: Parts = {}): string | undefined {
  const lines = serializer({ Input: structure({ Value: value }), ...others });
  return lines?.find((line) => line.startsWith("    Value"))?.trim();
}

/** The line for the output's member called `Value`. */
function parseMember(value: string | Part, others: Parts = {}): string | undefined {
  const lines = parser({ Output: structure({ Value: value }), ...others });
  return lines?.find((line) => line.startsWith("    wire.Value"))?.trim();
}

const node = { Node: structure({ When: "Timestamp" }) };
const choice = { Choice: union({ When: "Timestamp", Text: "String" }) };

describe("values that JSON carries are left alone, both ways", () => {
  test.each<[string, string, Parts]>([
    ["a string", "String", {}],
    ["a boolean", "Boolean", {}],
    ["a byte", "Byte", {}],
    ["a short", "Short", {}],
    ["an integer", "Integer", {}],
    ["a long", "Long", {}],
    ["an enum", "Color", { Color: enumeration("enum", { RED: {} }) }],
    ["an intEnum", "Level", { Level: enumeration("intEnum", { LOW: { enumValue: 1 } }) }],
    ["a list of strings", "Names", { Names: list("String") }],
    ["a sparse list of strings", "Names", { Names: list("String", { sparse: {} }) }],
    ["a map of integers", "Sizes", { Sizes: map("Integer") }],
    ["a structure of these", "Thing", { Thing: structure({ Name: "String" }) }],
  ])("%s", (_what, target, others) => {
    expect(serializer({ Input: structure({ Value: target }), ...others })).toBeUndefined();
    expect(parser({ Output: structure({ Value: target }), ...others })).toBeUndefined();
  });

  test("a bigInteger and a document on the way out", () => {
    expect(serializeMember("BigInteger")).toBeUndefined();
    expect(serializeMember("Document")).toBeUndefined();
  });
});

describe("a value that JSON does not carry", () => {
  test.each<[string, string, Parts, string, string]>([
    [
      "a timestamp",
      "Timestamp",
      {},
      "value.Value && serializeEpochSeconds(value.Value)",
      "parseTimestamp(wire.Value)",
    ],
    ["a blob", "Blob", {}, "value.Value && serializeBlob(value.Value)", "parseBlob(wire.Value)"],
    ["a float", "Float", {}, "serializeDouble(value.Value)", "parseDouble(wire.Value)"],
    ["a double", "Double", {}, "serializeDouble(value.Value)", "parseDouble(wire.Value)"],
    [
      "a bigDecimal",
      "BigDecimal",
      {},
      "value.Value && serializeBigDecimal(value.Value)",
      "parseBigDecimal(wire.Value)",
    ],
    [
      "a structure",
      "Node",
      node,
      "value.Value && serializeNode(value.Value)",
      "parseNode(wire.Value)",
    ],
    [
      "a union",
      "Choice",
      choice,
      "value.Value && serializeChoice(value.Value)",
      "parseChoice(wire.Value)",
    ],
    [
      "a list of structures",
      "Nodes",
      { ...node, Nodes: list("Node") },
      "value.Value?.map(serializeNode)",
      "parseList(wire.Value, parseNode)",
    ],
    [
      "a list of timestamps",
      "Times",
      { Times: list("Timestamp") },
      "value.Value?.map(serializeEpochSeconds)",
      "parseList(wire.Value, parseTimestamp)",
    ],
    [
      "a sparse list",
      "Nodes",
      { ...node, Nodes: list("Node", { sparse: {} }) },
      "value.Value && mapList(value.Value, serializeNode)",
      "parseList(wire.Value, parseNode)",
    ],
    [
      "a map of structures",
      "Table",
      { ...node, Table: map("Node") },
      "value.Value && mapValues(value.Value, serializeNode)",
      "parseMap(wire.Value, parseNode)",
    ],
    [
      "a list of lists of doubles",
      "Rows",
      { Rows: list("Row"), Row: list("Double") },
      "value.Value?.map((element) => element.map(serializeDouble))",
      "parseList(wire.Value, (element) => parseList(element, parseDouble))",
    ],
    [
      "a list of maps of lists of structures",
      "Deep",
      { ...node, Deep: list("Table"), Table: map("Nodes"), Nodes: list("Node") },
      "value.Value?.map((element) => mapValues(element, (element) => element.map(serializeNode)))",
      "parseList(wire.Value, (element) => parseMap(element, (element) => parseList(element, parseNode)))",
    ],
    [
      "a map of sparse lists",
      "Table",
      { Table: map("Times"), Times: list("Timestamp", { sparse: {} }) },
      "value.Value && mapValues(value.Value, (element) => mapList(element, serializeEpochSeconds))",
      "parseMap(wire.Value, (element) => parseList(element, parseTimestamp))",
    ],
  ])("%s is converted there and back", (_what, target, others, serialized, parsed) => {
    expect(serializeMember(target, others)).toBe(`Value: ${serialized},`);
    expect(parseMember(target, others)).toBe(`wire.Value = ${parsed};`);
  });

  test.each<[string, string, Parts, string]>([
    ["a timestamp", "Timestamp", {}, "serializeEpochSeconds(value.Value)"],
    ["a double", "Double", {}, "serializeDouble(value.Value)"],
    ["a structure", "Node", node, "serializeNode(value.Value)"],
    ["a list", "Nodes", { ...node, Nodes: list("Node") }, "value.Value.map(serializeNode)"],
    ["a map", "Table", { ...node, Table: map("Node") }, "mapValues(value.Value, serializeNode)"],
  ])("%s that is required is converted without a check", (_what, target, others, serialized) => {
    expect(serializeMember(required(target), others)).toBe(`Value: ${serialized},`);
  });

  test("a bigInteger comes as a bigint", () => {
    expect(parseMember("BigInteger")).toBe("wire.Value = parseBigInteger(wire.Value);");
  });

  test("a union comes with the names that are known, even where JSON carries its members", () => {
    const shapes = {
      Output: structure({ Value: "Plain" }),
      Plain: union({ Text: "String", "Other-Text": "String" }),
    };
    expect(parseMember("Plain", shapes)).toBe("wire.Value = parsePlain(wire.Value);");
    expect(printConversion("parse", "Plain", shapes)).toEqual([
      "export function parsePlain(value: unknown): Plain {",
      '  const wire = parseUnion(value, ["Text", "Other-Text"]);',
      "  return wire as object as Plain;",
      "}",
    ]);
  });
});

describe("the format of a timestamp", () => {
  const httpDate = { Time: simple("timestamp", { timestampFormat: "http-date" }) };

  test.each([
    ["epoch-seconds", "serializeEpochSeconds"],
    ["date-time", "serializeDateTime"],
    ["http-date", "serializeHttpDate"],
  ])("%s is the shape's", (timestampFormat, name) => {
    const shapes = { Time: simple("timestamp", { timestampFormat }) };
    expect(serializeMember(required("Time"), shapes)).toBe(`Value: ${name}(value.Value),`);
  });

  test("is the member's before it is the shape's", () => {
    const value = required("Time", { timestampFormat: "date-time" });
    expect(serializeMember(value, httpDate)).toBe("Value: serializeDateTime(value.Value),");
  });

  test("is that of a list's element", () => {
    const times = list(member("Time", { timestampFormat: "date-time" }));
    expect(serializeMember(required("Times"), { ...httpDate, Times: times })).toBe(
      "Value: value.Value.map(serializeDateTime),",
    );
  });

  test("is that of the innermost element", () => {
    const shapes = {
      Rows: list("Row"),
      Row: list(member("Timestamp", { timestampFormat: "http-date" })),
    };
    expect(serializeMember(required("Rows"), shapes)).toBe(
      "Value: value.Value.map((element) => element.map(serializeHttpDate)),",
    );
  });

  test("does not matter to a parser, which takes all of them", () => {
    expect(parseMember("Time", httpDate)).toBe("wire.Value = parseTimestamp(wire.Value);");
  });
});

describe("a serializer", () => {
  test("copies everything and converts what needs it", () => {
    const input = structure({ Name: "String", When: required("Timestamp"), "Is-Late": "Double" });
    expect(serializer({ Input: input })).toEqual([
      "export function serializeInput(value: Input): JsonObject {",
      "  return {",
      "    ...value,",
      "    When: serializeEpochSeconds(value.When),",
      '    "Is-Late": serializeDouble(value["Is-Late"]),',
      "  };",
      "}",
    ]);
  });

  test("converts the members of a union that need it", () => {
    expect(
      printConversion("serialize", "Choice", { Input: structure({ Choice: "Choice" }), ...choice }),
    ).toEqual([
      "export function serializeChoice(value: Choice): JsonObject {",
      "  return {",
      "    ...value,",
      "    When: value.When && serializeEpochSeconds(value.When),",
      "  };",
      "}",
    ]);
  });

  test("makes an idempotency token where none is given", () => {
    const shapes = {
      Input: structure({ Name: "String", Value: required("String", { idempotencyToken: {} }) }),
    };
    expect(serializer(shapes)).toContain("    Value: value.Value ?? createIdempotencyToken(),");
  });

  test("of a recursive structure calls itself", () => {
    const shapes = { Node: structure({ When: "Timestamp", Nodes: "Nodes" }), Nodes: list("Node") };
    expect(serializeMember("Node", shapes)).toBe(
      "Value: value.Value && serializeNode(value.Value),",
    );
    expect(
      printConversion("serialize", "Node", { Input: structure({ Value: "Node" }), ...shapes }),
    ).toContain("    Nodes: value.Nodes?.map(serializeNode),");
  });

  test("of an error takes its members, thrown or not", () => {
    const lines = printConversion("serialize", "Late", {
      Run: operation({ errors: ["Late"] }),
      Late: errorStructure({ Since: "Timestamp" }),
    });
    expect(lines?.[0]).toBe(
      "export function serializeLate(value: { Since?: Date | undefined }): JsonObject {",
    );
  });

  test("has the type that the shape has in the packages", () => {
    const shapes = { Input: structure({ Date: "Date" }), Date: structure({ When: "Timestamp" }) };
    expect(printConversion("serialize", "Date", shapes)?.[0]).toBe(
      "export function serializeDate(value: _Date): JsonObject {",
    );
  });
});

describe("a parser", () => {
  test("converts what is there, in place", () => {
    const output = structure({ Name: "String", When: "Timestamp", "Is-Late": "Double" });
    expect(parser({ Output: output })).toEqual([
      "export function parseOutput(value: unknown): Output {",
      "  const wire = parseObject(value);",
      "  if (wire.When !== undefined) {",
      "    wire.When = parseTimestamp(wire.When);",
      "  }",
      '  if (wire["Is-Late"] !== undefined) {',
      '    wire["Is-Late"] = parseDouble(wire["Is-Late"]);',
      "  }",
      "  return wire as object as Output;",
      "}",
    ]);
  });

  test("fills in defaults before it converts, so that they are written as on the wire", () => {
    const output = structure({
      Count: member("Integer", { default: 0 }),
      When: member("Timestamp", { default: 0 }),
      "Other-Names": member("Names", { default: [] }),
    });
    expect(parser({ Output: output, Names: list("String") })).toEqual([
      "export function parseOutput(value: unknown): Output {",
      "  const wire = parseObject(value);",
      "  wire.Count ??= 0;",
      "  wire.When ??= 0;",
      '  wire["Other-Names"] ??= [];',
      "  if (wire.When !== undefined) {",
      "    wire.When = parseTimestamp(wire.When);",
      "  }",
      "  return wire as object as Output;",
      "}",
    ]);
  });

  test("fills in no default of what a caller gives as well", () => {
    const thing = structure({ Count: member("Integer", { default: 0 }) });
    const shapes = { Run: operation({ input: "Output", output: "Output" }), Output: thing };
    expect(parser(shapes)).toBeUndefined();
  });

  test("keeps sensitive members from being printed", () => {
    const output = structure({ Name: "String", Key: "Key", Keys: "Keys" });
    const shapes = { Output: output, Key: simple("string", { sensitive: {} }), Keys: list("Key") };
    expect(parser(shapes)).toEqual([
      "export function parseOutput(value: unknown): Output {",
      "  const wire = parseObject(value);",
      '  concealMembers(wire, ["Key", "Keys"]);',
      "  return wire as object as Output;",
      "}",
    ]);
    const late = { Run: operation({ errors: ["Late"] }), Late: errorStructure({ Key: "Key" }) };
    expect(printConversion("parse", "Late", { ...late, Key: shapes.Key })).toBeUndefined();
  });

  test("keeps all of a sensitive structure from being printed, and what a union may get later", () => {
    const secret = structure({ Key: "String" }, { sensitive: {} });
    const choice = union({ Key: member("String", { sensitive: {} }), Name: "String" });
    const shapes = {
      Output: structure({ Secret: "Secret", Choice: "Choice" }),
      Secret: secret,
      Choice: choice,
    };
    expect(printConversion("parse", "Secret", shapes)).toContain("  concealMembers(wire);");
    expect(printConversion("parse", "Choice", shapes)).toContain(
      '  concealMembers(wire, ["Key", "$unknown"]);',
    );
  });

  test("of an error gives its members, which the error is made of", () => {
    const lines = printConversion("parse", "Late", {
      Run: operation({ errors: ["Late"] }),
      Late: errorStructure({ Since: "Timestamp" }),
    });
    expect(lines?.[0]).toBe("export function parseLate(value: unknown): JsonObject {");
    expect(lines?.at(-2)).toBe("  return wire;");
  });
});

describe("where null means something", () => {
  function createFormat(shapes: Parts): readonly [WireFormat, boolean] {
    const service = exampleService(shapes);
    const format = createJsonFormat(service);
    return [format, service.operations.every((found) => format.keepsNulls(found))];
  }

  test.each<[string, Parts]>([
    ["a document", { Output: structure({ Value: "Document" }) }],
    ["a sparse map", { Output: structure({ Value: "Map" }), Map: map("String", { sparse: {} }) }],
    [
      "a document inside",
      {
        Output: structure({ Nodes: "Nodes" }),
        Nodes: list("Node"),
        Node: structure({ Value: "Document" }),
      },
    ],
  ])("%s keeps it", (_what, shapes) => {
    expect(createFormat(shapes)[1]).toBe(true);
  });

  test.each<[string, Parts]>([
    [
      "a sparse list, whose nulls are never dropped",
      { Output: structure({ Value: "List" }), List: list("String", { sparse: {} }) },
    ],
    ["an input", { Input: structure({ Value: "Document" }), Output: structure() }],
    ["an operation without output", { Run: operation() }],
  ])("%s does not", (_what, shapes) => {
    expect(createFormat(shapes)[1]).toBe(false);
  });

  test("each structure of the output drops its own", () => {
    const shapes = {
      Output: structure({ Any: "Document", Nodes: "Nodes", Table: "Table", Names: "Names" }),
      Nodes: list("Node"),
      Node: structure({ Name: "String" }),
      Table: map("Nodes"),
      Names: list("String"),
    };
    expect(parser(shapes)).toEqual([
      "export function parseOutput(value: unknown): Output {",
      "  const wire = parseObjectWithoutNulls(value);",
      "  if (wire.Nodes !== undefined) {",
      "    wire.Nodes = parseList(wire.Nodes, parseNode);",
      "  }",
      "  if (wire.Table !== undefined) {",
      "    wire.Table = parseMap(wire.Table, (element) => parseList(element, parseNode));",
      "  }",
      "  return wire as object as Output;",
      "}",
    ]);
    expect(printConversion("parse", "Node", shapes)).toEqual([
      "export function parseNode(value: unknown): Node {",
      "  const wire = parseObjectWithoutNulls(value);",
      "  return wire as object as Node;",
      "}",
    ]);
  });

  test("a sparse map's own nulls stay", () => {
    const shapes = { Map: map("Timestamp", { sparse: {} }) };
    expect(parseMember("Map", shapes)).toBe("wire.Value = parseMap(wire.Value, parseTimestamp);");
  });

  test("another operation's output is parsed the short way", () => {
    const shapes = {
      Any: operation({ output: "AnyOutput" }),
      AnyOutput: structure({ Value: "Document" }),
      Run: operation({ output: "Output" }),
      Output: structure({ When: "Timestamp" }),
    };
    expect(parser(shapes)?.[1]).toBe("  const wire = parseObject(value);");
  });
});

describe("the codec of an operation", () => {
  test.each<[string, Parts, string | undefined]>([
    ["JSON's own, as a rule", { Input: structure({ Size: "Integer" }) }, undefined],
    ["exact for a long", { Input: structure({ Size: "Long" }) }, "exactJson"],
    ["exact for a bigInteger", { Output: structure({ Size: "BigInteger" }) }, "exactJson"],
    [
      "exact for a long deep inside",
      { Output: structure({ Sizes: "Sizes" }), Sizes: list("Long") },
      "exactJson",
    ],
    [
      "exact for a long in an error",
      { Run: operation({ errors: ["Late"] }), Late: errorStructure({ Size: "Long" }) },
      "exactJson",
    ],
    [
      "decimal for a bigDecimal, which is exact too",
      { Input: structure({ Size: "Long", Price: "BigDecimal" }) },
      "decimalJson",
    ],
  ])("is %s", (_what, shapes, name) => {
    const service = exampleService(shapes);
    const [run] = service.operations;
    expect(run && createJsonFormat(service).codec(run)?.name).toBe(name);
  });
});
