import { MarketplaceMetering, NodeHttpHandler } from "@pawprint/marketplace-metering-node";
import type { Candidate } from "../candidate.ts";
import { batchInput, checkAnswer, meterInput, settings } from "../work.ts";

export const candidate: Candidate = {
  name: "pawprint, Node",
  create: (endpoint, concurrency) => {
    const requestHandler = new NodeHttpHandler({ maxSockets: concurrency });
    const client = new MarketplaceMetering({ ...settings, endpoint, requestHandler });
    return {
      call: async (work) =>
        checkAnswer(
          work,
          work === "batchMeterUsage"
            ? await client.batchMeterUsage(batchInput)
            : await client.meterUsage(meterInput),
        ),
    };
  },
};
