import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";

declare function report(outcome: Promise<unknown>): void;

const client = new MarketplaceMetering({
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
});

async function callAll(): Promise<unknown> {
  return [
    await client.batchMeterUsage({
      UsageRecords: [{ Timestamp: new Date(1_750_000_000_000), Dimension: "users", Quantity: 25 }],
    }),
    await client.meterUsage({
      ProductCode: "example-product",
      Timestamp: new Date(1_750_000_000_000),
      UsageDimension: "users",
    }),
    await client.registerUsage({ ProductCode: "example-product", PublicKeyVersion: 1 }),
    await client.resolveCustomer({ RegistrationToken: "token" }),
  ];
}

report(callAll());
