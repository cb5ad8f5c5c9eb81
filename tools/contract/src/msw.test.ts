import { batchMeterUsage, ThrottlingException } from "@pawprint/marketplace-metering";
import { createTransport, MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const mock = mockMarketplaceMetering();
const server = setupServer(...mock.handlers);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => mock.reset());
afterAll(() => server.close());

const options = {
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
};
const input = {
  ProductCode: "product",
  UsageRecords: [{ Timestamp: new Date(0), CustomerAWSAccountId: "1", Dimension: "users" }],
};

test("msw sees the requests of the Node transport to the service's own host", async () => {
  await new NodeMetering(options).batchMeterUsage(input);
  expect(mock.batchMeterUsage.calls[0]?.url).toBe(
    "https://metering.marketplace.us-east-1.amazonaws.com/",
  );
});

test("msw sees the requests of the edge transport to the service's own host", async () => {
  await new MarketplaceMetering({ ...options, useFipsEndpoint: true }).batchMeterUsage(input);
  expect(mock.batchMeterUsage.calls[0]?.url).toBe(
    "https://metering.marketplace-fips.us-east-1.amazonaws.com/",
  );
});

test("one operation works over one transport, without the client", async () => {
  const result = await batchMeterUsage(createTransport(options), input);
  expect(result.Results).toHaveLength(1);
});

test("an operation answers with a default that is always the same", async () => {
  const client = new NodeMetering(options);
  const { $metadata: first, ...one } = await client.registerUsage({
    ProductCode: "product",
    PublicKeyVersion: 1,
  });
  mock.reset();
  const { $metadata: second, ...other } = await client.registerUsage({
    ProductCode: "product",
    PublicKeyVersion: 1,
  });
  expect(one).toEqual(other);
  expect(first.requestId).not.toBe(second.requestId);
});

test("what is said once comes first, in turn, and then what is said for good", async () => {
  const client = new NodeMetering({ ...options, maxAttempts: 1 });
  mock.meterUsage.resolves({ MeteringRecordId: "for good" });
  mock.meterUsage.resolvesOnce({ MeteringRecordId: "once" });
  mock.meterUsage.rejectsOnce(new ThrottlingException({ message: "twice" }));
  const call = () =>
    client.meterUsage({ ProductCode: "p", Timestamp: new Date(0), UsageDimension: "d" });
  expect(await call()).toMatchObject({ MeteringRecordId: "once" });
  await expect(call()).rejects.toThrow("twice");
  expect(await call()).toMatchObject({ MeteringRecordId: "for good" });
  expect(await call()).toMatchObject({ MeteringRecordId: "for good" });
});

test("a reply is made from the typed input", async () => {
  mock.batchMeterUsage.replies(async ({ UsageRecords }) => ({ UnprocessedRecords: UsageRecords }));
  const result = await new NodeMetering(options).batchMeterUsage(input);
  expect(result.UnprocessedRecords).toEqual(input.UsageRecords);
});

test("mock data that the model does not allow is refused at once, with the path", () => {
  expect(() =>
    mock.batchMeterUsage.resolves({
      // @ts-expect-error: the types refuse it, too
      Results: [{ UsageRecord: { Timestamp: 0, Dimension: "users" } }],
    }),
  ).toThrow("Results[0].UsageRecord.Timestamp: 0 is not a Date");
});

test("every call is recorded with what the client sent", async () => {
  await new NodeMetering({ ...options, userAgentAppId: "my app" }).batchMeterUsage(input);
  const [call] = mock.batchMeterUsage.calls;
  expect(call).toMatchObject({ input, region: "us-east-1", attempt: 1 });
  expect(call?.headers.get("user-agent")).toMatch(/^pawprint\/.* app\/my-app$/);
  mock.reset();
  expect(mock.batchMeterUsage.calls).toHaveLength(0);
});
