import { writeFileSync } from "node:fs";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { setupServer } from "msw/node";

/*
 * Loaded before an example, in the project that has the mocks: what stands for AWS, and what an
 * example takes for given. No other request gets out. Leaves the number of calls in a file.
 */

const region = "us-east-1";
const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "",
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "",
};
const mock = mockMarketplaceMetering({ credentials, region });
setupServer(...mock.handlers).listen({ onUnhandledFrame: "error" });
Object.assign(globalThis, { region, credentials });

process.on("exit", () => {
  const operations = [
    mock.batchMeterUsage,
    mock.meterUsage,
    mock.registerUsage,
    mock.resolveCustomer,
  ];
  const calls = operations.reduce((sum, operation) => sum + operation.calls.length, 0);
  writeFileSync(process.env.PAWPRINT_EXAMPLE_CALLS ?? "", String(calls));
});
