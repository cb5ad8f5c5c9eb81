import { describe, expect, test } from "vitest";
import type { Operation } from "../ir/service.ts";
import type { Member, Shape } from "../ir/shape.ts";
import {
  enumeration,
  errorStructure,
  exampleModel,
  exampleService,
  list,
  member,
  operation,
  type Part,
  type Parts,
  problemOf,
  readExample,
  required,
  simple,
  structure,
  union,
} from "./example.test-model.ts";
import { lowerService } from "./lower.ts";
import { readSmithyAst } from "./smithy-ast.ts";

function problemWith(shapes: Parts, service?: Part): string {
  return problemOf(() => exampleService(shapes, service));
}

function findShape(shapes: Parts, name: string, service?: Part): Shape | undefined {
  return exampleService(shapes, service).shapes.find((shape) => shape.name === name);
}

/** The shape called `Thing`, with an input that leads to it. */
function lowerThing(thing: Part, others: Parts = {}): Shape | undefined {
  return findShape({ Input: structure({ Thing: "Thing" }), Thing: thing, ...others }, "Thing");
}

/** The input's first member. */
function lowerMember(part: Part, others: Parts = {}): Member | undefined {
  const input = findShape({ Input: structure({ Name: part }), ...others }, "Input");
  return input?.type === "structure" ? input.members[0] : undefined;
}

function lowerOperation(shapes: Parts, service?: Part): Operation | undefined {
  return exampleService(shapes, service).operations[0];
}

