import type { RequestTest, ResponseTest } from "./test-model.ts";

export const sampleTrait = "aws.protocols#awsJson1_1";

/** The tests that a sample model carries. */
export interface SampleTests {
  readonly requests?: readonly object[];
  readonly responses?: readonly object[];
  readonly errors?: readonly object[];
  /** Of the operation whose host has a prefix. */
  readonly finds?: readonly object[];
}

/** A request that the generated client makes. */
export const rightRequest: RequestTest = {
  id: "RightRequest",
  protocol: sampleTrait,
  method: "POST",
  uri: "/",
  headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Sample.Put" },
  forbidHeaders: ["X-Amzn-Query-Mode"],
  requireHeaders: ["Content-Length", "Authorization"],
  body: '{ "Count": 9223372036854775807, "When": 1.5, "Bytes": "YQ==", "Ratio": "NaN", "Token": "00000000-0000-4000-8000-000000000000" }',
  bodyMediaType: "application/json",
  params: { Count: "$long", When: 1.5, Bytes: "a", Ratio: "NaN" },
};

/** A response that the generated client reads. */
export const rightResponse: ResponseTest = {
  id: "RightResponse",
  protocol: sampleTrait,
  code: 200,
  headers: { "X-Amzn-Requestid": "id-1" },
  body: '{ "Count": 9223372036854775807, "When": 1.5, "Bytes": "YQ==", "Ratio": "NaN", "Choice": { "Text": "t" } }',
  bodyMediaType: "application/json",
  params: { Count: "$long", When: 1.5, Bytes: "a", Ratio: "NaN", Choice: { Text: "t" } },
};

/** An error that the generated client reads. */
export const rightError: ResponseTest = {
  id: "RightError",
  protocol: sampleTrait,
  code: 400,
  body: '{ "__type": "Refused", "message": "no", "Since": 0 }',
  bodyMediaType: "application/json",
  params: { message: "no", Since: 0 },
};

/** The text of a small model with a value of each kind that JSON cannot carry as it is. */
export function writeSampleModel({ requests, responses, errors, finds }: SampleTests): string {
  const everything = {
    Count: { target: "smithy.api#Long" },
    When: { target: "smithy.api#Timestamp" },
    Bytes: { target: "smithy.api#Blob" },
    Ratio: { target: "smithy.api#Double" },
    Choice: { target: "example#Choice" },
  };
  const shapes = {
    "example#Sample": {
      type: "service",
      version: "2026-01-01",
      operations: [{ target: "example#Put" }, { target: "example#Find" }],
      traits: {
        "aws.api#service": { sdkId: "Sample" },
        "aws.auth#sigv4": { name: "sample" },
        [sampleTrait]: {},
      },
    },
    "example#Put": {
      type: "operation",
      input: { target: "example#PutInput" },
      output: { target: "example#PutOutput" },
      errors: [{ target: "example#Refused" }],
      traits: {
        "smithy.test#httpRequestTests": requests ?? [],
        "smithy.test#httpResponseTests": responses ?? [],
      },
    },
    "example#PutInput": {
      type: "structure",
      members: {
        ...everything,
        Token: { target: "smithy.api#String", traits: { "smithy.api#idempotencyToken": {} } },
      },
    },
    "example#PutOutput": { type: "structure", members: everything },
    "example#Choice": {
      type: "union",
      members: { Text: { target: "smithy.api#String" }, Flag: { target: "smithy.api#Boolean" } },
    },
    "example#Refused": {
      type: "structure",
      members: {
        message: { target: "smithy.api#String" },
        Since: { target: "smithy.api#Timestamp" },
      },
      traits: { "smithy.api#error": "client", "smithy.test#httpResponseTests": errors ?? [] },
    },
    "example#Find": {
      type: "operation",
      input: { target: "example#FindInput" },
      output: { target: "smithy.api#Unit" },
      traits: { "smithy.test#httpRequestTests": finds ?? [] },
    },
    "example#FindInput": {
      type: "structure",
      members: { Name: { target: "smithy.api#String", traits: { "smithy.api#required": {} } } },
    },
  };
  // The largest number of 64 bits is none that JSON.stringify could print.
  const text = JSON.stringify({ smithy: "2.0", shapes }, undefined, 2);
  return text.replaceAll('"$long"', "9223372036854775807");
}
