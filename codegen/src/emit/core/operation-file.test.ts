import { describe, expect, test } from "vitest";
import {
  errorStructure,
  map,
  member,
  operation,
  type Part,
  type Parts,
  problemOf,
  required,
  structure,
} from "../../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "../example.test-packages.ts";

const file = "core/src/operations/run.ts";

/** The operation as a value. */
function printDescriptor(shapes: Parts, service?: Part): readonly string[] {
  return exampleLines(file, "export const runOperation", shapes, service);
}

function printFunction(shapes: Parts): readonly string[] {
  return exampleLines(file, "export function run(", shapes);
}

const queryCompatible = { traits: { "aws.protocols#awsQueryCompatible": {} } };

test("an operation that takes and gives nothing can be called with nothing", () => {
  const shapes = { Run: operation() };
  expect(printDescriptor(shapes)).toEqual([
    "export const runOperation: Operation<Unit, object> = {",
    '  name: "Run",',
    "  service: exampleService,",
    "  input: unitShape,",
    "  errors: {},",
    "  noOutput: true,",
    "};",
  ]);
  expect(printFunction(shapes)).toEqual([
    "export function run(",
    "  transport: Transport,",
    "  input: Unit = {},",
    "  options?: CallOptions,",
    "): Promise<MetadataBearer> {",
    "  return transport.call(runOperation, input, options);",
    "}",
  ]);
});

test("an operation has the types, the shape and the conversions that it needs", () => {
  const shapes = {
    Run: operation({ input: "Input", output: "Output", errors: ["Late", "Broken"] }),
    Input: structure({ When: required("Timestamp") }),
    Output: structure({ Any: "Document", Size: "Long" }),
    Late: errorStructure({ Since: "Timestamp" }),
    Broken: errorStructure(),
  };
  expect(printDescriptor(shapes)).toEqual([
    "export const runOperation: Operation<Input, Output> = {",
    '  name: "Run",',
    "  service: exampleService,",
    "  input: inputShape,",
    "  serialize: serializeInput,",
    "  parse: parseOutput,",
    "  json: exactJson,",
    "  keepsNulls: true,",
    "  errors: { Broken, Late },",
    "  parseError: { Late: parseLate },",
    "};",
  ]);
  expect(printFunction(shapes)).toEqual([
    "export function run(",
    "  transport: Transport,",
    "  input: Input,",
    "  options?: CallOptions,",
    "): Promise<Output & MetadataBearer> {",
    "  return transport.call(runOperation, input, options);",
    "}",
  ]);
});

test("an operation whose values JSON carries as they are needs no conversions", () => {
  const shapes = {
    Input: structure({ Name: "String" }),
    Output: structure({ Name: "String" }),
  };
  expect(printDescriptor(shapes)).toEqual([
    "export const runOperation: Operation<Input, Output> = {",
    '  name: "Run",',
    "  service: exampleService,",
    "  input: inputShape,",
    "  errors: {},",
    "};",
  ]);
});

test("an input of optional members can be left out", () => {
  const shapes = { Input: structure({ Name: "String" }) };
  expect(printFunction(shapes)[2]).toBe("  input: Input = {},");
});

test("an input can be left out where all that it requires is a token, which is made", () => {
  const shapes = { Input: structure({ Token: required("String", { idempotencyToken: {} }) }) };
  expect(printFunction(shapes)[2]).toBe("  input: Input = {},");
});

test("an operation whose output has no members gives nothing back", () => {
  const descriptor = printDescriptor({ Run: operation({ output: "Output" }), Output: structure() });
  expect(descriptor).toContain("  noOutput: true,");
});

test("an operation that may answer with something sensitive says so", () => {
  const descriptor = printDescriptor({
    Run: operation({ errors: ["Late"] }),
    Late: errorStructure({ Key: member("String", { sensitive: {} }) }),
  });
  expect(descriptor).toContain("  answersSecrets: true,");
});

test.each([
  ["is compressed where the service reads gzip", ["br", "gzip"], ["  compression: gzip,"]],
  ["is not compressed where it reads something else", ["br"], []],
])("an input %s", (_what, encodings, lines) => {
  const descriptor = printDescriptor({
    Run: operation({ traits: { requestCompression: { encodings } } }),
  });
  expect(descriptor.filter((line) => line.startsWith("  compression"))).toEqual(lines);
});

test.each([
  ["an operation without auth is not signed", { auth: [] }, ['  auth: "none",']],
  ["an operation may be signed or not", { optionalAuth: {} }, ['  auth: "optional",']],
  ["an operation is signed as a rule", {}, []],
])("%s", (_what, traits, lines) => {
  const descriptor = printDescriptor({ Run: operation({ traits }) });
  expect(descriptor.filter((line) => line.startsWith("  auth"))).toEqual(lines);
});

test("an operation that needs a checksum sends one", () => {
  const descriptor = printDescriptor({ Run: operation({ traits: { httpChecksumRequired: {} } }) });
  expect(descriptor).toContain("  checksum: contentMd5,");
});

test("an operation is documented with its errors", () => {
  const shapes = {
    Run: operation({
      errors: ["Broken"],
      traits: { documentation: "Runs.", deprecated: { message: "Walk." } },
    }),
    Broken: errorStructure(),
  };
  expect(exampleFile(file, shapes)).toContain(
    [
      "/**",
      " * Runs.",
      " *",
      " * @throws {RunError} where the service answers with an error of the model",
      " * @deprecated Walk.",
      " */",
      "export function run(",
    ].join("\n"),
  );
});

