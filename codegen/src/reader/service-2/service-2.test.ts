import { describe, expect, test } from "vitest";
import { emitCorePackage } from "../../emit/core/core-package.ts";
import { planPackages } from "../../emit/package-plan.ts";
import { selectProtocol } from "../../protocol/protocol.ts";
import { type Part, problemOf } from "../example.test-model.ts";
import { lowerService } from "../lower.ts";
import { applyOverlay, readOverlay } from "../overlay.ts";
import {
  exampleRules,
  exampleService2,
  lowerExample2,
  member,
  operation,
  readExample2,
  type Service2Parts,
  structure,
} from "./example.test-model.ts";
import { readService2 } from "./service-2.ts";

function problemWith(parts: Service2Parts): string {
  return problemOf(() => lowerExample2(parts));
}

/** What the reader has against a model as a whole. */
function problemWithModel(value: unknown): string {
  return problemOf(() => readService2({ value, file: "service-2.json" }, new Map()));
}

describe("a service", () => {
  test("has the ids and names of the same service in Smithy's format", () => {
    const service = lowerExample2({
      metadata: { serviceId: "Marketplace Metering", signingName: "aws-marketplace" },
      top: { documentation: "Meters." },
    });
    expect(service).toMatchObject({
      id: "com.amazonaws.marketplacemetering#ExampleService",
      shapeName: "ExampleService",
      sdkId: "Marketplace Metering",
      title: "Amazon Example",
      version: "2020-01-02",
      endpointPrefix: "example",
      signingName: "aws-marketplace",
      documentation: "Meters.",
      protocols: ["aws.protocols#awsJson1_1"],
      source: "service-2.json",
    });
  });

  test.each<[string, Part, Part]>([
    [
      "older than service ids is called by its name, without the company's",
      { serviceId: null, serviceFullName: "AWSMarketplace Metering" },
      { sdkId: "Marketplace Metering" },
    ],
    [
      "older than service ids is called by its short name, where it has one",
      { serviceId: null, serviceAbbreviation: "Amazon Sample" },
      { sdkId: "Sample" },
    ],
    [
      "is signed for its endpoint prefix, where it says nothing else",
      {},
      { signingName: "example" },
    ],
    [
      "goes by the last part of a target with a package",
      { targetPrefix: "com.amazonaws.example.Example_2020" },
      { shapeName: "Example_2020" },
    ],
    ["may speak JSON 1.0", { jsonVersion: "1.0" }, { protocols: ["aws.protocols#awsJson1_0"] }],
    [
      "speaks all protocols that it lists",
      { protocols: ["smithy-rpc-v2-cbor", "json"] },
      { protocols: ["aws.protocols#awsJson1_1", "smithy.protocols#rpcv2Cbor"] },
    ],
    [
      "without a target is called by its service id",
      { protocol: "rest-json", targetPrefix: null, serviceId: "My Sample" },
      { shapeName: "MySample", protocols: ["aws.protocols#restJson1"] },
    ],
  ])("%s", (_what, metadata, expected) => {
    expect(lowerExample2({ metadata })).toMatchObject(expected);
  });

  test("that is compatible with the query protocol says so", () => {
    const { traits } = lowerExample2({ metadata: { awsQueryCompatible: {} } });
    expect(traits.get("aws.protocols#awsQueryCompatible")).toEqual({});
  });

  test("that takes bearer tokens, too, lists its schemes", () => {
    const auth = ["aws.auth#sigv4", "smithy.api#httpBearerAuth"];
    const { traits } = lowerExample2({ metadata: { auth } });
    expect(traits.get("smithy.api#auth")).toEqual(auth);
    expect(traits.get("aws.auth#sigv4")).toEqual({ name: "example" });
    expect(traits.get("smithy.api#httpBearerAuth")).toEqual({});
  });

  test("names the operation that gives the endpoints of others", () => {
    const operations = { Run: operation({ endpointoperation: true }) };
    const { traits } = lowerExample2({ operations });
    expect(traits.get("aws.api#clientEndpointDiscovery")).toEqual({
      operation: "com.amazonaws.example#Run",
    });
  });
});

