import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { serveHandlers } from "tools-local-service";
import { startWorkerd } from "./local-workerd.ts";

// Runs the Worker in workerd, with the mocks in place of AWS, and plays one purchase through.
const mock = mockMarketplaceMetering();
mock.resolveCustomer.resolves({
  ProductCode: "example-product",
  CustomerAWSAccountId: "111122223333",
  LicenseArn: "arn:aws:license-manager::294406891311:license:l-1",
});
mock.batchMeterUsage.replies(({ UsageRecords }) => ({
  Results: UsageRecords.map((UsageRecord) => ({
    UsageRecord,
    MeteringRecordId: crypto.randomUUID(),
    Status: UsageRecord.Dimension === "storage" ? "CustomerNotSubscribed" : "Success",
  })),
}));
const aws = await serveHandlers(mock.handlers);
const folder = await mkdtemp(join(tmpdir(), "example-worker-"));
const worker = await startWorkerd(folder, {
  METERING_ENDPOINT: aws.url,
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  USAGE_TOKEN: "token-of-services",
});

const registration = await fetch(`${worker.url}/fulfilment`, {
  method: "POST",
  body: new URLSearchParams({ "x-amzn-marketplace-token": "example-token" }),
  redirect: "manual",
});
const page = registration.headers.get("location") ?? "";
console.log(`POST /fulfilment → ${registration.status} ${page}`);

const customer = new URL(page).searchParams.get("customer");
const report = await fetch(`${worker.url}/usage`, {
  method: "POST",
  headers: { authorization: "Bearer token-of-services" },
  body: JSON.stringify([
    { id: "1", customer, dimension: "requests", quantity: 40 },
    { id: "2", customer, dimension: "requests", quantity: 2 },
    { id: "3", customer, dimension: "storage", quantity: 7 },
  ]),
});
console.log(`POST /usage → ${report.status} ${await report.text()}`);

await worker.runCron(new Date(Date.now() + 3_600_000));
for (const { input } of mock.batchMeterUsage.calls) {
  console.log("cron, an hour later → BatchMeterUsage", JSON.stringify(input, undefined, 2));
}
await worker.stop();
console.log(worker.log.join("\n"));
await aws.close();
await rm(folder, { recursive: true });
