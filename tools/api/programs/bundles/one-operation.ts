import { batchMeterUsage } from "@pawprint/marketplace-metering";
import { createTransport } from "@pawprint/marketplace-metering-edge";

declare function report(outcome: Promise<unknown>): void;

const transport = createTransport({
  region: "us-east-1",
  credentials: async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" }),
});

report(
  batchMeterUsage(transport, {
    UsageRecords: [{ Timestamp: new Date(1_750_000_000_000), Dimension: "users", Quantity: 25 }],
  }),
);
