// What users write with the edge package and the core. Compiled, not run.

import type * as golden from "@pawprint/kitchen-sink";
import type * as goldenProtocol from "@pawprint/kitchen-sink/protocol";
import {
  type BatchMeterUsageError,
  type BatchMeterUsageRequest,
  type BatchMeterUsageResult,
  batchMeterUsage,
  type CallOptions,
  type HttpHandler,
  type Interceptor,
  isBatchMeterUsageError,
  isServiceError,
  MarketplaceMeteringClient,
  type MetadataBearer,
  ThrottlingException,
  type Transport,
  type UsageRecord,
  UsageRecordResultStatus,
} from "@pawprint/marketplace-metering";
import {
  batchMeterUsageOperation,
  marketplaceMeteringService,
} from "@pawprint/marketplace-metering/protocol";
import {
  createTransport,
  FetchHttpHandler,
  MarketplaceMetering,
  type MarketplaceMeteringOptions,
} from "@pawprint/marketplace-metering-edge";
import type * as runtime from "@pawprint/runtime";
import type * as edge from "@pawprint/runtime/edge";
import type * as protocol from "@pawprint/runtime/protocol";

export type Modules = [
  typeof runtime,
  typeof edge,
  typeof protocol,
  typeof golden,
  typeof goldenProtocol,
];

declare const region: string;
declare const ProductCode: string;
const credentials = { accessKeyId: "example", secretAccessKey: "example" };

const UsageRecords: UsageRecord[] = [
  { Timestamp: new Date(), CustomerAWSAccountId: "1", Dimension: "users", Quantity: 25 },
  { Timestamp: new Date(), Dimension: "users", LicenseArn: undefined },
];

const metering = new MarketplaceMetering({ region, credentials });
const { Results, UnprocessedRecords, $metadata } = await metering.batchMeterUsage({
  ProductCode,
  UsageRecords,
});
export const first: Date | undefined = Results?.[0]?.UsageRecord?.Timestamp;
export const rest: UsageRecord[] | undefined = UnprocessedRecords;
export const id: string | undefined = $metadata.requestId;
export const attempts: number = $metadata.attempts;

const { signal: abortSignal } = new AbortController();
const input: BatchMeterUsageRequest = { UsageRecords };
const options: CallOptions = { abortSignal, requestTimeout: 1_000 };
const transport: Transport = createTransport({ region, credentials });
export const result: BatchMeterUsageResult & MetadataBearer = await batchMeterUsage(
  transport,
  input,
  options,
);
export const client = new MarketplaceMeteringClient(transport);

export function explain(error: unknown): string {
  if (error instanceof ThrottlingException) return error.$fault;
  if (isBatchMeterUsageError(error)) return error.name;
  return isServiceError(error) ? `${error.message}: ${error.$metadata.httpStatusCode}` : "";
}
export const slow: BatchMeterUsageError = new ThrottlingException({ message: "slow down" });

const interceptor: Interceptor = {};
const requestHandler: HttpHandler = new FetchHttpHandler({
  fetch: (url, init) => fetch(url, init),
});
export const everything: MarketplaceMeteringOptions = {
  region: async () => region,
  credentials: async () => ({ ...credentials, sessionToken: "example", expiration: new Date() }),
  endpoint: "https://example.com",
  useDualstackEndpoint: false,
  useFipsEndpoint: undefined,
  maxAttempts: 1,
  requestHandler,
  requestTimeout: 0,
  fetch: (url, init) => fetch(url, init),
  logger: console,
  interceptors: [interceptor],
  validate: true,
  userAgentAppId: "example",
};

export const status: string = UsageRecordResultStatus.SUCCESS;
export const operations: string = batchMeterUsageOperation.name + marketplaceMeteringService.sdkId;
