import { expect, test } from "vitest";
import { isSigned } from "./signature.ts";

// The example "post-vanilla" of AWS's test suite for Signature Version 4.
const request = {
  method: "POST",
  url: "https://example.amazonaws.com/",
  headers: {
    "x-amz-date": "20150830T123600Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  },
  body: "",
};
const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

test("knows a signature by AWS's own example", () => {
  expect(isSigned(request, secret)).toBe(true);
});

test.each([
  ["a request without a signature", { ...request, headers: {} }],
  ["a changed body", { ...request, body: "{}" }],
  ["another host", { ...request, url: "https://example.com/" }],
])("refuses %s", (_, changed) => {
  expect(isSigned(changed, secret)).toBe(false);
});

test("refuses another key", () => {
  expect(isSigned(request, "another")).toBe(false);
});
