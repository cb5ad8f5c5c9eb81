import { describe, expect, test } from "vitest";
import { type Part, problemOf } from "../example.test-model.ts";
import {
  lowerExample2,
  member,
  operation,
  readExample2,
  structure,
  traitsOf,
} from "./example.test-model.ts";

function operationTraits(rest: Part, metadata?: Part): Part | undefined {
  return traitsOf({ operations: { Run: operation(rest) }, ...(metadata && { metadata }) }, "Run");
}

function problemWith(rest: Part): string {
  return problemOf(() => readExample2({ operations: { Run: operation(rest) } }));
}

test("an operation has an input, an output and errors", () => {
  const { operations } = lowerExample2({
    shapes: {
      Input: structure({ Name: member("String") }),
      Output: structure(),
      Broken: structure({}, { exception: true }),
    },
  });
  expect(operations).toMatchObject([
    {
      id: "com.amazonaws.example#Run",
      name: "Run",
      input: { name: "Input" },
      output: { name: "Output" },
      errors: [{ name: "Broken" }],
    },
  ]);
});

test("an operation needs none of them", () => {
  expect(lowerExample2({}).operations).toMatchObject([
    { input: undefined, output: undefined, errors: [] },
  ]);
});

test("an operation is called as it goes over the wire", () => {
  const { operations } = lowerExample2({
    operations: { Run: operation({ name: "Run2020_05_31" }) },
  });
  expect(operations.map(({ name }) => name)).toEqual(["Run2020_05_31"]);
});

describe("an operation", () => {
  test.each<[string, Part, Part]>([
    ["documentation", { documentation: "Runs." }, { "smithy.api#documentation": "Runs." }],
    [
      "deprecation",
      { deprecated: true, deprecatedMessage: "Walk." },
      { "smithy.api#deprecated": { message: "Walk." } },
    ],
    ["idempotency", { idempotent: true }, { "smithy.api#idempotent": {} }],
    ["that it only reads", { readonly: true }, { "smithy.api#readonly": {} }],
    [
      "a host of its own",
      { endpoint: { hostPrefix: "data-" } },
      { "smithy.api#endpoint": { hostPrefix: "data-" } },
    ],
    [
      "parameters of the endpoint",
      {
        staticContextParams: { Kind: { value: "data" } },
        operationContextParams: { Name: { path: "Thing.Name" } },
      },
      {
        "smithy.rules#staticContextParams": { Kind: { value: "data" } },
        "smithy.rules#operationContextParams": { Name: { path: "Thing.Name" } },
      },
    ],
    [
      "an endpoint to discover",
      { endpointdiscovery: {} },
      { "aws.api#clientDiscoveredEndpoint": { required: false } },
    ],
    [
      "compression",
      { requestcompression: { encodings: ["gzip"] } },
      { "smithy.api#requestCompression": { encodings: ["gzip"] } },
    ],
    ["a checksum", { httpChecksumRequired: true }, { "smithy.api#httpChecksumRequired": {} }],
    [
      "flexible checksums",
      { httpChecksum: { requestChecksumRequired: true } },
      { "aws.protocols#httpChecksum": { requestChecksumRequired: true } },
    ],
    ["no signature", { authtype: "none" }, { "smithy.api#auth": [] }],
    [
      "no signature, in the newer words",
      { auth: ["smithy.api#noAuth"] },
      { "smithy.api#auth": [] },
    ],
    [
      "a signature if the caller has credentials",
      { auth: ["aws.auth#sigv4", "smithy.api#noAuth"] },
      { "smithy.api#auth": ["aws.auth#sigv4"], "smithy.api#optionalAuth": {} },
    ],
    ["the usual signature", { authtype: "v4" }, {}],
    [
      "a signature without the body",
      { authtype: "v4-unsigned-body" },
      { "aws.auth#unsignedPayload": {} },
    ],
    [
      "a signature without the payload",
      { unsignedPayload: true },
      { "aws.auth#unsignedPayload": {} },
    ],
  ])("has %s", (_what, rest, traits) => {
    expect(operationTraits(rest)).toEqual(traits);
  });

  test("of a protocol about resources has a place of its own", () => {
    const http = { method: "PUT", requestUri: "/a/{b}", responseCode: 201 };
    expect(operationTraits({ http }, { protocol: "rest-json" })).toEqual({
      "smithy.api#http": { method: "PUT", uri: "/a/{b}", code: 201 },
    });
  });

  test("that takes no signature is unsigned", () => {
    const operations = { Run: operation({ authtype: "none" }) };
    expect(lowerExample2({ operations }).operations[0]?.unsigned).toBe(true);
  });
});

describe("an operation that is malformed is refused with the place", () => {
  test.each<[string, Part, string]>([
    [
      "an input that is not there",
      { input: { shape: "Gone" } },
      'input/shape: the model has no shape "Gone"; add the shape or correct the name',
    ],
    [
      "an input that is no reference",
      { input: "String" },
      'input: found "String"; an object belongs here',
    ],
    [
      "an error that is not there",
      { errors: [{ shape: "String" }, { shape: "Gone" }] },
      'errors/1/shape: the model has no shape "Gone"; add the shape or correct the name',
    ],
    [
      "another place than the protocol's",
      { http: { method: "GET", requestUri: "/a" } },
      "http: found GET /a; operations of the protocol json go to POST /",
    ],
    [
      "an unknown word about HTTP",
      { http: { method: "POST", requestUri: "/", verb: "POST" } },
      'http/verb: unknown property; what belongs here is one of "method", "requestUri", "responseCode"',
    ],
    [
      "an unknown kind of signature",
      { authtype: "v2" },
      'authtype: found "v2"; one of "bearer", "custom", "none", "v4", "v4-unsigned-body" belongs here',
    ],
    [
      "a host that is none",
      { endpoint: "data-" },
      'endpoint: found "data-"; an object belongs here',
    ],
    ["a flag that is none", { idempotent: 1 }, "idempotent: found 1; true or false belongs here"],
  ])("%s", (_what, rest, problem) => {
    expect(problemWith(rest)).toBe(`service-2.json: /operations/Run/${problem}`);
  });

  test("the name of a shape", () => {
    expect(problemOf(() => readExample2({ shapes: { Run: structure() } }))).toBe(
      "service-2.json: /operations/Run: a shape is called Run, too; rename one of them",
    );
  });
});
