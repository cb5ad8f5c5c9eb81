import {
  type BatchMeterUsageError,
  type BatchMeterUsageRequest,
  batchMeterUsage,
  isBatchMeterUsageError,
  type MeterUsageRequest,
  ThrottlingException,
  type Transport,
  type UsageRecord,
  UsageRecordResultStatus,
} from "@pawprint/marketplace-metering";
import { createTransport, MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import {
  type mockBatchMeterUsage,
  mockMarketplaceMetering,
  sampleBatchMeterUsageRequest,
} from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import type { AwsCredentialIdentity, RetryStrategyV2 } from "@smithy/types";

// Types that users rely on. The compiler is the test: nothing here runs.

type Equal<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2
    ? true
    : false;
function holds<_Claim extends true>(): void {}

declare const transport: Transport;
declare const credentials: AwsCredentialIdentity;
const timestamp = new Date();

// Required members are required, and not `undefined`.
holds<Equal<BatchMeterUsageRequest["UsageRecords"], UsageRecord[]>>();
holds<Equal<UsageRecord["Timestamp"], Date>>();
// @ts-expect-error: Dimension is missing
export const withoutDimension: UsageRecord = { Timestamp: timestamp };
export const undefinedDimension: UsageRecord = {
  Timestamp: timestamp,
  // @ts-expect-error: it cannot be undefined
  Dimension: undefined,
};
// @ts-expect-error: there is no such member
export const unknownMember: UsageRecord = { Timestamp: timestamp, Dimension: "d", Quantiti: 1 };
// @ts-expect-error: a Date, not a number
export const wrongType: UsageRecord = { Timestamp: 0, Dimension: "d" };

// Optional members may be left out, or `undefined` under exactOptionalPropertyTypes.
export const optional: MeterUsageRequest = {
  ProductCode: "p",
  Timestamp: timestamp,
  UsageDimension: "d",
  ClientToken: undefined,
};

// Enums are open, and their known values are offered.
export const known: UsageRecordResultStatus = UsageRecordResultStatus.SUCCESS;
export const added: UsageRecordResultStatus = "AddedLater";
holds<Equal<typeof UsageRecordResultStatus.DUPLICATE_RECORD, "DuplicateRecord">>();

// A result has the members and the metadata.
export async function results(): Promise<void> {
  const { Results, UnprocessedRecords, $metadata } = await batchMeterUsage(transport, {
    UsageRecords: [],
  });
  holds<Equal<typeof UnprocessedRecords, UsageRecord[] | undefined>>();
  holds<Equal<(typeof $metadata)["attempts"], number>>();
  Results?.[0]?.UsageRecord?.Timestamp.getTime();
  // @ts-expect-error: there is no such operation
  new NodeMetering().batchMeter();
}

// The errors of an operation narrow by name, and none is left over.
export function handle(error: unknown): string {
  if (!isBatchMeterUsageError(error)) throw error;
  if (error.name === "ThrottlingException") {
    holds<Equal<typeof error, ThrottlingException>>();
    return error.$fault satisfies "client";
  }
  return error.message;
}
export function exhaustive(error: BatchMeterUsageError): string {
  switch (error.name) {
    case "DisabledApiException":
    case "InternalServiceErrorException":
    case "InvalidCustomerIdentifierException":
    case "InvalidLicenseException":
    case "InvalidProductCodeException":
    case "InvalidTagException":
    case "InvalidUsageAllocationsException":
    case "InvalidUsageDimensionException":
    case "ThrottlingException":
    case "TimestampOutOfBoundsException":
      return error.message;
    default:
      return error satisfies never;
  }
}
// @ts-expect-error: BatchMeterUsage has no such error
export const foreign: BatchMeterUsageError["name"] = "InvalidTokenException";

// Region and credentials are optional in Node, and required on the edge.
new NodeMetering();
new MarketplaceMetering({ region: "us-east-1", credentials });
createTransport({ region: async () => "us-east-1", credentials: async () => credentials });
// @ts-expect-error
new MarketplaceMetering({ region: "us-east-1" });
// @ts-expect-error
createTransport({ credentials });

// Foreign parts fit.
declare const retryStrategy: RetryStrategyV2;
new NodeMetering({ retryStrategy, logger: console, connectionTimeout: 0 });

// Mocks are typed by the operation.
const mock = mockMarketplaceMetering();
mock.batchMeterUsage.resolves({ Results: [], UnprocessedRecords: [] });
// @ts-expect-error
mock.batchMeterUsage.resolves({ Results: [{ Status: 1 }] });
mock.batchMeterUsage.rejects(new ThrottlingException({ message: "slow down" }));
holds<Equal<(typeof mock.batchMeterUsage.calls)[number]["input"], BatchMeterUsageRequest>>();
mock.batchMeterUsage.replies(async ({ UsageRecords }, { region }) => {
  holds<Equal<typeof region, string | undefined>>();
  return { UnprocessedRecords: UsageRecords };
});
mock.batchMeterUsage.replies(() => new Response("", { status: 503 }));
// @ts-expect-error
mock.batchMeterUsage.replies(() => ({ Results: [{ Status: 1 }] }));
holds<Equal<ReturnType<typeof mockBatchMeterUsage>, typeof mock.batchMeterUsage>>();
mockMarketplaceMetering({ onUnmocked: "error", credentials, region: "us-east-1" });
mockMarketplaceMetering({ credentials: [credentials], clock: () => new Date(0) });
mockMarketplaceMetering({ credentials: async () => undefined });
// @ts-expect-error
mockMarketplaceMetering({ onUnmocked: "warn" });

// Samples are typed by the shape, and so is what overrides them.
holds<Equal<ReturnType<typeof sampleBatchMeterUsageRequest>, BatchMeterUsageRequest>>();
sampleBatchMeterUsageRequest({ seed: 7, overrides: { ProductCode: undefined } });
// @ts-expect-error: UsageRecords are required
sampleBatchMeterUsageRequest({ overrides: { UsageRecords: undefined } });
// @ts-expect-error
sampleBatchMeterUsageRequest({ overrides: { ProductCod: "a" } });
