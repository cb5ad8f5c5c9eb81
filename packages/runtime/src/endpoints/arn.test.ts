import { expect, test } from "vitest";
import { parseArn } from "./arn.ts";

test("an ARN is taken apart, and its resource split at colons and slashes", () => {
  expect(parseArn("arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0e9801d129EXAMPLE")).toEqual({
    partition: "aws",
    service: "ec2",
    region: "us-east-1",
    accountId: "012345678910",
    resourceId: ["vpc", "vpc-0e9801d129EXAMPLE"],
  });
  expect(parseArn("arn:aws:kinesis:::stream:a/b:c")?.resourceId).toEqual(["stream", "a", "b", "c"]);
});

test("region and account may be empty", () => {
  expect(parseArn("arn:aws:iam::012345678910:user/johndoe")?.region).toBe("");
  expect(parseArn("arn:aws:s3:::bucket_name")?.accountId).toBe("");
});

test.each([
  "11111111-2222-3333-4444-555555555555",
  "arn:aws:sns:us-west-2:012345678910",
  "arn:aws:sns:us-west-2:012345678910:",
  "arn::sns:us-west-2:012345678910:topic",
  "arn:aws::us-west-2:012345678910:topic",
  "urn:aws:sns:us-west-2:012345678910:topic",
  "",
])("%j is no ARN", (value) => {
  expect(parseArn(value)).toBeUndefined();
});