describe("the errors of an operation", () => {
  test("are a union, with a guard", () => {
    const shapes = {
      Run: operation({ errors: ["Late", "Broken"] }),
      Late: errorStructure(),
      Broken: errorStructure(),
    };
    expect(exampleLines(file, "export type", shapes)).toEqual([
      "export type RunError = Broken | Late;",
    ]);
    expect(exampleLines(file, "export function isRunError", shapes)).toEqual([
      "export function isRunError(error: unknown): error is RunError {",
      "  return isServiceError(error) && Object.hasOwn(runOperation.errors, error.name);",
      "}",
    ]);
  });

  test("are never where there is none", () => {
    expect(exampleLines(file, "export type", { Run: operation() })).toEqual([
      "export type RunError = never;",
    ]);
  });

  test("have their own names on the wire, whatever their classes are called", () => {
    const shapes = { Run: operation({ errors: ["Error"] }), Error: errorStructure() };
    expect(printDescriptor(shapes)).toContain("  errors: { Error: _Error },");
  });

  test("are known by their codes of the query protocol, too", () => {
    const shapes = {
      Run: operation({ errors: ["Gone", "Late"] }),
      Gone: errorStructure({}, { "aws.protocols#awsQueryError": { code: "AWS.Gone" } }),
      Late: errorStructure({}, { "aws.protocols#awsQueryError": { code: "Late" } }),
    };
    expect(printDescriptor(shapes, queryCompatible)).toContain(
      '  errors: { Gone, "AWS.Gone": Gone, Late },',
    );
  });

  test("keep their names where another error has one of them as its code", () => {
    const code = { "aws.protocols#awsQueryError": { code: "NotFound" } };
    const shapes = {
      Run: operation({ errors: ["DashboardNotFound", "NotFound", "WidgetNotFound"] }),
      DashboardNotFound: errorStructure({}, code),
      NotFound: errorStructure(),
      WidgetNotFound: errorStructure({}, code),
    };
    expect(printDescriptor(shapes, queryCompatible)).toContain(
      "  errors: { DashboardNotFound, NotFound, WidgetNotFound },",
    );
  });

  test("share a code in the first of them, so that each code is there once", () => {
    const code = { "aws.protocols#awsQueryError": { code: "NotFound" } };
    const shapes = {
      Run: operation({ errors: ["DashboardGone", "WidgetGone"] }),
      DashboardGone: errorStructure({}, code),
      WidgetGone: errorStructure({}, code),
    };
    expect(printDescriptor(shapes, queryCompatible)).toContain(
      "  errors: { DashboardGone, NotFound: DashboardGone, WidgetGone },",
    );
  });
});

describe("the host prefix", () => {
  function printPrefix(hostPrefix: string, members: Parts = {}): string | undefined {
    const shapes = {
      Run: operation({ input: "Input", traits: { endpoint: { hostPrefix } } }),
      Input: structure(members),
    };
    const text = printDescriptor(shapes).join(" ").replaceAll(/\s+/g, " ");
    return /hostPrefix: (.*), noOutput/.exec(text)?.[1];
  }

  const label = required("String", { hostLabel: {} });

  test("may be fixed", () => {
    expect(printPrefix("data-")).toBe('() => "data-"');
  });

  test("may have labels, which are members of the input", () => {
    expect(printPrefix("{Account}.data.", { Account: label })).toMatch(
      /^\(input: Input\) => `\$\{hostLabel\("Account", input\.Account\)\}\.data\.`$/,
    );
  });

  test.each<[string, string, Parts, string]>([
    [
      "a label that the input does not have",
      "{Account}.",
      {},
      "{Account} must be a required member with the trait smithy.api#hostLabel",
    ],
    [
      "a label that is optional",
      "{Account}.",
      { Account: member("String", { hostLabel: {} }) },
      "{Account} must be a required member with the trait smithy.api#hostLabel",
    ],
    [
      "a label that is not marked as one",
      "{Account}.",
      { Account: required("String") },
      "{Account} must be a required member with the trait smithy.api#hostLabel",
    ],
    [
      "a label that does not end",
      "{Account.",
      { Account: label },
      '"{Account." has a brace without its pair',
    ],
  ])("with %s is refused", (_what, prefix, members, problem) => {
    expect(problemOf(() => printPrefix(prefix, members))).toBe(
      `model.json: com.example#Run: smithy.api#endpoint: ${problem}`,
    );
  });

  test("with a label is refused where there is no input", () => {
    const run = operation({ traits: { endpoint: { hostPrefix: "{Account}." } } });
    expect(problemOf(() => printDescriptor({ Run: run }))).toBe(
      "model.json: com.example#Run: smithy.api#endpoint: {Account}. has labels, and there is no input",
    );
  });

  test("that is missing from its trait is refused", () => {
    const run = operation({ traits: { endpoint: {} } });
    expect(problemOf(() => printDescriptor({ Run: run }))).toBe(
      "model.json: com.example#Run: smithy.api#endpoint: /hostPrefix: found nothing; a string belongs here",
    );
  });
});

test("a function whose name is a word of the language has an underscore", () => {
  const shapes = { Delete: operation({ output: "Output" }), Output: structure() };
  expect(
    exampleLines("core/src/operations/delete.ts", "export function delete_", shapes),
  ).toContain("  return transport.call(deleteOperation, input, options);");
});

test("a structure called like a type of the runtime leaves that another name", () => {
  const shapes = {
    Run: operation({ input: "Transport" }),
    Transport: structure({ Operation: "Operation", Table: "Table" }),
    Operation: structure(),
    Table: map("String"),
  };
  expect(printFunction(shapes).slice(1, 3)).toEqual([
    "  transport: Transport_,",
    "  input: Transport = {},",
  ]);
});
