import { describe, expect, test } from "vitest";
import { errorStructure, operation, required, structure } from "../../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "../example.test-packages.ts";

test("the mock of a service has the mocks of its operations", () => {
  const shapes = {
    Run: operation({ input: "Input", output: "Output" }),
    Delete: operation(),
    Input: structure(),
    Output: structure(),
  };
  expect(exampleLines("mocks/src/mock.ts", "export interface", shapes)).toEqual([
    "export interface ExampleMock {",
    "  /** The msw handlers of all operations. They match the service's requests on any host. */",
    "  readonly handlers: readonly HttpHandler[];",
    "  readonly delete_: OperationMock<Unit, object>;",
    "  readonly run: OperationMock<Input, Output>;",
    "  /** Resets every operation: no calls, and the default answers. */",
    "  reset(): void;",
    "}",
  ]);
  expect(exampleLines("mocks/src/mock.ts", "export function", shapes)).toEqual([
    "export function mockExample(): ExampleMock {",
    "  const nextRequestId = createRequestIds();",
    "  const operations = {",
    "    delete_: mockOperation(mockedDeleteOperation, nextRequestId),",
    "    run: mockOperation(mockedRunOperation, nextRequestId),",
    "  };",
    "  const all = Object.values(operations);",
    "  return {",
    "    handlers: all.map(({ handler }) => handler),",
    "    ...operations,",
    "    reset: () => {",
    "      for (const operation of all) operation.reset();",
    "    },",
    "  };",
    "}",
  ]);
  expect(exampleFile("mocks/src/index.ts", shapes)).toContain(
    'export { type ExampleMock, mockExample } from "./mock.js";',
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
      "    Broken: { status: 500 },",
      "    Gone: { status: 404 },",
      "    Late: { status: 400, serialize: serializeLate },",
      "  },",
      '  defaultOutput: () => ({ When: new Date("2026-07-01T00:00:00Z") }),',
      "};",
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
