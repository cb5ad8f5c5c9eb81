import { describe, expect, test } from "vitest";
import { type Part, problemOf } from "../example.test-model.ts";
import {
  findShape,
  lowerExample2,
  member,
  readExample2,
  type Service2Parts,
  structure,
  traitsOf,
} from "./example.test-model.ts";

function shapeTraits(shape: Part): Part | undefined {
  return traitsOf({ shapes: { Thing: shape } }, "Thing");
}

/** The traits of a member called `Name`. */
function memberTraits(reference: Part, target: Part = { type: "string" }, metadata?: Part) {
  const shapes = { Thing: structure({ Name: member("Target", reference) }), Target: target };
  return traitsOf({ shapes, ...(metadata && { metadata }) }, "Thing$Name");
}

function problemWith(shape: Part, metadata?: Part): string {
  const parts: Service2Parts = { shapes: { Thing: shape }, ...(metadata && { metadata }) };
  return problemOf(() => readExample2(parts));
}

describe("a shape", () => {
  test.each<[Part, string]>([
    [{ type: "bigdecimal" }, "bigDecimal"],
    [{ type: "biginteger" }, "bigInteger"],
    [{ type: "blob" }, "blob"],
    [{ type: "boolean" }, "boolean"],
    [{ type: "byte" }, "byte"],
    [{ type: "character" }, "string"],
    [{ type: "double" }, "double"],
    [{ type: "float" }, "float"],
    [{ type: "integer" }, "integer"],
    [{ type: "list", member: { shape: "String" } }, "list"],
    [{ type: "long" }, "long"],
    [{ type: "map", key: { shape: "String" }, value: { shape: "String" } }, "map"],
    [{ type: "short" }, "short"],
    [{ type: "string" }, "string"],
    [{ type: "string", enum: ["A"] }, "enum"],
    [structure(), "structure"],
    [structure({}, { document: true }), "document"],
    [structure({}, { eventstream: true }), "union"],
    [structure({}, { union: true }), "union"],
    [structure({}, { document: false, union: false }), "structure"],
    [{ type: "timestamp" }, "timestamp"],
  ])("written as %j is of type %s", (written, type) => {
    expect(findShape({ shapes: { Thing: written } }, "Thing")?.type).toBe(type);
  });

  test.each<[string, Part, Part]>([
    ["a length", { type: "string", min: 1, max: 9 }, { "smithy.api#length": { min: 1, max: 9 } }],
    ["a length of bytes", { type: "blob", max: 9 }, { "smithy.api#length": { max: 9 } }],
    [
      "a length of lists",
      { type: "list", member: { shape: "String" }, min: 1 },
      { "smithy.api#length": { min: 1 } },
    ],
    ["a range", { type: "integer", min: -1, max: 9 }, { "smithy.api#range": { min: -1, max: 9 } }],
    ["a range of fractions", { type: "double", max: 0.5 }, { "smithy.api#range": { max: 0.5 } }],
    ["a pattern", { type: "string", pattern: "a+" }, { "smithy.api#pattern": "^a+$" }],
    ["secrecy", { type: "string", sensitive: true }, { "smithy.api#sensitive": {} }],
    ["nothing that is false", { type: "string", sensitive: false }, {}],
    [
      "documentation",
      { type: "string", documentation: "A." },
      { "smithy.api#documentation": "A." },
    ],
    ["no documentation that is empty", { type: "string", documentation: "" }, {}],
    [
      "deprecation",
      { type: "string", deprecated: true, deprecatedMessage: "Use B.", deprecatedSince: "2020" },
      { "smithy.api#deprecated": { message: "Use B.", since: "2020" } },
    ],
    ["no deprecation that is false", { type: "string", deprecated: false }, {}],
    [
      "the format of a timestamp",
      { type: "timestamp", timestampFormat: "iso8601" },
      { "smithy.api#timestampFormat": "date-time" },
    ],
    ["streaming", { type: "blob", streaming: true }, { "smithy.api#streaming": {} }],
    ["streaming of events", structure({}, { eventstream: true }), { "smithy.api#streaming": {} }],
    ["nothing of a box", { type: "integer", box: true }, {}],
    ["nothing of XML", { type: "list", member: { shape: "String" }, flattened: true }, {}],
    [
      "sparseness",
      { type: "list", member: { shape: "String" }, sparse: true },
      { "smithy.api#sparse": {} },
    ],
    [
      "an error of the client",
      structure({}, { exception: true }),
      { "smithy.api#error": "client" },
    ],
    [
      "an error of the server",
      structure({}, { exception: true, fault: true, retryable: { throttling: false } }),
      { "smithy.api#error": "server", "smithy.api#retryable": { throttling: false } },
    ],
    [
      "an error of the server by its status",
      structure({}, { exception: true, error: { httpStatusCode: 503 } }),
      { "smithy.api#error": "server", "smithy.api#httpError": 503 },
    ],
    [
      "an error with a code of the query protocol",
      structure(
        {},
        { exception: true, error: { code: "A.B", httpStatusCode: 404, senderFault: true } },
      ),
      {
        "smithy.api#error": "client",
        "smithy.api#httpError": 404,
        "aws.protocols#awsQueryError": { code: "A.B", httpResponseCode: 404 },
      },
    ],
  ])("has %s", (_what, shape, traits) => {
    expect(shapeTraits(shape)).toEqual(traits);
  });

  test("that streams where it is used streams", () => {
    const shapes = {
      Thing: structure({ Body: member("Bytes", { streaming: true }) }),
      Bytes: { type: "blob" },
    };
    expect(traitsOf({ shapes }, "Bytes")).toEqual({ "smithy.api#streaming": {} });
  });

  test("that is a timestamp has the service's format where it has none", () => {
    const metadata = { timestampFormat: "iso8601" };
    const formatOf = (shape: Part): unknown =>
      traitsOf({ metadata, shapes: { Thing: shape } }, "Thing")?.["smithy.api#timestampFormat"];
    expect(formatOf({ type: "timestamp" })).toBe("date-time");
    expect(formatOf({ type: "timestamp", timestampFormat: "rfc822" })).toBe("http-date");
  });
});