describe("the service", () => {
  test("is described by its traits", () => {
    const service = exampleService(
      {},
      {
        version: "2016-01-14",
        traits: {
          "aws.api#service": { sdkId: "Marketplace Metering", endpointPrefix: "metering" },
          "aws.auth#sigv4": { name: "aws-marketplace" },
          title: "AWS Marketplace Metering",
          documentation: "Meters.",
        },
      },
    );
    expect(service).toMatchObject({
      id: "com.example#ExampleService",
      shapeName: "ExampleService",
      sdkId: "Marketplace Metering",
      title: "AWS Marketplace Metering",
      version: "2016-01-14",
      endpointPrefix: "metering",
      signingName: "aws-marketplace",
      documentation: "Meters.",
      protocols: ["aws.protocols#awsJson1_1"],
      omissions: [],
      source: "model.json",
    });
  });

  test("is called by its sdkId and its shape's name where it says nothing else", () => {
    expect(exampleService({}, { version: undefined })).toMatchObject({
      title: "Example",
      endpointPrefix: "exampleservice",
      version: "",
      documentation: undefined,
    });
  });

  test("has its title on one line", () => {
    const { title } = exampleService({}, { traits: { title: "An\n  Example" } });
    expect(title).toBe("An Example");
  });

  test("gets the space that AWS forgot in its title", () => {
    const { title } = exampleService({}, { traits: { title: "AWSMarketplace Metering" } });
    expect(title).toBe("AWS Marketplace Metering");
  });

  test("lists every protocol that it speaks, in the model's order", () => {
    const traits = {
      "aws.protocols#awsJson1_1": null,
      "aws.protocols#awsQueryCompatible": {},
      "smithy.protocols#rpcv2Cbor": {},
      "aws.protocols#awsJson1_0": {},
    };
    expect(exampleService({}, { traits }).protocols).toEqual([
      "smithy.protocols#rpcv2Cbor",
      "aws.protocols#awsJson1_0",
    ]);
  });

  test("brings its endpoint rules and their test cases", () => {
    const { endpointRules, endpointTests } = exampleService(
      {},
      {
        traits: {
          "smithy.rules#endpointTests": {
            version: "1.0",
            testCases: [{ expect: { endpoint: { url: "https://example.com" } }, params: {} }],
          },
        },
      },
    );
    expect(endpointRules).toMatchObject({ rules: [{ type: "endpoint" }] });
    expect(endpointTests.map(({ expect: expected }) => expected)).toEqual([
      { endpoint: { url: "https://example.com" } },
    ]);
  });

  test("without endpoint rules can be read, and so be compared with another", () => {
    const { endpointRules, operations } = exampleService(
      {},
      { traits: { "smithy.rules#endpointRuleSet": null } },
    );
    expect(endpointRules).toBeUndefined();
    expect(operations).toHaveLength(1);
  });

  test.each<[string, Part, string]>([
    [
      "no trait that names it",
      { "aws.api#service": null },
      "the service has no trait aws.api#service, which gives its sdkId",
    ],
    [
      "no sdkId",
      { "aws.api#service": {} },
      "aws.api#service: /sdkId: found nothing; a string belongs here",
    ],
    [
      "an sdkId that no package can be named after",
      { "aws.api#service": { sdkId: "../Example" } },
      'aws.api#service: /sdkId: found "../Example"; an sdkId is words of letters and digits, a letter first, such as "Marketplace Metering"',
    ],
    [
      "an empty sdkId",
      { "aws.api#service": { sdkId: "" } },
      'aws.api#service: /sdkId: found ""; an sdkId is words of letters and digits, a letter first, such as "Marketplace Metering"',
    ],
    [
      "no signature",
      { "aws.auth#sigv4": null },
      "the service has no trait aws.auth#sigv4, which gives its signing name",
    ],
    [
      "no signing name",
      { "aws.auth#sigv4": {} },
      "aws.auth#sigv4: /name: found nothing; a string belongs here",
    ],
    [
      "a title that is no text",
      { title: ["Example"] },
      "smithy.api#title: found an array; a string belongs here",
    ],
  ])("with %s is refused", (_what, traits, problem) => {
    expect(problemWith({}, { traits })).toBe(`model.json: com.example#ExampleService: ${problem}`);
  });

  test("is missing in a model of shapes alone", () => {
    const read = (): unknown =>
      lowerService(readSmithyAst({ smithy: "2.0", shapes: {} }, "model.json"));
    expect(problemOf(read)).toBe("model.json: a model has exactly one service; this one has none");
  });

  test("is the only one of its model", () => {
    expect(problemWith({ Other: { type: "service" } })).toBe(
      "model.json: a model has exactly one service; this one has com.example#ExampleService, com.example#Other",
    );
  });

  test("may have a mixin, which is no service by itself", () => {
    const shapes = {
      Base: {
        type: "service",
        version: "2019-01-01",
        operations: [{ target: "Ping" }],
        rename: { "com.example#Answer": "Pong" },
        traits: { mixin: {}, title: "Base" },
      },
      Ping: operation({ output: "Answer" }),
      Answer: structure(),
    };
    const service = exampleService(shapes, {
      version: undefined,
      operations: [],
      mixins: [{ target: "Base" }],
    });
    expect(service).toMatchObject({ title: "Base", version: "2019-01-01" });
    expect(service.operations.map(({ name, output }) => [name, output?.name])).toEqual([
      ["Ping", "Pong"],
    ]);
  });
});