describe("the files beside a model", () => {
  test("say where requests go, and what tests that", () => {
    const testCases = [{ params: {}, expect: { endpoint: { url: "https://example.com" } } }];
    const { endpointRules, endpointTests } = lowerExample2({
      siblings: {
        "endpoint-rule-set-1": exampleRules,
        "endpoint-tests-1": { version: "1.0", testCases },
      },
    });
    expect(endpointRules).toMatchObject({ rules: [{ type: "endpoint" }] });
    expect(endpointTests).toHaveLength(1);
  });

  test("need not be there", () => {
    expect(lowerExample2({})).toMatchObject({ endpointRules: undefined, endpointTests: [] });
  });

  test("are named where something is wrong with them, with the place", () => {
    const rules = [{ type: "endpoint", conditions: [], endpoint: { url: 1 } }];
    expect(
      problemWith({ siblings: { "endpoint-rule-set-1": { ...exampleRules, rules } } }),
    ).toMatch(/^endpoint-rule-set-1\.json: \/rules\/0\/endpoint\/url: /);
    expect(
      problemWith({ siblings: { "endpoint-tests-1": { version: "1.0", testCases: {} } } }),
    ).toBe("endpoint-tests-1.json: /testCases: found an object; an array belongs here");
  });

  test("bring examples under the words of Smithy's trait", () => {
    const example = { id: "a", title: "To run", description: "Runs.", input: { Name: "a" } };
    const { operations } = lowerExample2({
      siblings: { "examples-1": { version: "1.0", examples: { Run: [example] } } },
    });
    expect(operations[0]?.traits.get("smithy.api#examples")).toEqual([
      { title: "To run", documentation: "Runs.", input: { Name: "a" }, output: {} },
    ]);
  });
});

describe("a key that nobody knows", () => {
  const parts: Service2Parts = {
    shapes: { Input: structure({ Name: member("String", { brandNew: 1 }) }) },
  };
  const problem =
    'service-2.json: /shapes/Input/members/Name: the key "brandNew" is unknown and may change what goes over the wire; if it does not, list service-2#brandNew under harmlessTraits in an overlay, with the reason';

  test("is refused where an operation reaches it", () => {
    expect(problemWith(parts)).toBe(problem);
  });

  test("is no matter where none does", () => {
    const shapes = { Unused: structure({ Name: member("String", { brandNew: 1 }) }) };
    expect(problemWith({ shapes })).toBe("no problem");
  });

  test("passes where an overlay vouches for it", () => {
    const harmlessTraits = [{ trait: "service-2#brandNew", reason: "the service ignores it" }];
    const overlay = readOverlay({ harmlessTraits }, "overlay.json");
    const read = (): unknown => lowerService(applyOverlay(readExample2(parts), overlay));
    expect(problemOf(read)).toBe("no problem");
  });

  test.each<[string, Service2Parts, string]>([
    ["of the metadata", { metadata: { brandNew: 1 } }, "/metadata"],
    ["of an operation", { operations: { Run: operation({ brandNew: 1 }) } }, "/operations/Run"],
    ["of a structure", { shapes: { Input: structure({}, { brandNew: 1 }) } }, "/shapes/Input"],
    [
      "of a string, where only numbers have it",
      {
        shapes: {
          Input: structure({ Name: member("Text") }),
          Text: { type: "string", members: {} },
        },
      },
      "/shapes/Text",
    ],
    [
      "of an error's description",
      { shapes: { Broken: structure({}, { exception: true, error: { brandNew: 1 } }) } },
      "/shapes/Broken",
    ],
  ])("%s is refused, too", (_what, changed, pointer) => {
    expect(problemWith(changed)).toMatch(new RegExp(`^service-2.json: ${pointer}: the key `));
  });

  test("at the top of the model is refused, too", () => {
    expect(problemWith({ top: { brandNew: 1 } })).toMatch(
      /^service-2\.json: the key "brandNew" is unknown/,
    );
  });
});

test("an overlay written for the other format corrects this one", () => {
  const corrections = [
    {
      target: "com.amazonaws.example#Input$Name",
      traits: { "smithy.api#required": {} },
      reason: "the model forgets it",
      source: "its documentation",
    },
  ];
  const model = readExample2({ shapes: { Input: structure({ Name: member("String") }) } });
  const { operations } = lowerService(applyOverlay(model, readOverlay({ corrections }, "o.json")));
  expect(operations[0]?.input?.members[0]?.required).toBe(true);
});

test("an overlay can bring the endpoint rules", () => {
  const corrections = [
    {
      target: "com.amazonaws.example#ExampleService",
      traits: { "smithy.rules#endpointRuleSet": exampleRules },
      reason: "the model is older than rules",
      source: "the rules of the next revision",
    },
  ];
  const model = applyOverlay(readExample2({}), readOverlay({ corrections }, "o.json"));
  expect(lowerService(model).endpointRules).toBeDefined();
});