describe("a member", () => {
  test("is required where its structure says so, and never in a union", () => {
    const members = { A: member("String"), B: member("String") };
    const shapes = {
      Thing: structure(members, { required: ["A"] }),
      Choice: structure(members, { required: ["A"], union: true }),
    };
    expect(traitsOf({ shapes }, "Thing$A")).toEqual({ "smithy.api#required": {} });
    expect(traitsOf({ shapes }, "Thing$B")).toEqual({});
    expect(traitsOf({ shapes }, "Choice$A")).toEqual({});
  });

  test.each<[string, Part, Part]>([
    ["a token", { idempotencyToken: true }, { "smithy.api#idempotencyToken": {} }],
    ["a part of the host", { hostLabel: true }, { "smithy.api#hostLabel": {} }],
    [
      "a parameter of the endpoint",
      { contextParam: { name: "Arn" } },
      { "smithy.rules#contextParam": { name: "Arn" } },
    ],
    ["secrecy of its own", { sensitive: true }, { "smithy.api#sensitive": {} }],
    ["a pattern of its own", { pattern: "a" }, { "smithy.api#pattern": "^a$" }],
    ["a length of its own", { max: 3 }, { "smithy.api#length": { max: 3 } }],
    ["deprecation", { deprecated: true }, { "smithy.api#deprecated": {} }],
    ["JSON in a string", { jsonvalue: true }, { "smithy.api#mediaType": "application/json" }],
    [
      "a timestamp's format",
      { timestampFormat: "unixTimestamp" },
      { "smithy.api#timestampFormat": "epoch-seconds" },
    ],
    ["a header", { location: "header", locationName: "X-A" }, { "smithy.api#httpHeader": "X-A" }],
    [
      "headers",
      { location: "headers", locationName: "x-" },
      { "smithy.api#httpPrefixHeaders": "x-" },
    ],
    [
      "a part of the path",
      { location: "uri", locationName: "Name" },
      { "smithy.api#httpLabel": {} },
    ],
    ["a part of the query", { location: "querystring" }, { "smithy.api#httpQuery": "Name" }],
    ["the status", { location: "statusCode" }, { "smithy.api#httpResponseCode": {} }],
    ["the name that it has anyway", { locationName: "Name" }, {}],
    ["nothing of a box", { box: true }, {}],
  ])("has %s", (_what, reference, traits) => {
    expect(memberTraits(reference)).toEqual(traits);
  });

  test("has a range of its own where it leads to a number", () => {
    expect(memberTraits({ max: 3 }, { type: "long" })).toEqual({ "smithy.api#range": { max: 3 } });
  });

  test("that leads to a map stands for a whole query", () => {
    const map = { type: "map", key: { shape: "String" }, value: { shape: "String" } };
    expect(memberTraits({ location: "querystring" }, map)).toEqual({
      "smithy.api#httpQueryParams": {},
    });
  });

  test.each([
    ["rest-json", "smithy.api#jsonName"],
    ["rest-xml", "smithy.api#xmlName"],
  ])("has another name in the bodies of %s", (protocol, trait) => {
    const traits = memberTraits({ locationName: "other" }, { type: "string" }, { protocol });
    expect(traits).toEqual({ [trait]: "other" });
  });

  test("of the payload of a structure is that", () => {
    const shapes = { Thing: structure({ Body: member("String") }, { payload: "Body" }) };
    expect(traitsOf({ shapes }, "Thing$Body")).toEqual({ "smithy.api#httpPayload": {} });
  });
});