describe("operations", () => {
  test("come sorted by name, each once", () => {
    const { operations } = exampleService(
      { Stop: operation(), Run: operation(), Ask: operation() },
      { operations: [{ target: "Stop" }, { target: "Run" }, { target: "Ask" }, { target: "Run" }] },
    );
    expect(operations.map(({ name }) => name)).toEqual(["Ask", "Run", "Stop"]);
  });

  test("of resources are the service's, too", () => {
    const roles = ["create", "put", "read", "update", "delete", "list"];
    const lifecycle = Object.fromEntries(
      roles.map((role) => [role, { target: `${role.toUpperCase()}Thing` }]),
    );
    const shapes = {
      ...Object.fromEntries(roles.map((role) => [`${role.toUpperCase()}Thing`, operation()])),
      Thing: {
        type: "resource",
        identifiers: { id: { target: "String" } },
        properties: { name: { target: "String" } },
        ...lifecycle,
        operations: [{ target: "Turn" }],
        collectionOperations: [{ target: "Count" }],
        resources: [{ target: "Part" }],
      },
      Part: { type: "resource", read: { target: "GetPart" } },
      Turn: operation(),
      Count: operation(),
      GetPart: operation(),
    };
    const { operations } = exampleService(shapes, {
      operations: [],
      resources: [{ target: "Thing" }],
    });
    expect(operations.map(({ name }) => name)).toEqual([
      "CREATEThing",
      "Count",
      "DELETEThing",
      "GetPart",
      "LISTThing",
      "PUTThing",
      "READThing",
      "Turn",
      "UPDATEThing",
    ]);
  });

  test("say what the model says of them", () => {
    const run = lowerOperation({
      Run: operation({
        input: "Input",
        output: "Output",
        traits: {
          documentation: "Runs.",
          deprecated: { message: "Walk.", since: "2020" },
          idempotent: {},
          auth: [],
        },
      }),
      Input: structure({}, { input: {} }),
      Output: structure({}, { output: {} }),
    });
    expect(run).toMatchObject({
      id: "com.example#Run",
      name: "Run",
      input: { name: "Input", isInput: true, isOutput: false },
      output: { name: "Output", isInput: false, isOutput: true },
      errors: [],
      documentation: "Runs.",
      deprecated: { message: "Walk.", since: "2020" },
      idempotent: true,
      unsigned: true,
    });
  });

  test("take and give nothing where the model says nothing or Unit", () => {
    expect(lowerOperation({ Run: operation() })).toMatchObject({
      input: undefined,
      output: undefined,
      idempotent: false,
      unsigned: false,
    });
    expect(
      lowerOperation({ Run: operation({ input: "smithy.api#Unit", output: "smithy.api#Unit" }) }),
    ).toMatchObject({ input: undefined, output: undefined });
  });

  test("that only read are idempotent", () => {
    expect(lowerOperation({ Run: operation({ traits: { readonly: {} } }) })?.idempotent).toBe(true);
  });

  test("are signed where they name the service's own scheme", () => {
    const run = lowerOperation({ Run: operation({ traits: { auth: ["aws.auth#sigv4"] } }) });
    expect(run?.unsigned).toBe(false);
  });

  test("have their own errors and the service's, sorted, each once", () => {
    const run = lowerOperation(
      {
        Run: operation({ errors: ["Late", "Broken"] }),
        Late: errorStructure(),
        Broken: errorStructure(),
        Denied: errorStructure(),
      },
      { errors: [{ target: "Denied" }, { target: "Late" }] },
    );
    expect(run?.errors.map(({ name }) => name)).toEqual(["Broken", "Denied", "Late"]);
  });

  test("that stream are left out, with the member that does", () => {
    const { operations, omissions } = exampleService({
      Run: operation(),
      Upload: operation({ input: "UploadInput" }),
      UploadInput: structure({ Body: "Stream" }),
      Stream: simple("blob", { streaming: {} }),
      Watch: operation({ output: "WatchOutput" }),
      WatchOutput: structure({ Events: "Events" }),
      Events: union({ Event: "Event" }, { streaming: {} }),
      Event: structure(),
    });
    const reason = (id: string): string =>
      `it streams (${id}), and event streams and streamed bodies are not supported`;
    expect(operations.map(({ name }) => name)).toEqual(["Run"]);
    expect(omissions).toEqual([
      { id: "com.example#Upload", reason: reason("com.example#UploadInput$Body") },
      { id: "com.example#Watch", reason: reason("com.example#WatchOutput$Events") },
    ]);
  });

  test.each<[string, Parts, Part, string]>([
    [
      "that there are none of",
      {},
      { operations: [] },
      "ExampleService: the service has no operation",
    ],
    [
      "that all stream",
      { Input: structure({ Body: "Stream" }), Stream: simple("blob", { streaming: {} }) },
      {},
      "ExampleService: the service has no operation that can be generated: com.example#Run: it streams (com.example#Input$Body), and event streams and streamed bodies are not supported",
    ],
    [
      "that are something else",
      { Thing: structure() },
      { operations: [{ target: "Thing" }] },
      "ExampleService: com.example#Thing is no operation",
    ],
    [
      "of resources that are something else",
      { Thing: structure() },
      { resources: [{ target: "Thing" }] },
      "ExampleService: com.example#Thing is no resource",
    ],
    [
      "of a resource of itself",
      { Thing: { type: "resource", resources: [{ target: "Thing" }] } },
      { resources: [{ target: "Thing" }] },
      "Thing: is a resource of itself",
    ],
    [
      "whose input is no structure",
      { Run: operation({ input: "Things" }), Things: list("String") },
      {},
      "Run: its input com.example#Things is no structure",
    ],
    [
      "whose output is no structure",
      { Run: operation({ output: "String" }) },
      {},
      "Run: its output smithy.api#String is no structure",
    ],
    [
      "with an error that is none",
      { Run: operation({ errors: ["Broken"] }), Broken: structure() },
      {},
      "Broken: is listed as an error and has no trait smithy.api#error",
    ],
    [
      "that are signed in another way",
      { Run: operation({ traits: { auth: ["smithy.api#httpBearerAuth"] } }) },
      {},
      "Run: smithy.api#auth: the operation takes smithy.api#httpBearerAuth; what can be generated is aws.auth#sigv4, or an empty list for no signature",
    ],
    [
      "with auth that is no list",
      { Run: operation({ traits: { auth: "aws.auth#sigv4" } }) },
      {},
      'Run: smithy.api#auth: found "aws.auth#sigv4"; an array belongs here',
    ],
  ])("%s are refused", (_what, shapes, service, problem) => {
    expect(problemWith(shapes, service)).toBe(`model.json: com.example#${problem}`);
  });
});

