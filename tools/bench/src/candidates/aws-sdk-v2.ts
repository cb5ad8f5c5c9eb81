import { Agent } from "node:http";
import MarketplaceMetering from "aws-sdk/clients/marketplacemetering.js";
import type { Candidate } from "../candidate.ts";
import { batchInput, checkAnswer, meterInput, settings } from "../work.ts";

export const candidate: Candidate = {
  name: "aws-sdk v2",
  create: (endpoint, concurrency) => {
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    const client = new MarketplaceMetering({ ...settings, endpoint, httpOptions: { agent } });
    return {
      call: async (work) =>
        checkAnswer(
          work,
          work === "batchMeterUsage"
            ? await client.batchMeterUsage(batchInput as never).promise()
            : await client.meterUsage(meterInput as never).promise(),
        ),
    };
  },
};
