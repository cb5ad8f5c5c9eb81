import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { expect, test } from "vitest";
import { createEdgeTransport } from "./edge/edge-transport.ts";
import type { EndpointParameters } from "./endpoints/endpoint.ts";
import type { Operation, Service } from "./operation.ts";
import { awsJson1_1 } from "./protocol/aws-json.ts";
import { unitShape } from "./unit.ts";

const keys = { accessKeyId: "test", secretAccessKey: "test" };

interface Setting {
  readonly service?: Partial<Service>;
  readonly operation?: Partial<Operation<object, object>>;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Options that only this service has. */
  readonly options?: object;
}

/** What the endpoint rules get in a call of an operation that gives these parameters. */
async function parametersWith(
  given?: EndpointParameters,
  setting: Setting = {},
): Promise<EndpointParameters> {
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
    ...setting.service,
  };
  const operation: Operation<object, object> = {
    name: "Run",
    service,
    input: unitShape,
    errors: {},
    ...(given && { endpointParameters: () => given }),
    ...setting.operation,
  };
  const transport = createEdgeTransport(service, {
    region: "us-east-1",
    credentials: setting.credentials ?? keys,
    fetch: async () => new Response("{}"),
    ...setting.options,
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

test("rules get the options that only they have", async () => {
  const service = {
    endpointOptions: [{ option: "fast", parameter: "Fast", type: "boolean" }],
  } as const;
  const parameters = await parametersWith(undefined, { service, options: { fast: true } });
  expect(parameters).toStrictEqual({ ...builtIns, Fast: true });
  await expect(parametersWith(undefined, { service, options: { fast: "yes" } })).rejects.toThrow(
    'fast: must be true or false, not "yes"',
  );
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

test("rules that read the caller's account get it from the credentials", async () => {
  const service = { usesAccountId: true } as const;
  const credentials = async (): Promise<AwsCredentialIdentity> => ({
    ...keys,
    accountId: "111122223333",
  });
  expect(await parametersWith(undefined, { service, credentials })).toStrictEqual({
    ...builtIns,
    AccountId: "111122223333",
    AccountIdEndpointMode: "preferred",
  });
});

test("credentials that name no account leave the account open", async () => {
  expect(await parametersWith(undefined, { service: { usesAccountId: true } })).toStrictEqual({
    ...builtIns,
    AccountId: undefined,
    AccountIdEndpointMode: "preferred",
  });
});

test("an operation that nobody signs asks for no credentials", async () => {
  let asked = 0;
  const credentials = async (): Promise<AwsCredentialIdentity> => {
    asked += 1;
    return keys;
  };
  const setting = { service: { usesAccountId: true }, operation: { auth: "none" } } as const;
  expect(await parametersWith(undefined, { ...setting, credentials })).toStrictEqual(builtIns);
  expect(asked).toBe(0);
});
