import type { ImportedSymbol } from "../emit/code.ts";
import { importedValue } from "../emit/code.ts";
import type { Service } from "../ir/service.ts";
import { createJsonFormat } from "./json-format.ts";
import type { Protocol } from "./protocol.ts";

/** @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export const awsJson1_0: Protocol = describeAwsJson("1.0");

/** @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const awsJson1_1: Protocol = describeAwsJson("1.1");

function describeAwsJson(version: "1.0" | "1.1"): Protocol {
  const name = `awsJson${version.replace(".", "_")}`;
  return {
    trait: `aws.protocols#${name}`,
    title: `AWS JSON ${version}`,
    client: (service) => variant(name, service, "@pawprint/runtime/protocol"),
    server: (service) => variant(`${name}Server`, service, "@pawprint/runtime/mocks"),
    createFormat: createJsonFormat,
  };
}

function variant(name: string, { traits }: Service, from: string): ImportedSymbol {
  const compatible = traits.has("aws.protocols#awsQueryCompatible");
  return importedValue(compatible ? `${name}QueryCompatible` : name, from);
}
