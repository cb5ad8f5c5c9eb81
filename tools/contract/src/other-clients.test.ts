import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  MeterUsageCommand,
  RegisterUsageCommand,
  ResolveCustomerCommand,
  ThrottlingException as SdkThrottlingException,
} from "@aws-sdk/client-marketplace-metering";
import { ExpiredTokenException, ThrottlingException } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { AwsClient } from "aws4fetch";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const mock = mockMarketplaceMetering();
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
let service: LocalService;
let sdk: MarketplaceMeteringClient;
let ours: readonly [MarketplaceMetering, EdgeMetering];

beforeAll(async () => {
  service = await serveHandlers([...mock.handlers, mock.fallback]);
  const options = { region: "us-east-1", credentials, endpoint: service.url };
  sdk = new MarketplaceMeteringClient(options);
  ours = [new MarketplaceMetering(options), new EdgeMetering(options)];
});
afterEach(() => mock.reset());
afterAll(async () => {
  sdk.destroy();
  for (const client of ours) client.destroy();
  await service.close();
});

const timestamp = new Date("2026-07-01T10:00:00Z");
const batch = {
  ProductCode: "product",
  UsageRecords: [
    { Timestamp: timestamp, CustomerAWSAccountId: "111122223333", Dimension: "users", Quantity: 1 },
  ],
};
const usage = { ProductCode: "product", Timestamp: timestamp, UsageDimension: "users" };
const registration = { ProductCode: "product", PublicKeyVersion: 1 };
const token = { RegistrationToken: "token" };

test("the official SDK gets the same results as ours for every operation", async () => {
  const theirs = [
    await sdk.send(new BatchMeterUsageCommand(batch)),
    await sdk.send(new MeterUsageCommand(usage)),
    await sdk.send(new RegisterUsageCommand(registration)),
    await sdk.send(new ResolveCustomerCommand(token)),
  ].map(withoutMetadata);
  for (const client of ours) {
    const results = [
      await client.batchMeterUsage(batch),
      await client.meterUsage(usage),
      await client.registerUsage(registration),
      await client.resolveCustomer(token),
    ].map(withoutMetadata);
    expect(results).toEqual(theirs);
  }
});

test("the official SDK sends what ours sends", async () => {
  await sdk.send(new BatchMeterUsageCommand(batch));
  for (const client of ours) await client.batchMeterUsage(batch);
  const [theirs, ...others] = mock.batchMeterUsage.calls.map(({ input, region, headers }) => ({
    input,
    region,
    target: headers.get("x-amz-target"),
    contentType: headers.get("content-type"),
  }));
  for (const other of others) expect(other).toEqual(theirs);
});

test("the official SDK gets its own class for an error of the mock", async () => {
  mock.meterUsage.rejects(new ThrottlingException({ message: "slow down" }));
  const error = await sdk.send(new MeterUsageCommand(usage)).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(SdkThrottlingException);
  expect(error).toMatchObject({ name: "ThrottlingException", message: "slow down" });
}, 20_000);

const aws = new AwsClient({
  ...credentials,
  service: "aws-marketplace",
  region: "us-east-1",
  retries: 0,
});

function fetchOperation(name: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return aws.fetch(service.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSMPMeteringService.${name}`,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
}

test("aws4fetch gets the same bytes", async () => {
  mock.resolveCustomer.resolves({ CustomerAWSAccountId: "111122223333", ProductCode: "product" });
  const response = await fetchOperation("ResolveCustomer", token);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    CustomerAWSAccountId: "111122223333",
    ProductCode: "product",
  });
});

test("aws4fetch gets errors as they go over the wire", async () => {
  mock.resolveCustomer.rejectsOnce(new ExpiredTokenException({ message: "too late" }));
  const response = await fetchOperation("ResolveCustomer", token);
  expect(response.status).toBe(400);
  expect(response.headers.get("x-amzn-errortype")).toBe("ExpiredTokenException");
  expect(await response.json()).toEqual({ __type: "ExpiredTokenException", message: "too late" });
});

test("the official SDK finds a broken connection where the mock breaks it", async () => {
  mock.meterUsage.networkErrorOnce();
  const { $metadata, MeteringRecordId } = await sdk.send(new MeterUsageCommand(usage));
  expect([MeteringRecordId, $metadata.attempts]).toEqual([
    "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21",
    2,
  ]);
});

test("our clients find a broken connection where the mock breaks it", async () => {
  for (const client of ours) {
    mock.meterUsage.networkError();
    const error = await client.meterUsage(usage).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "ConnectionError", $metadata: { attempts: 3 } });
  }
});

test("a client's own time-out ends a wait that has no end", async () => {
  mock.meterUsage.delays(Number.POSITIVE_INFINITY);
  for (const client of ours) {
    const call = client.meterUsage(usage, { abortSignal: AbortSignal.timeout(100) });
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  }
});

test.each<[string, string, unknown, RequestInit, number, string]>([
  ["no target", "x", "{}", { headers: {} }, 404, "UnknownOperationException"],
  ["another target", "Other", "{}", {}, 404, "UnknownOperationException"],
  ["GET", "x", "", { method: "GET", body: null, headers: {} }, 404, "UnknownOperationException"],
  [
    "another content type",
    "x",
    "{}",
    {
      headers: {
        "content-type": "text/plain",
        "x-amz-target": "AWSMPMeteringService.MeterUsage",
      },
    },
    404,
    "UnknownOperationException",
  ],
  ["broken JSON", "MeterUsage", "{", {}, 400, "SerializationException"],
  ["no object", "MeterUsage", "[]", {}, 400, "SerializationException"],
  [
    "a text for a number",
    "MeterUsage",
    { ...usage, Timestamp: 0, UsageQuantity: "1" },
    {},
    400,
    "SerializationException",
  ],
  ["no body", "MeterUsage", "", {}, 400, "ValidationException"],
  ["nothing that is required", "MeterUsage", {}, {}, 400, "ValidationException"],
])(
  "a malformed request gets the service's error: %s",
  async (_what, name, body, init, ...expected) => {
    const response = await fetchOperation(name, body, init);
    const { __type } = (await response.json()) as { readonly __type: string };
    expect([response.status, __type]).toEqual(expected);
  },
);

test("a body of 50 MB is read, and refused for what is in it", async () => {
  const response = await fetchOperation("ResolveCustomer", { Other: "a".repeat(50_000_000) });
  expect(await response.json()).toMatchObject({ __type: "ValidationException" });
});

function withoutMetadata({ $metadata, ...result }: { $metadata: unknown }): object {
  return result;
}