describe("each kind of shape", () => {
  const free = { length: undefined, range: undefined, pattern: undefined, uniqueItems: false };
  const length = { min: 1, max: 5 };

  test.each(["boolean", "document"])("%s", (type) => {
    expect(lowerThing(simple(type))).toMatchObject({ type, name: "Thing", sensitive: false });
  });

  test.each(["byte", "short", "integer", "long", "bigInteger", "float", "double", "bigDecimal"])(
    "%s, with a range",
    (type) => {
      expect(lowerThing(simple(type, { range: { min: 0 } }))).toMatchObject({
        type,
        constraints: { ...free, range: { min: 0, max: undefined } },
      });
    },
  );

  test("a range of numbers that are too big for JSON is written as strings", () => {
    expect(lowerThing(simple("bigInteger", { range: { max: "1e30" } }))).toMatchObject({
      constraints: { range: { min: undefined, max: 1e30 } },
    });
  });

  test("string, with a length and a pattern", () => {
    expect(lowerThing(simple("string", { length, pattern: "^a" }))).toMatchObject({
      type: "string",
      constraints: { ...free, length, pattern: "^a" },
    });
  });

  test("string, of one length and no other", () => {
    expect(lowerThing(simple("string", { length: { min: 1, max: 1 } }))).toMatchObject({
      constraints: { length: { min: 1, max: 1 } },
    });
  });

  test.each([
    [
      { min: 0, max: 9 },
      { min: undefined, max: 9 },
    ],
    [{ min: 0 }, undefined],
  ])("string, of a length %j, which 0 does not bound", (length, expected) => {
    expect(lowerThing(simple("string", { length }))).toMatchObject({
      constraints: { length: expected },
    });
  });

  test("string, whose member may be shorter than it says itself", () => {
    const part = member("Text", { length: { min: 0 } });
    const { constraints } =
      lowerMember(part, { Text: simple("string", { length: { min: 1 } }) }) ?? {};
    expect(constraints?.length).toBeUndefined();
  });

  test("blob, sensitive and with a length", () => {
    expect(lowerThing(simple("blob", { length, sensitive: {} }))).toMatchObject({
      type: "blob",
      sensitive: true,
      constraints: { ...free, length },
    });
  });

  test.each([
    [undefined, undefined],
    ["date-time", "date-time"],
    ["epoch-seconds", "epoch-seconds"],
    ["http-date", "http-date"],
  ])("timestamp, with the format %s", (timestampFormat, format) => {
    const traits = timestampFormat === undefined ? {} : { timestampFormat };
    expect(lowerThing(simple("timestamp", traits))).toMatchObject({ type: "timestamp", format });
  });

  test("list, sparse and of distinct elements", () => {
    const thing = lowerThing(list("String", { length, sparse: {}, uniqueItems: {} }));
    expect(thing).toMatchObject({
      type: "list",
      sparse: true,
      constraints: { ...free, length, uniqueItems: true },
      member: { id: "com.example#Thing$member", name: "member", target: { type: "string" } },
    });
  });

  test("map, from an enum", () => {
    const thing = lowerThing(
      { type: "map", key: { target: "Color" }, value: { target: "Integer" } },
      { Color: enumeration("enum", { RED: {} }) },
    );
    expect(thing).toMatchObject({
      type: "map",
      sparse: false,
      key: { target: { type: "enum" } },
      value: { target: { type: "integer" } },
    });
  });

  test("structure", () => {
    const thing = lowerThing(
      structure(
        { Name: required("String"), Size: "Integer" },
        { documentation: "A thing.", deprecated: {}, sensitive: {} },
      ),
    );
    expect(thing).toMatchObject({
      type: "structure",
      id: "com.example#Thing",
      documentation: "A thing.",
      deprecated: { message: undefined, since: undefined },
      sensitive: true,
      error: undefined,
      members: [
        { name: "Name", required: true },
        { name: "Size", required: false },
      ],
    });
  });

  test("error, with its status and whether it can be retried", () => {
    const shapes = {
      Run: operation({ errors: ["Plain", "Full"] }),
      Plain: errorStructure(),
      Full: errorStructure(
        {},
        { error: "server", httpError: 503, retryable: { throttling: true } },
      ),
    };
    const plain = { fault: "client", httpStatus: undefined, retryable: undefined };
    expect(findShape(shapes, "Plain")).toMatchObject({ error: plain });
    expect(findShape(shapes, "Full")).toMatchObject({
      error: { fault: "server", httpStatus: 503, retryable: { throttling: true } },
    });
  });

  test("an error that can be retried is no throttling unless it says so", () => {
    const shapes = {
      Run: operation({ errors: ["Late"] }),
      Late: errorStructure({}, { retryable: {} }),
    };
    expect(findShape(shapes, "Late")).toMatchObject({
      error: { retryable: { throttling: false } },
    });
  });

  test("union", () => {
    expect(lowerThing(union({ Name: "String", Size: "Integer" }))).toMatchObject({
      type: "union",
      members: [{ name: "Name" }, { name: "Size" }],
    });
  });

  test("enum, whose values are their names where nothing else is said", () => {
    const values = {
      RED: { enumValue: "red", documentation: "Like blood." },
      Blue: { deprecated: { message: "Faded." } },
    };
    const plain = { documentation: undefined, deprecated: undefined };
    expect(lowerThing(enumeration("enum", values))).toMatchObject({
      type: "enum",
      values: [
        { ...plain, name: "RED", value: "red", documentation: "Like blood." },
        { ...plain, name: "Blue", value: "Blue", deprecated: { message: "Faded." } },
      ],
    });
  });

  test("intEnum", () => {
    expect(lowerThing(enumeration("intEnum", { ONE: { enumValue: 1 } }))).toMatchObject({
      type: "intEnum",
      values: [{ name: "ONE", value: 1 }],
    });
  });

  test("the enum trait of Smithy 1.0, with a name for each value that has none", () => {
    const definitions = [
      { value: "m1.small", name: "SMALL", documentation: "One core." },
      { value: "m1.veryLarge" },
      { value: "2-way", deprecated: true, tags: ["a"] },
    ];
    expect(lowerThing(simple("string", { enum: definitions }))).toMatchObject({
      type: "enum",
      values: [
        { name: "SMALL", value: "m1.small", documentation: "One core." },
        { name: "M1_VERY_LARGE", value: "m1.veryLarge", documentation: undefined },
        { name: "2_WAY", value: "2-way" },
      ],
    });
  });

  test("values of the enum trait that would get one name keep their own", () => {
    const definitions = [{ value: "a-b" }, { value: "a_b" }, { value: "c" }];
    expect(lowerThing(simple("string", { enum: definitions }))).toMatchObject({
      values: [{ name: "a-b" }, { name: "a_b" }, { name: "C" }],
    });
  });

  test.each([
    "String",
    "Blob",
    "Boolean",
    "Byte",
    "Double",
    "Float",
    "Integer",
    "Long",
    "PrimitiveInteger",
    "Short",
    "Timestamp",
    "Document",
  ])("%s of the prelude", (name) => {
    const target = lowerMember({ target: `smithy.api#${name}` })?.target;
    expect(target?.type).toBe(name.replace("Primitive", "").toLowerCase());
  });

  test("a shape that leads back to itself is one shape", () => {
    const node = lowerThing(structure({ Next: "Thing", All: "Things" }), { Things: list("Thing") });
    expect(node).toMatchObject({
      members: [{ target: node }, { target: { member: { target: node } } }],
    });
  });

  test("nothing can be changed in a shape that is done", () => {
    const thing = lowerThing(structure({ Name: "String" }));
    expect(Object.isFrozen(thing)).toBe(true);
  });

  test("only what an operation reaches is there, in the model's order", () => {
    const { shapes } = exampleService({
      Unused: structure(),
      Size: simple("integer"),
      Output: structure({ Size: "Size" }),
      Input: structure({ Size: "Size", Name: "String" }),
    });
    expect(shapes.map(({ name }) => name)).toEqual(["Size", "Output", "Input", "String"]);
  });
});

