import type { BatchMeterUsageRequest, BatchMeterUsageResult } from "@pawprint/marketplace-metering";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { serveHandlers } from "tools-local-service";
import { invoke } from "./local-lambda.ts";
import { startUsageApi } from "./local-usage-api.ts";

// Bundles the function and invokes it once, with the mocks in place of AWS.
await import("./bundle.ts");
const mock = mockMarketplaceMetering();
mock.batchMeterUsage.replies(
  ({ UsageRecords }: BatchMeterUsageRequest): BatchMeterUsageResult => ({
    Results: UsageRecords.map((UsageRecord, index) => ({
      UsageRecord,
      MeteringRecordId: crypto.randomUUID(),
      Status: index === 2 ? "CustomerNotSubscribed" : "Success",
    })),
  }),
);
const aws = await serveHandlers(mock.handlers);
const usageApi = await startUsageApi();
for (let index = 0; index < 30; index += 1) {
  usageApi.add({
    account: String(111122223333 + index),
    dimension: "requests",
    hour: "2026-11-25T09:00:00Z",
    quantity: 100 + index,
  });
}
const { result, log } = await invoke(
  { time: "2026-11-25T10:05:00Z" },
  {
    METERING_ENDPOINT: aws.url,
    USAGE_API_URL: usageApi.url,
    USAGE_API_TOKEN: usageApi.token,
    PRODUCT_CODE: "example-product",
  },
);
console.log(log);
for (const { input } of mock.batchMeterUsage.calls) {
  console.log(`BatchMeterUsage of ${input.ProductCode}: ${input.UsageRecords.length} records`);
}
console.log("The function returned", result);
await usageApi.close();
await aws.close();
