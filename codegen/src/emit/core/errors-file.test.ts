import { describe, expect, test } from "vitest";
import {
  errorStructure,
  member,
  operation,
  type Parts,
  required,
  structure,
} from "../../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "../example.test-packages.ts";

/** The class of an error that an operation gives. */
function printError(name: string, shapes: Parts): readonly string[] {
  const run = operation({ errors: [name] });
  return exampleLines("core/src/errors.ts", "export class", { Run: run, ...shapes });
}

test("an error is a class that is told apart by its name", () => {
  expect(printError("Broken", { Broken: errorStructure() })).toEqual([
    "export class Broken extends ServiceError {",
    '  declare readonly name: "Broken";',
    '  declare readonly $fault: "client";',
    "",
    "  constructor(options: ServiceErrorOptions = {}) {",
    '    super("Broken", "client", options);',
    "  }",
    "}",
  ]);
});

test("its members are properties, and it has its message as every error has", () => {
  const broken = errorStructure({ Message: "String", Since: required("Timestamp"), Part: "Part" });
  expect(printError("Broken", { Broken: broken, Part: structure() })).toEqual([
    "export class Broken extends ServiceError {",
    '  declare readonly name: "Broken";',
    '  declare readonly $fault: "client";',
    "  declare readonly Since?: Date | undefined;",
    "  declare readonly Part?: Part | undefined;",
    "",
    "  constructor(options: ServiceErrorOptions & {",
    "    readonly Since?: Date | undefined;",
    "    readonly Part?: Part | undefined;",
    "  } = {}) {",
    '    super("Broken", "client", options, { members: ["Since", "Part"] });',
    "  }",
    "}",
  ]);
});

test("its sensitive members are named, so that nothing prints them", () => {
  const broken = errorStructure({ Key: member("String", { sensitive: {} }), Since: "Timestamp" });
  expect(printError("Broken", { Broken: broken })).toContain(
    '    super("Broken", "client", options, { members: ["Key", "Since"], sensitive: ["Key"] });',
  );
  const secretive = errorStructure({ Message: member("String", { sensitive: {} }) });
  expect(printError("Broken", { Broken: secretive })).toContain(
    '    super("Broken", "client", options, { sensitive: ["message"] });',
  );
});

test.each([
  [
    { retryable: {} },
    '    super("Broken", "client", options, { retryable: { throttling: false } });',
  ],
  [
    { error: "server", retryable: { throttling: true } },
    '    super("Broken", "server", options, { retryable: { throttling: true } });',
  ],
])("one with the traits %j says whose fault it is and whether to try again", (traits, line) => {
  expect(printError("Broken", { Broken: errorStructure({}, traits) })).toContain(line);
});

test("one called like a global has an underscore in code, and its own name on the wire", () => {
  const lines = printError("Error", { Error: errorStructure() });
  expect(lines[0]).toBe("export class _Error extends ServiceError {");
  expect(lines[1]).toBe('  declare readonly name: "Error";');
});

test("one called like the class that it extends gets that under another name", () => {
  const shapes = { Run: operation({ errors: ["ServiceError"] }), ServiceError: errorStructure() };
  expect(exampleFile("core/src/errors.ts", shapes)).toContain(
    'import { ServiceError as ServiceError_, type ServiceErrorOptions } from "@pawprint/runtime";',
  );
  expect(printError("ServiceError", shapes)[0]).toBe(
    "export class ServiceError extends ServiceError_ {",
  );
});

describe("the union of all errors", () => {
  function printUnion(shapes: Parts): readonly string[] {
    return exampleLines("core/src/errors.ts", "export type", shapes);
  }

  test("has each of them", () => {
    const shapes = {
      Run: operation({ errors: ["Broken"] }),
      Stop: operation({ errors: ["Late"] }),
      Broken: errorStructure(),
      Late: errorStructure(),
    };
    expect(printUnion(shapes)).toEqual(["export type ExampleError = Broken | Late;"]);
  });

  test("of a service without errors is never", () => {
    expect(printUnion({ Run: operation() })).toEqual(["export type ExampleError = never;"]);
  });
});

test("members called like what every error has are left to it", () => {
  const members = { name: "String", stack: "String", cause: "String", message: "String" };
  expect(printError("Broken", { Broken: errorStructure({ ...members, code: "String" }) })).toEqual([
    "export class Broken extends ServiceError {",
    '  declare readonly name: "Broken";',
    '  declare readonly $fault: "client";',
    "  declare readonly code?: string | undefined;",
    "",
    "  constructor(options: ServiceErrorOptions & {",
    "    readonly code?: string | undefined;",
    "  } = {}) {",
    '    super("Broken", "client", options, { members: ["code"] });',
    "  }",
    "}",
  ]);
});
