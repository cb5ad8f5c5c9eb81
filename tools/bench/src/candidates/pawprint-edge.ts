import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import type { Candidate } from "../candidate.ts";
import { batchInput, checkAnswer, meterInput, settings } from "../work.ts";

export const candidate: Candidate = {
  name: "pawprint, edge",
  create: (endpoint) => {
    const client = new MarketplaceMetering({ ...settings, endpoint });
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