describe("a member", () => {
  test("says what the model says of it", () => {
    const traits = {
      required: {},
      clientOptional: {},
      default: "a",
      idempotencyToken: {},
      documentation: "A name.",
      deprecated: { since: "2020" },
      sensitive: {},
    };
    expect(lowerMember(member("String", traits))).toMatchObject({
      id: "com.example#Input$Name",
      name: "Name",
      target: { name: "String" },
      required: true,
      clientOptional: true,
      default: "a",
      idempotencyToken: true,
      timestampFormat: undefined,
      documentation: "A name.",
      deprecated: { message: undefined, since: "2020" },
      sensitive: true,
    });
  });

  test("is optional, plain and without a default where nothing is said", () => {
    expect(lowerMember(member("String", {}))).toMatchObject({
      required: false,
      clientOptional: false,
      default: undefined,
      idempotencyToken: false,
      documentation: undefined,
      deprecated: undefined,
      sensitive: false,
    });
  });

  test("has no default where the model says null", () => {
    expect(lowerMember(member("String", { default: null }))?.default).toBeUndefined();
  });

  test("has its target's constraints where it sets none itself", () => {
    const text = simple("string", { length: { max: 5 }, pattern: "^a" });
    expect(lowerMember(member("Text", { length: { max: 3 } }), { Text: text })).toMatchObject({
      constraints: { length: { min: undefined, max: 3 }, pattern: "^a" },
    });
  });

  test("is sensitive where its target is", () => {
    const secret = simple("string", { sensitive: {} });
    expect(lowerMember(member("Secret", {}), { Secret: secret })?.sensitive).toBe(true);
  });

  test("may have a timestamp format of its own", () => {
    const timestamp = member("Timestamp", { timestampFormat: "http-date" });
    expect(lowerMember(timestamp)?.timestampFormat).toBe("http-date");
  });
});

