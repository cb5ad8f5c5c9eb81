import { compareJson } from "../json-body.ts";
import type { ProtocolTests } from "../protocols.ts";

export const awsJson1_0: ProtocolTests = describeAwsJson("1.0");
export const awsJson1_1: ProtocolTests = describeAwsJson("1.1");

function describeAwsJson(version: "1.0" | "1.1"): ProtocolTests {
  const name = `awsJson${version.replace(".", "_")}`;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    name,
    trait: `aws.protocols#${name}`,
    readBody: encode,
    bodies: { "application/json": compareJson },
    emptyAnswer: {
      status: 200,
      headers: { "content-type": `application/x-amz-json-${version}` },
      body: encode("{}"),
    },
  };
}
