import { Agent } from "node:http";
import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  type MarketplaceMeteringClientConfig,
  MeterUsageCommand,
} from "@aws-sdk/client-marketplace-metering";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { BenchClient, Candidate } from "../candidate.ts";
import { batchInput, checkAnswer, meterInput, settings } from "../work.ts";

/** Its agent keeps connections alive, and has as many as calls run at a time. */
export const candidate: Candidate = {
  name: "@aws-sdk, Node",
  create: (endpoint, concurrency) =>
    createSdkClient({
      endpoint,
      requestHandler: new NodeHttpHandler({
        httpAgent: new Agent({ keepAlive: true, maxSockets: concurrency }),
      }),
    }),
};

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
