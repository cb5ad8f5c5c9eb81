import type { BundleCase } from "./measure-bundle.ts";

const credentials = '{ accessKeyId: "a", secretAccessKey: "b" }';
const options = `{ region: "us-east-1", credentials: ${credentials} }`;

/** The same work on every client: report usage, once through one operation and once through a client of all four. */
export const cases: readonly BundleCase[] = [
  {
    title: "pawprint, edge, one operation",
    platform: "browser",
    source: `
      import { batchMeterUsage } from "@pawprint/marketplace-metering";
      import { createTransport } from "@pawprint/marketplace-metering-edge";
      console.log(await batchMeterUsage(createTransport(${options}), { UsageRecords: [] }));`,
  },
  {
    title: "pawprint, edge, all operations",
    platform: "browser",
    source: `
      import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";
      console.log(new MarketplaceMetering(${options}));`,
  },
  {
    title: "pawprint, Node, all operations, without what is loaded on demand",
    platform: "node",
    source: `
      import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
      console.log(new MarketplaceMetering(${options}));`,
  },
  {
    title: "@aws-sdk, edge, one operation",
    platform: "browser",
    source: `
      import { BatchMeterUsageCommand, MarketplaceMeteringClient } from "@aws-sdk/client-marketplace-metering";
      const client = new MarketplaceMeteringClient(${options});
      console.log(await client.send(new BatchMeterUsageCommand({ UsageRecords: [] })));`,
  },
  {
    title: "@aws-sdk, Node, one operation",
    platform: "node",
    source: `
      import { BatchMeterUsageCommand, MarketplaceMeteringClient } from "@aws-sdk/client-marketplace-metering";
      const client = new MarketplaceMeteringClient(${options});
      console.log(await client.send(new BatchMeterUsageCommand({ UsageRecords: [] })));`,
  },
  {
    title: "aws4fetch (signs, and knows no operation)",
    platform: "browser",
    source: `
      import { AwsClient } from "aws4fetch";
      console.log(await new AwsClient(${credentials}).fetch("https://example.com", { body: "{}" }));`,
  },
];
