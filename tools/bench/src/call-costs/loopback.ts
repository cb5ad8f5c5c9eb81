import { answers, batchInput, checkAnswer, settings } from "../work.ts";
import type { PlatformName } from "./call-costs.ts";

const body = Buffer.from(JSON.stringify(answers.batchMeterUsage));
const headers = {
  "content-type": "application/x-amz-json-1.1",
  "x-amzn-requestid": "00000000-0000-4000-8000-000000000001",
};

/**
 * BatchMeterUsage of 25 records whose answer is there at once: on Node in place of the HTTP handler,
 * on the edge in place of `fetch`. What is counted is ours alone.
 */
export async function createLoopback(platform: PlatformName): Promise<() => Promise<void>> {
  const client = await createClient(platform);
  return async () => checkAnswer("batchMeterUsage", await client.batchMeterUsage(batchInput));
}

async function createClient(platform: PlatformName) {
  if (platform === "node") {
    const { MarketplaceMetering } = await import("@pawprint/marketplace-metering-node");
    const response = { statusCode: 200, headers, body };
    const handle = () => Promise.resolve({ response });
    return new MarketplaceMetering({ ...settings, requestHandler: { handle } });
  }
  const { MarketplaceMetering } = await import("@pawprint/marketplace-metering-edge");
  return new MarketplaceMetering({
    ...settings,
    fetch: () => Promise.resolve(new Response(body, { headers })),
  });
}
