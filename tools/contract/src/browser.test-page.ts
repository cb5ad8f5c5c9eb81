import { ThrottlingException } from "@pawprint/marketplace-metering";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { setupWorker } from "msw/browser";

// A page that calls the service's own host, and what answers is the service worker.

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const mock = mockMarketplaceMetering({ credentials: identity, region: "us-east-1" });
const usage = { ProductCode: "product", Timestamp: new Date(0), UsageDimension: "users" };

async function run(): Promise<unknown> {
  const worker = setupWorker(...mock.handlers);
  await worker.start({ quiet: true });
  const client = new MarketplaceMetering({ region: "us-east-1", credentials: identity });
  const { MeteringRecordId } = await client.meterUsage(usage);
  const { url, region, input } = mock.meterUsage.calls[0] ?? {};

  mock.meterUsage.rejects(new ThrottlingException({ message: "slow down" }));
  const rejected = await client.meterUsage(usage).catch((error: Error) => error.name);
  mock.meterUsage.networkError();
  const broken = await client.meterUsage(usage).catch((error: Error) => error.name);
  const other = { ...identity, secretAccessKey: "other" };
  const stranger = new MarketplaceMetering({ region: "us-east-1", credentials: other });
  const refused = await stranger.meterUsage(usage).catch((error: Error) => error.name);
  worker.stop();
  return {
    MeteringRecordId,
    url,
    region,
    time: input?.Timestamp.getTime(),
    rejected,
    broken,
    refused,
  };
}

// The program that opened the page waits for this.
Object.assign(globalThis, { outcome: run() });
