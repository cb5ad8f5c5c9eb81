import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  type MarketplaceMeteringClientConfig,
  MeterUsageCommand,
} from "@aws-sdk/client-marketplace-metering";
import type { BenchClient } from "../candidate.ts";
import { batchInput, checkAnswer, meterInput, settings } from "../work.ts";

export function createSdkClient(config: MarketplaceMeteringClientConfig): BenchClient {
  const client = new MarketplaceMeteringClient({ ...settings, ...config });
  return {
    call: async (work) =>
      checkAnswer(
        work,
        work === "batchMeterUsage"
          ? await client.send(new BatchMeterUsageCommand(batchInput))
          : await client.send(new MeterUsageCommand(meterInput)),
      ),
  };
}
