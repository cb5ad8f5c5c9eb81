import assert from "node:assert/strict";
import { ThrottlingException } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { setupServer } from "msw/node";

// What tests do with mocks, in a process of its own, where `msw` is the version to try.

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const mock = mockMarketplaceMetering({ credentials: identity });
const server = setupServer(...mock.handlers);
server.listen();

const usage = { ProductCode: "product", Timestamp: new Date(0), UsageDimension: "users" };
for (const Client of [MarketplaceMetering, EdgeMetering]) {
  const client = new Client({ region: "us-east-1", credentials: identity, maxAttempts: 2 });
  const { MeteringRecordId: standard } = await client.meterUsage(usage);
  assert.equal(standard, "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21");

  mock.meterUsage.networkErrorOnce();
  mock.meterUsage.replies((_input, { attempt }) => ({ MeteringRecordId: String(attempt) }));
  mock.meterUsage.delays(10);
  assert.equal((await client.meterUsage(usage)).MeteringRecordId, "2");

  mock.meterUsage.rejects(new ThrottlingException({ message: "slow down" }));
  await assert.rejects(client.meterUsage(usage), { name: "ThrottlingException" });

  assert.deepEqual(mock.meterUsage.calls[0]?.input.Timestamp, usage.Timestamp);
  mock.reset();
  client.destroy();

  const other = { ...identity, secretAccessKey: "other" };
  const stranger = new Client({ region: "us-east-1", credentials: other });
  await assert.rejects(stranger.meterUsage(usage), { name: "InvalidSignatureException" });
  stranger.destroy();
}
server.close();
console.log(`done on Node ${process.versions.node.split(".")[0]}`);
