// Mistakes that every compiler has to find, each with its code at the end of the line.
import {
  type BatchMeterUsageError,
  type BatchMeterUsageRequest,
  type batchMeter, // TS2305
  batchMeterUsage,
  type Transport,
  type UsageRecord,
} from "@pawprint/marketplace-metering";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import type { findProblems } from "@pawprint/runtime/check-input"; // TS2307

declare const transport: Transport;
const credentials = { accessKeyId: "example", secretAccessKey: "example" };
const Timestamp = new Date();

export const missing: UsageRecord = { Timestamp }; // TS2741
export const unset: UsageRecord = { Timestamp, Dimension: undefined }; // TS2322
export const unknown: UsageRecord = { Timestamp, Dimension: "d", Quantiti: 1 }; // TS2561
export const wrong: UsageRecord = { Timestamp: 0, Dimension: "d" }; // TS2322
export const foreign: BatchMeterUsageError["name"] = "InvalidTokenException"; // TS2820

const input: BatchMeterUsageRequest = { UsageRecords: [] };
const result = await batchMeterUsage(transport, input);
result.Results[0]; // TS18048
result.Results?.[0].Status; // TS2532
batchMeterUsage(input, transport); // TS2345, from 7.0 on TS2739

new MarketplaceMetering({ credentials }); // TS2345, from 7.0 on TS2741
new MarketplaceMetering({ region: "us-east-1", credentials, maxAttempts: "3" }); // TS2322
new MarketplaceMetering({ region: "us-east-1", credentials, connectionTimeout: 1 }); // TS2353
new MarketplaceMetering({ region: "us-east-1", credentials }).transport; // TS2341

export type Unused = [typeof batchMeter, typeof findProblems];