describe("a model that is malformed is refused with the place", () => {
  const whole = exampleService2({});

  test.each<[string, unknown, string]>([
    ["a model that is no object", [], "found an array; an object belongs here"],
    [
      "no version",
      { ...whole, version: undefined },
      "/version: found nothing; a string belongs here",
    ],
    ["another version", { ...whole, version: "1.0" }, '/version: found "1.0"; "2.0" belongs here'],
    [
      "no metadata",
      { ...whole, metadata: undefined },
      "/metadata: found nothing; an object belongs here",
    ],
    [
      "no shapes",
      { ...whole, shapes: undefined },
      "/shapes: found nothing; an object belongs here",
    ],
    [
      "no operations",
      { ...whole, operations: undefined },
      "/operations: found nothing; an object belongs here",
    ],
    [
      "examples of AWS's older SDKs that are not empty",
      { ...whole, examples: { Run: [] } },
      "/examples/Run: unknown property; what belongs here is ",
    ],
  ])("%s", (_what, value, problem) => {
    expect(problemWithModel(value)).toBe(`service-2.json: ${problem}`);
  });

  test.each<[string, Part, string]>([
    [
      "no name at all",
      { serviceId: null, serviceFullName: null },
      'serviceId: found nothing; the name of the service among AWS SDKs, such as "Marketplace Metering", belongs here',
    ],
    [
      "no endpoint prefix",
      { endpointPrefix: null },
      "endpointPrefix: found nothing; a string belongs here",
    ],
    ["no API version", { apiVersion: null }, "apiVersion: found nothing; a string belongs here"],
    [
      "an unknown protocol",
      { protocol: "soap" },
      'protocol: found "soap"; one of "ec2", "json", "query", "rest-json", "rest-xml", "smithy-rpc-v2-cbor" belongs here',
    ],
    [
      "an unknown protocol among others",
      { protocols: ["json", "soap"] },
      'protocols/1: found "soap"; one of "ec2", "json", "query", "rest-json", "rest-xml", "smithy-rpc-v2-cbor" belongs here',
    ],
    [
      "no version of JSON",
      { jsonVersion: null },
      'jsonVersion: found nothing; one of "1.0", "1.1" belongs here',
    ],
    [
      "no target for JSON",
      { targetPrefix: null },
      "targetPrefix: found nothing; a string belongs here",
    ],
    [
      "a target that is no name",
      { targetPrefix: "a-b" },
      'targetPrefix: found "a-b"; a name of letters, digits and underscores belongs here',
    ],
    [
      "a signature that is not known",
      { signatureVersion: "v2" },
      'signatureVersion: found "v2"; "v4", or a list of schemes in auth, belongs here',
    ],
  ])("metadata with %s", (_what, metadata, problem) => {
    expect(problemWith({ metadata })).toBe(`service-2.json: /metadata/${problem}`);
  });

  test("a shape with the name of the service", () => {
    expect(problemWith({ shapes: { ExampleService: structure() } })).toBe(
      "service-2.json: /metadata: the service is called ExampleService, and so is one of its shapes",
    );
  });
});

test("a model becomes the types that people read", () => {
  const service = lowerExample2({
    operations: {
      PutThing: operation({
        name: "PutThing",
        input: { shape: "PutThingRequest" },
        output: { shape: "PutThingResult" },
        errors: [{ shape: "ThingExistsException" }],
        documentation: "<p>Puts a thing.</p>",
      }),
    },
    shapes: {
      PutThingRequest: structure(
        {
          Name: member("ThingName"),
          State: member("State"),
          Token: member("String", { idempotencyToken: true }),
        },
        { required: ["Name"] },
      ),
      PutThingResult: structure({ CreatedAt: member("Date"), Content: member("Content") }),
      ThingName: { type: "string", min: 1, max: 20, pattern: "[a-z]+" },
      State: { type: "string", enum: ["Active", "not-active"] },
      Date: { type: "timestamp" },
      Content: structure({ Text: member("String"), Size: member("Size") }, { union: true }),
      Size: { type: "integer", min: 1, max: 9 },
      ThingExistsException: structure({ message: member("String") }, { exception: true }),
    },
    siblings: { "endpoint-rule-set-1": exampleRules },
  });
  const plan = planPackages(service, selectProtocol(service), "1.0.0");
  const types = emitCorePackage(plan).files.find(({ path }) => path === "src/types.ts")?.text;
  expect(types?.split("\n").slice(1).join("\n")).toMatchInlineSnapshot(`
    "import type { Union } from "@pawprint/runtime";

    export interface PutThingRequest {
      /** Constraints: 1 to 20 characters; pattern \`^[a-z]+$\`. */
      Name: string;
      State?: State | undefined;

      /** Default: a new UUID for each call. */
      Token?: string | undefined;
    }

    export interface PutThingResult {
      CreatedAt?: Date | undefined;
      Content?: Content | undefined;
    }

    export type State = "Active" | "not-active" | (string & {});

    /** The values of {@link State} that are known; the service may add others. */
    export const State = {
      Active: "Active",
      not_active: "not-active",
    } as const;

    export type Content = Union<ContentMembers>;

    /** The members of {@link Content}, of which one is set. */
    export interface ContentMembers {
      Text: string;

      /** Constraints: 1 to 9. */
      Size: number;
    }
    "
  `);
});
