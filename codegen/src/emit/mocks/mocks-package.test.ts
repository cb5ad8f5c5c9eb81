import { describe, expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  list,
  operation,
  required,
  simple,
  structure,
} from "../../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "../example.test-packages.ts";

test("the mock of a service has the mocks of its operations", () => {
  const shapes = {
    Run: operation({ input: "Input", output: "Output" }),
    Delete: operation(),
    Input: structure(),
    Output: structure(),
  };
  expect(exampleLines("mocks/src/mock.ts", "export interface", shapes)).toEqual([
    "export interface ExampleMock extends ServiceMock {",
    "  readonly delete_: OperationMock<Unit, object>;",
    "  readonly run: OperationMock<Input, Output>;",
    "}",
  ]);
  expect(exampleLines("mocks/src/mock.ts", "export function", shapes)).toEqual([
    "export function mockExample(options: MockOptions = {}): ExampleMock {",
    "  return mockService<ExampleMock>({",
    "    delete_: mockedDeleteOperation,",
    "    run: mockedRunOperation,",
    "  }, options);",
    "}",
  ]);
  expect(exampleFile("mocks/src/index.ts", shapes)).toContain(
    'export { type ExampleMock, mockExample } from "./mock.js";',
  );
  expect(exampleFile("mocks/src/index.ts", shapes)).toContain(
    'export { mockDelete } from "./operations/delete.js";',
  );
});

describe("the mock of an operation", () => {
  const file = "mocks/src/operations/run.ts";
  const start = "export const mockedRunOperation";

  test("knows how the input comes, how answers go, and the status of each error", () => {
    const shapes = {
      Run: operation({ input: "Input", output: "Output", errors: ["Late", "Gone", "Broken"] }),
      Input: structure({ When: "Timestamp" }),
      Output: structure({ When: required("Timestamp") }),
      Late: errorStructure({ Since: "Timestamp" }),
      Gone: errorStructure({}, { httpError: 404 }),
      Broken: errorStructure({}, { error: "server" }),
    };
    expect(exampleLines(file, start, shapes)).toEqual([
      "export const mockedRunOperation: MockedOperation<Input, Output> = {",
      "  operation: runOperation,",
      "  protocol: awsJson1_1Server,",
      "  parseInput: parseInput,",
      "  serializeOutput: serializeOutput,",
      "  output: outputShape,",
      "  errors: {",
      "    Broken: { status: 500, shape: brokenShape },",
      "    Gone: { status: 404, shape: goneShape },",
      "    Late: { status: 400, shape: lateShape, serialize: serializeLate },",
      "  },",
      '  defaultOutput: () => ({ When: new Date("2026-07-01T00:00:00Z") }),',
      "};",
    ]);
  });

  test("can be had alone", () => {
    const shapes = { Run: operation({ input: "Input" }), Input: structure() };
    expect(exampleLines(file, "export function", shapes)).toEqual([
      "export function mockRun(options: MockOptions = {}): OperationMock<Input, object> {",
      "  return mockOperation(mockedRunOperation, options);",
      "}",
    ]);
  });

  test("that takes and gives nothing answers with nothing", () => {
    expect(exampleLines(file, start, { Run: operation() })).toEqual([
      "export const mockedRunOperation: MockedOperation<Unit, object> = {",
      "  operation: runOperation,",
      "  protocol: awsJson1_1Server,",
      "  output: unitShape,",
      "  errors: {},",
      "  defaultOutput: () => ({}),",
      "};",
    ]);
  });

  test("whose values JSON carries as they are converts nothing", () => {
    const shapes = { Input: structure({ Name: "String" }), Output: structure({ Size: "Integer" }) };
    expect(exampleLines(file, start, shapes)).toEqual([
      "export const mockedRunOperation: MockedOperation<Input, Output> = {",
      "  operation: runOperation,",
      "  protocol: awsJson1_1Server,",
      "  output: outputShape,",
      "  errors: {},",
      "  defaultOutput: () => ({ Size: 1 }),",
      "};",
    ]);
  });

  test("finds in core what core has already", () => {
    const shapes = {
      Run: operation({ input: "Thing", output: "Thing" }),
      Thing: structure({ When: "Timestamp" }),
    };
    expect(exampleFile(file, shapes)).toContain(
      'import { parseThing, runOperation, serializeThing, thingShape } from "@pawprint/example/protocol";',
    );
  });

  test("speaks the service's protocol", () => {
    const traits = {
      "aws.protocols#awsJson1_1": null,
      "aws.protocols#awsJson1_0": {},
      "aws.protocols#awsQueryCompatible": {},
    };
    expect(exampleLines(file, start, { Run: operation() }, { traits })).toContain(
      "  protocol: awsJson1_0ServerQueryCompatible,",
    );
  });
});

describe("the samples of a service", () => {
  const file = "mocks/src/samples.ts";

  test("have a function for each input and output, and what they choose from", () => {
    const shapes = {
      Run: operation({ input: "Input", output: "Output" }),
      Input: structure({ Name: "String", Names: "Names" }),
      Output: structure({ Color: "Color", Level: "Level", Names: "Names" }),
      Names: list("ThingName"),
      ThingName: simple("string", { pattern: "^[A-Z]{3}$" }),
      Color: enumeration("enum", { RED: { enumValue: "red" } }),
      Level: enumeration("intEnum", { LOW: { enumValue: 3 }, HIGH: { enumValue: 7 } }),
    };
    expect(exampleLines(file, "export function sampleOutput", shapes)).toEqual([
      "export function sampleOutput(options: SampleOptions<Output> = {}): Output {",
      "  return createSample(outputShape, sampleTable, options);",
      "}",
    ]);
    expect(exampleLines(file, "const sampleTable", shapes)).toEqual([
      "const sampleTable: SampleTable = /* @__PURE__ */ new Map<Shape, SampleHints>([",
      '  [inputShape, { choices: { Name: nameValues, "Names.member": thingNameValues } }],',
      '  [outputShape, { choices: { Level: levelValues, "Names.member": thingNameValues } }],',
      "]);",
    ]);
    expect(exampleLines(file, "const levelValues", shapes)).toEqual([
      "const levelValues = [3, 7];",
    ]);
    expect(exampleFile("mocks/src/index.ts", shapes)).toContain(
      'export { sampleInput, sampleOutput } from "./samples.js";',
    );
  });

  test("say why a member is left out, and of what there is none", () => {
    const shapes = {
      Run: operation({ input: "Input", output: "Output" }),
      Input: structure({ Name: "Odd", Flag: "Boolean" }),
      Output: structure({ Name: required("Odd") }),
      Odd: simple("string", { pattern: "^(?!a)a$" }),
    };
    const text = exampleFile(file, shapes);
    expect(text).toContain(
      "// There is no sample of Output: a part of it that is required has no known value that fits.",
    );
    expect(text).toContain("// Name: no text is known to fit ^(?!a)a$\n  [inputShape, {");
    expect(text).not.toContain("sampleOutput");
    expect(exampleFile("mocks/src/index.ts", shapes)).toContain("export { sampleInput }");
  });

  test("are not there where no operation takes or gives anything", () => {
    const shapes = { Run: operation() };
    expect(exampleFile(file, shapes)).toBe("");
    expect(exampleFile("mocks/src/index.ts", shapes)).not.toContain("samples");
  });
});
