import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  MeterUsageCommand,
  RegisterUsageCommand,
  ResolveCustomerCommand,
  ThrottlingException as SdkThrottlingException,
} from "@aws-sdk/client-marketplace-metering";
import { ThrottlingException } from "@pawprint/marketplace-metering";
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
  service = await serveHandlers(mock.handlers);
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

test("aws4fetch gets the same bytes", async () => {
  mock.resolveCustomer.resolves({ CustomerAWSAccountId: "111122223333", ProductCode: "product" });
  const aws = new AwsClient({ ...credentials, service: "aws-marketplace", region: "us-east-1" });
  const response = await aws.fetch(service.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSMPMeteringService.ResolveCustomer",
    },
    body: JSON.stringify(token),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    CustomerAWSAccountId: "111122223333",
    ProductCode: "product",
  });
});

function withoutMetadata({ $metadata, ...result }: { $metadata: unknown }): object {
  return result;
}
