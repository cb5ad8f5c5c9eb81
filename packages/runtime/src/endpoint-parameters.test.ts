import { expect, test } from "vitest";
import { createEdgeTransport } from "./edge/edge-transport.ts";
import type { EndpointParameters } from "./endpoints/endpoint.ts";
import type { Operation } from "./operation.ts";
import { awsJson1_1 } from "./protocol/aws-json.ts";
import { unitShape } from "./unit.ts";

/** What the endpoint rules get in a call of an operation that gives these parameters. */
async function parametersWith(given?: EndpointParameters): Promise<EndpointParameters> {
  const resolved: EndpointParameters[] = [];
  const service = {
    sdkId: "Example",
    shapeName: "Example",
    apiVersion: "2020-01-02",
    signingName: "example",
    packageVersion: "1.0.0",
    protocol: awsJson1_1,
    resolveEndpoint: (parameters: EndpointParameters) => {
      resolved.push(parameters);
      return { url: "https://example.com" };
    },
  };
  const operation: Operation<object, object> = {
    name: "Run",
    service,
    input: unitShape,
    errors: {},
    ...(given && { endpointParameters: () => given }),
  };
  const transport = createEdgeTransport(service, {
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    fetch: async () => new Response("{}"),
  });
  await transport.call(operation, {});
  return resolved[0] ?? {};
}

const builtIns = {
  Region: "us-east-1",
  UseDualStack: false,
  UseFIPS: false,
  Endpoint: undefined,
};

test("endpoint rules get the built-ins", async () => {
  expect(await parametersWith()).toStrictEqual(builtIns);
});

test("what an operation gives comes before a built-in", async () => {
  expect(await parametersWith({ Region: "eu-west-1", Tenant: "a" })).toStrictEqual({
    ...builtIns,
    Region: "eu-west-1",
    Tenant: "a",
  });
});

test("what an operation could give, and does not, leaves the built-in as it is", async () => {
  expect(await parametersWith({ Region: undefined })).toStrictEqual(builtIns);
});