describe("a malformed trait or shape is refused with its place", () => {
  const input = "model.json: com.example#Input$Name: ";
  test.each<[string, Part, string]>([
    [
      "length that is no object",
      { length: 5 },
      "smithy.api#length: found 5; an object belongs here",
    ],
    [
      "length without bounds",
      { length: {} },
      "smithy.api#length: found an object; an object with min, max or both belongs here",
    ],
    [
      "length below 0",
      { length: { min: -1 } },
      "smithy.api#length: /min: found -1; a length from 0 belongs here",
    ],
    [
      "length that is no whole number",
      { length: { max: 1.5 } },
      "smithy.api#length: /max: found 1.5; a whole number belongs here",
    ],
    [
      "length that is upside down",
      { length: { min: 2, max: 1 } },
      "smithy.api#length: min 2 is above max 1",
    ],
    [
      "range that is no number",
      { range: { min: "one" } },
      '/min: found "one"; a number belongs here',
    ],
    ["range of null", { range: { max: null } }, "/max: found null; a number belongs here"],
    ["range of an empty string", { range: { max: "" } }, '/max: found ""; a number belongs here'],
    [
      "pattern that is no text",
      { pattern: {} },
      "smithy.api#pattern: found an object; a string belongs here",
    ],
    [
      "timestamp format that there is not",
      { timestampFormat: "iso" },
      'smithy.api#timestampFormat: found "iso"; one of "date-time", "epoch-seconds", "http-date" belongs here',
    ],
    [
      "documentation that is no text",
      { documentation: 1 },
      "smithy.api#documentation: found 1; a string belongs here",
    ],
    [
      "deprecation that is no object",
      { deprecated: "yes" },
      'smithy.api#deprecated: found "yes"; an object belongs here',
    ],
    [
      "deprecation since a number",
      { deprecated: { since: 2020 } },
      "smithy.api#deprecated: /since: found 2020; a string belongs here",
    ],
  ])("%s", (_what, traits, problem) => {
    const place = problem.startsWith("/") ? `${input}smithy.api#range: ` : input;
    expect(problemWith({ Input: structure({ Name: member("String", traits) }) })).toBe(
      `${place}${problem}`,
    );
  });

  test.each<[string, Part, string]>([
    [
      "error of neither side",
      errorStructure({}, { error: "both" }),
      'com.example#Thing: smithy.api#error: found "both"; one of "client", "server" belongs here',
    ],
    [
      "error with a status that is no number",
      errorStructure({}, { httpError: "404" }),
      'com.example#Thing: smithy.api#httpError: found "404"; a whole number belongs here',
    ],
    [
      "error whose throttling is neither true nor false",
      errorStructure({}, { retryable: { throttling: 1 } }),
      "com.example#Thing: smithy.api#retryable: /throttling: found 1; true or false belongs here",
    ],
    [
      "enum with a value that is no text",
      enumeration("enum", { ONE: { enumValue: 1 } }),
      "com.example#Thing$ONE: smithy.api#enumValue: found 1; a string belongs here",
    ],
    [
      "intEnum with a value that is no number",
      enumeration("intEnum", { ONE: { enumValue: "1" } }),
      'com.example#Thing$ONE: smithy.api#enumValue: found "1"; a whole number belongs here',
    ],
    [
      "intEnum without values",
      enumeration("intEnum", { ONE: {} }),
      "com.example#Thing$ONE: a value of an intEnum needs the trait smithy.api#enumValue",
    ],
    [
      "enum trait that is no list",
      simple("string", { enum: { ONE: "1" } }),
      "com.example#Thing: smithy.api#enum: found an object; an array belongs here",
    ],
    [
      "enum trait without a value",
      simple("string", { enum: [{ value: "a" }, { name: "B" }] }),
      "com.example#Thing: smithy.api#enum: /1/value: found nothing; a string belongs here",
    ],
    [
      "map from something else than strings",
      { type: "map", key: { target: "Integer" }, value: { target: "String" } },
      "com.example#Thing$key: the key of a map is a string, and this one's type is integer",
    ],
    ["union without members", union({}), "com.example#Thing: a union needs a member"],
    [
      "operation that is no value",
      operation(),
      "com.example#Thing: a member cannot target a shape of type operation",
    ],
  ])("%s", (_what, thing, problem) => {
    expect(
      problemWith({
        Input: structure({ Thing: "Thing" }),
        Thing: thing,
        Run: operation({ input: "Input" }),
      }),
    ).toBe(`model.json: ${problem}`);
  });
});

