import type {
  BatchMeterUsageRequest,
  CallOptions,
  MarketplaceMetering,
  MetadataBearer,
  MeterUsageRequest,
  RegisterUsageRequest,
  ResolveCustomerRequest,
} from "@pawprint/marketplace-metering-edge";

export interface ConsoleOperation {
  readonly name: string;
  readonly summary: string;
  /** An input to begin with. */
  readonly sample: object;
  /** The page does not know whether the input is one: the client finds out. */
  readonly call: (
    client: MarketplaceMetering,
    input: unknown,
    options: CallOptions,
  ) => Promise<MetadataBearer>;
}

const hour = 3_600_000;
const lastHour = new Date(Math.floor(Date.now() / hour) * hour - hour)
  .toISOString()
  .replace(".000", "");

export const operations: readonly ConsoleOperation[] = [
  {
    name: "BatchMeterUsage",
    summary: "Reports up to 25 records of what customers of a SaaS product used.",
    sample: {
      ProductCode: "example-product",
      UsageRecords: [
        {
          Timestamp: lastHour,
          CustomerAWSAccountId: "111122223333",
          Dimension: "users",
          Quantity: 25,
        },
        {
          Timestamp: lastHour,
          CustomerAWSAccountId: "444455556666",
          Dimension: "users",
          Quantity: 3,
        },
      ],
    },
    call: (client, input, options) =>
      client.batchMeterUsage(input as BatchMeterUsageRequest, options),
  },
  {
    name: "MeterUsage",
    summary: "Reports usage of one dimension from software in the buyer’s own account.",
    sample: {
      ProductCode: "example-product",
      Timestamp: lastHour,
      UsageDimension: "requests",
      UsageQuantity: 120,
    },
    call: (client, input, options) => client.meterUsage(input as MeterUsageRequest, options),
  },
  {
    name: "RegisterUsage",
    summary: "Checks that the buyer may run a paid container, and starts to meter it.",
    sample: {
      ProductCode: "example-product",
      PublicKeyVersion: 1,
      Nonce: "c2b9c7c4-5c3b-4f2e-9a55-0a3f3b2f1d10",
    },
    call: (client, input, options) => client.registerUsage(input as RegisterUsageRequest, options),
  },
  {
    name: "ResolveCustomer",
    summary: "Turns the registration token of a buyer into who that is.",
    sample: { RegistrationToken: "example-token" },
    call: (client, input, options) =>
      client.resolveCustomer(input as ResolveCustomerRequest, options),
  },
];
