import {
  enumeration,
  errorStructure,
  exampleModel,
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

const shapes: Parts = {
  GetThing: operation({
    input: "GetThingInput",
    output: "GetThingOutput",
    errors: ["Gone", "Busy"],
    traits: {
      documentation: "Gets a thing.",
      endpoint: { hostPrefix: "{Account}." },
      examples: [{ title: "One", input: { Account: "one" }, output: { Size: 1 } }],
      "smithy.waiters#waitable": {
        ThingReady: {
          documentation: "Waits for it.",
          acceptors: [
            {
              state: "success",
              matcher: {
                output: { path: "Status", comparator: "stringEquals", expected: "Ready" },
              },
            },
            { state: "failure", matcher: { errorType: "Gone" } },
          ],
        },
      },
    },
  }),
  GetThingInput: structure(
    {
      Account: required("String", { hostLabel: {} }),
      Token: member("Name", { idempotencyToken: {} }),
      Kind: "Kind",
      Choice: "Choice",
      Labels: "Labels",
      Limits: member("Limits", { documentation: "How much." }),
      Since: member("Timestamp", { timestampFormat: "date-time" }),
      Region: member("String", { "smithy.rules#contextParam": { name: "Bucket" } }),
    },
    { input: {} },
  ),
  GetThingOutput: structure(
    {
      Size: member("Size", { default: 0 }),
      Kind: required("Kind"),
      Status: "String",
      Choice: "Choice",
      Details: "Details",
      Document: "Document",
    },
    { output: {} },
  ),
  ListThings: operation({
    input: "ListThingsInput",
    output: "ListThingsOutput",
    errors: ["Busy"],
    traits: {
      paginated: {
        inputToken: "NextToken",
        outputToken: "NextToken",
        items: "Names",
        pageSize: "Most",
      },
    },
  }),
  ListThingsInput: structure({
    NextToken: "String",
    Most: member("Integer", { range: { max: 9 } }),
  }),
  ListThingsOutput: structure({ NextToken: "String", Names: "Names", Others: "Names" }),
  Ping: operation(),
  Gone: errorStructure({ message: "String", Since: "Timestamp" }, { httpError: 410 }),
  Busy: errorStructure({ Message: "String" }, { error: "server", retryable: { throttling: true } }),
  Details: structure({
    Name: required("Name"),
    Payload: "Payload",
    Count: "Long",
    Ratio: "Double",
    Inner: "Details",
    Secret: member("String", { sensitive: {} }),
  }),
  Choice: union({ Text: "Name", Number: "Integer", Details: "Details" }),
  Kind: enumeration("enum", {
    SMALL: { enumValue: "small", documentation: "Not large." },
    LARGE: { enumValue: "large" },
  }),
  Level: enumeration("intEnum", { LOW: { enumValue: 1 }, HIGH: { enumValue: 2 } }),
  Labels: map("Name", { length: { max: 5 } }),
  Limits: list("Level"),
  Names: list("Name", { uniqueItems: {} }),
  Name: simple("string", { length: { min: 1, max: 20 }, pattern: "^[a-z]+$" }),
  Size: simple("integer", { range: { min: 0, max: 100 }, documentation: "In bytes." }),
  Payload: simple("blob", { length: { max: 100 } }),
};

const endpointRuleSet = {
  version: "1.0",
  parameters: {
    Bucket: { type: "String", documentation: "Where." },
    Region: { type: "String", builtIn: "AWS::Region" },
    UseFIPS: { type: "Boolean", builtIn: "AWS::UseFIPS", required: true, default: false },
  },
  rules: [
    {
      type: "endpoint",
      conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }],
      endpoint: { url: "https://fips.example.com" },
    },
    {
      type: "endpoint",
      conditions: [
        { fn: "isSet", argv: [{ ref: "Region" }] },
        { fn: "isSet", argv: [{ ref: "Bucket" }] },
      ],
      endpoint: { url: "https://{Bucket}.{Region}.example.com" },
    },
    { type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } },
  ],
};

/** A service with everything that generated code depends on, and little of it. */
export const everyKind: Part = exampleModel(shapes, {
  traits: {
    documentation: "A service.",
    title: "Example Service",
    "smithy.rules#endpointRuleSet": endpointRuleSet,
    "smithy.rules#clientContextParams": { Bucket: { type: "string", documentation: "Whose." } },
    "smithy.rules#endpointTests": {
      version: "1.0",
      testCases: [
        {
          documentation: "without anything",
          params: { UseFIPS: false },
          expect: { endpoint: { url: "https://example.com" } },
        },
      ],
    },
  },
});