describe("names", () => {
  const shapes = { Input: structure({ Thing: "My-Thing" }), "My-Thing": structure() };

  test("that are no identifiers are refused", () => {
    expect(problemWith(shapes)).toBe(
      'model.json: com.example#My-Thing: "My-Thing" is no TypeScript identifier; rename it in the model, or with the service\'s rename',
    );
  });

  test("are the service's own where it renames a shape", () => {
    const service = exampleService(shapes, { rename: { "com.example#My-Thing": "MyThing" } });
    expect(service.shapes.map(({ id, name }) => [id, name])).toEqual([
      ["com.example#Input", "Input"],
      ["com.example#My-Thing", "MyThing"],
    ]);
  });

  test("are told apart by a rename where two namespaces have the same one", () => {
    const twins = {
      Input: structure({ Left: "com.example#Thing", Right: "com.other#Thing" }),
      Thing: structure(),
      "com.other#Thing": structure(),
    };
    expect(problemWith(twins)).toBe(
      "model.json: com.other#Thing: has the name of com.example#Thing; rename one of them with the service's rename",
    );
    const service = exampleService(twins, { rename: { "com.other#Thing": "OtherThing" } });
    expect(service.shapes.map(({ name }) => name)).toEqual(["Input", "Thing", "OtherThing"]);
  });

  test.each<[string, Parts, string]>([
    [
      "two structures that only case tells apart",
      { Input: structure({ A: "Thing", B: "thing" }), Thing: structure(), thing: structure() },
      "com.example#thing: has the name of com.example#Thing but for its case",
    ],
    [
      "a structure and an enum that only case tells apart",
      {
        Input: structure({ A: "Thing", B: "THING" }),
        Thing: structure(),
        THING: enumeration("enum", { ONE: {} }),
      },
      "com.example#THING: has the name of com.example#Thing but for its case",
    ],
    [
      "a structure and an operation",
      { Run: operation({ input: "run" }), run: structure() },
      "com.example#run: has the name of com.example#Run but for its case",
    ],
    [
      "two operations that only case tells apart",
      { GetUrl: operation(), GetURL: operation() },
      "com.example#GetUrl: has the name of com.example#GetURL but for its case",
    ],
  ])("of %s are refused", (_what, twins, problem) => {
    expect(problemWith(twins)).toBe(
      `model.json: ${problem}; rename one of them with the service's rename`,
    );
  });

  test("of shapes that get no name in the packages may be the same", () => {
    const service = exampleService({
      Input: structure({ A: "com.example#tag", B: "com.example#Tag", C: "com.other#Tag" }),
      tag: simple("string"),
      Tag: simple("string"),
      "com.other#Tag": list("String"),
    });
    expect(service.shapes).toHaveLength(5);
  });

  test("of the prelude can be used for shapes of one's own", () => {
    const service = exampleService({
      Input: structure({ Own: "com.example#String", Other: "smithy.api#String" }),
      String: structure(),
    });
    expect(service.shapes.map(({ id }) => id)).toEqual([
      "com.example#Input",
      "com.example#String",
      "smithy.api#String",
    ]);
  });
});

test("a target that nothing checked is still refused", () => {
  const model = readExample({ Input: structure({ Name: "String" }) });
  const shapes = new Map(model.shapes);
  shapes.delete("com.example#Input");
  expect(problemOf(() => lowerService({ ...model, shapes }))).toBe(
    "model.json: com.example#Run: com.example#Input is not in the model",
  );
});

test("the same model gives the same service", () => {
  const shapes = { Input: structure({ Name: "String" }) };
  const read = (): unknown => lowerService(readSmithyAst(exampleModel(shapes), "model.json"));
  expect(read()).toEqual(read());
});
