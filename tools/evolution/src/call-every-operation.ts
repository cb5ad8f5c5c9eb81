import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { setupServer } from "msw/node";

/** What every revision of the model takes, for each operation that one or another has. */
const inputs: { readonly [operation: string]: object } = {
  batchMeterUsage: {
    ProductCode: "example-product",
    UsageRecords: [
      {
        Timestamp: new Date("2020-01-01T10:00:00Z"),
        CustomerIdentifier: "example-customer",
        Dimension: "users",
        Quantity: 25,
      },
    ],
  },
  meterUsage: {
    ProductCode: "example-product",
    Timestamp: new Date("2020-01-01T10:00:00Z"),
    UsageDimension: "users",
    UsageQuantity: 25,
    DryRun: false,
  },
  registerUsage: { ProductCode: "example-product", PublicKeyVersion: 1 },
  resolveCustomer: { RegistrationToken: "example-token" },
};

const mock = mockMarketplaceMetering();
const server = setupServer(...mock.handlers);
server.listen();
const client = new MarketplaceMetering({
  region: "us-east-1",
  credentials: { accessKeyId: "example", secretAccessKey: "example" },
});

// The packages are those of the revision under test, which the types of today do not know.
const called: string[] = [];
for (const [name, input] of Object.entries(inputs)) {
  const call: unknown = Reflect.get(client, name);
  if (typeof call !== "function") continue;
  const { $metadata } = (await call.call(client, input)) as {
    readonly $metadata: { readonly httpStatusCode: number };
  };
  if ($metadata.httpStatusCode !== 200) throw new Error(`${name}: ${$metadata.httpStatusCode}`);
  called.push(name);
}
server.close();
client.destroy();
if (called.length !== mock.handlers.length) {
  throw new Error(
    `the mocks have ${mock.handlers.length} operations, and ${called.join(", ")} were called`,
  );
}
console.log(called.join(" "));