test("the values of an enum have the names that Smithy's conversion gives them", () => {
  const enumeration = {
    type: "string",
    enum: ["Active", "not-active", "s3:Get Object", "2nd", "a.b", "a-b"],
  };
  const shapes = { Input: structure({ A: member("Thing") }), Thing: enumeration };
  const { shapes: lowered } = lowerExample2({ shapes });
  const thing = lowered.find(({ name }) => name === "Thing");
  const names = thing?.type === "enum" ? thing.values.map(({ name, value }) => [name, value]) : [];
  expect(names).toEqual([
    ["Active", "Active"],
    ["not_active", "not-active"],
    ["s3_Get_Object", "s3:Get Object"],
    ["2nd", "2nd"],
    ["a.b", "a.b"],
    ["a-b", "a-b"],
  ]);
});

describe("a shape that is malformed is refused with the place", () => {
  test.each<[string, Part, string]>([
    ["no type", {}, 'type: found nothing; one of "bigdecimal",'],
    ["an unknown type", { type: "tuple" }, 'type: found "tuple"; one of "bigdecimal",'],
    ["no members", { type: "structure" }, "members: found nothing; an object belongs here"],
    [
      "a member that is no object",
      structure({ A: [] as never }),
      "members/A: found an array; an object belongs here",
    ],
    [
      "a member that leads nowhere",
      structure({ A: {} }),
      "members/A/shape: found nothing; a string belongs here",
    ],
    [
      "a member that leads to what is not there",
      structure({ A: member("Gone") }),
      'members/A/shape: the model has no shape "Gone"; add the shape or correct the name',
    ],
    [
      "a required member that is not there",
      structure({}, { required: ["A"] }),
      'required/0: the structure has no member "A"',
    ],
    [
      "a payload that is not there",
      structure({}, { payload: "A" }),
      'payload: the structure has no member "A"',
    ],
    ["a list of nothing", { type: "list" }, "member: found nothing; an object belongs here"],
    [
      "a map without keys",
      { type: "map", value: { shape: "String" } },
      "key: found nothing; an object belongs here",
    ],
    ["bounds that leave nothing", { type: "string", min: 2, max: 1 }, "min: min 2 is above max 1"],
    [
      "a length below 0",
      { type: "string", min: -1 },
      "min: found -1; a length from 0 belongs here",
    ],
    [
      "a length in parts",
      { type: "blob", max: 1.5 },
      "max: found 1.5; a whole number belongs here",
    ],
    ["a range of words", { type: "long", max: "9" }, 'max: found "9"; a number belongs here'],
    [
      "values that are no strings",
      { type: "string", enum: [1] },
      "enum/0: found 1; a string belongs here",
    ],
    ["a value twice", { type: "string", enum: ["A", "A"] }, 'enum/1: "A" is there twice'],
    [
      "a flag that is none",
      { type: "string", sensitive: "yes" },
      'sensitive: found "yes"; true or false belongs here',
    ],
    [
      "a format of time that is not known",
      { type: "timestamp", timestampFormat: "julian" },
      'timestampFormat: found "julian"; one of "iso8601", "rfc822", "unixTimestamp" belongs here',
    ],
    [
      "an error that is no flag",
      structure({}, { exception: 1 }),
      "exception: found 1; true or false belongs here",
    ],
    [
      "a place that is not known",
      structure({ A: member("String", { location: "cookie" }) }),
      'members/A/location: found "cookie"; one of "header", "headers", "querystring", "statusCode", "uri" belongs here',
    ],
    [
      "a name of its own in JSON, which no protocol of Smithy's knows",
      structure({ A: member("String", { locationName: "a" }) }),
      'members/A/locationName: the member A goes over the wire as "a"; members of the protocol json can have no other name there than their own',
    ],
  ])("%s", (_what, shape, problem) => {
    const found = problemWith(shape);
    expect(found.slice(0, `service-2.json: /shapes/Thing/${problem}`.length)).toBe(
      `service-2.json: /shapes/Thing/${problem}`,
    );
  });

  test("a name with a slash, by its pointer", () => {
    expect(problemOf(() => readExample2({ shapes: { "a/b": structure() } }))).toBe(
      "service-2.json: /shapes/a~1b: this is no name of a shape; it must be of letters, digits and underscores",
    );
  });
});
