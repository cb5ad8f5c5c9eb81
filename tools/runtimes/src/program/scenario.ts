import type * as Package from "@pawprint/marketplace-metering-edge";
import type { Result } from "./result.ts";

/** What a user imports: the package of one platform. Both export the same names. */
export type Metering = typeof Package;

export interface Step {
  readonly group: string;
  /** Also the last part of the endpoint: the bench knows by it what to answer. */
  readonly name: string;
  /** Throws where something is off. */
  readonly run: (metering: Metering, client: Client) => Promise<void>;
}

type Client = InstanceType<Metering["MarketplaceMetering"]>;

const hour = new Date("2026-07-01T10:00:00Z");
const usage = { ProductCode: "product", Timestamp: hour, UsageDimension: "users" };

/** What every runtime does, with no more than the web's standards. */
export const scenario: readonly Step[] = [
  {
    group: "operations",
    name: "batch-meter-usage",
    run: async (_metering, client) => {
      const records = Array.from({ length: 25 }, (_, index) => ({
        Timestamp: hour,
        CustomerAWSAccountId: String(111_122_223_300 + index),
        Dimension: "Bénutzer 😀",
        Quantity: index,
      }));
      const { Results = [], $metadata } = await client.batchMeterUsage({
        ProductCode: "product",
        UsageRecords: records,
      });
      expectEqual($metadata.httpStatusCode, 200, "the status");
      expectEqual(Results.length, 25, "the number of results");
      const last = Results[24]?.UsageRecord;
      expectEqual(last, records[24], "the last record");
      expectEqual(last?.Timestamp instanceof Date, true, "whether its Timestamp is a Date");
    },
  },
  {
    group: "operations",
    name: "meter-usage",
    run: async (_metering, client) => {
      const { MeteringRecordId, $metadata } = await client.meterUsage(usage);
      expectEqual(typeof MeteringRecordId, "string", "the type of the MeteringRecordId");
      expectEqual($metadata.attempts, 1, "attempts");
      expectEqual(typeof $metadata.requestId, "string", "the type of the request id");
    },
  },
  {
    group: "operations",
    name: "register-usage",
    run: async (_metering, client) => {
      const { Signature } = await client.registerUsage({
        ProductCode: "product",
        PublicKeyVersion: 1,
      });
      expectEqual(Signature?.split(".").length, 3, "the parts of the signature");
    },
  },
  {
    group: "operations",
    name: "resolve-customer",
    run: async (_metering, client) => {
      const { CustomerAWSAccountId } = await client.resolveCustomer({ RegistrationToken: "token" });
      expectEqual(CustomerAWSAccountId?.length, 12, "the length of the account id");
    },
  },
  {
    group: "typed error",
    name: "typed-error",
    run: async (metering, client) => {
      const error = await expectError(client.meterUsage(usage));
      const { TimestampOutOfBoundsException: Expected, isMeterUsageError } = metering;
      if (!isMeterUsageError(error))
        throw new Error("it is none of the operation's", { cause: error });
      expectEqual(error instanceof Expected, true, "whether it is of its class");
      expectEqual(error.name, "TimestampOutOfBoundsException", "its name");
      expectEqual(error.message, "too old", "its message");
      expectEqual(error.$metadata?.httpStatusCode, 400, "its status");
      expectEqual(error.$metadata?.attempts, 1, "attempts");
    },
  },
  {
    group: "retry",
    name: "retry",
    run: async (_metering, client) => {
      const { $metadata } = await client.meterUsage(usage);
      expectEqual($metadata.attempts, 2, "attempts");
    },
  },
  {
    group: "time-out",
    name: "time-out",
    run: async (metering, client) => {
      const error = await expectError(client.meterUsage(usage, { requestTimeout: 100 }));
      if (!metering.isTransportError(error)) {
        throw new Error("it is no failure of the transport", { cause: error });
      }
      expectEqual(error.name, "TimeoutError", "its name");
    },
  },
  {
    group: "abort",
    name: "abort",
    run: async (metering, client) => {
      const controller = new AbortController();
      const call = client.meterUsage(usage, { abortSignal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 100);
      const error = await expectError(call);
      if (!metering.isTransportError(error)) {
        throw new Error("it is no failure of the transport", { cause: error });
      }
      expectEqual(error.name, "AbortError", "its name");
      expectEqual((error.cause as Error).message, "enough", "the message of its cause");
    },
  },
  {
    group: "200 calls",
    name: "parallel-calls",
    run: async (_metering, client) => {
      const sent = Array.from({ length: 200 }, (_, index) => index);
      const results = await Promise.all(
        sent.map((UsageQuantity) => client.meterUsage({ ...usage, UsageQuantity })),
      );
      const received = results.map(({ MeteringRecordId }) => MeteringRecordId);
      expectEqual(
        received,
        sent.map((quantity) => `record-${quantity}`),
        "the records, in the order of the calls",
      );
    },
  },
];

export async function runScenario(metering: Metering, bench: string): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const { group, name, run } of scenario) {
    const client = new metering.MarketplaceMetering({
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
      endpoint: `${bench}/scenario/${name}`,
      maxAttempts: name === "time-out" ? 1 : 3,
    });
    try {
      await run(metering, client);
      results.push({ group, name, ok: true, message: "" });
    } catch (error) {
      results.push({ group, name, ok: false, message: describe(error) });
    } finally {
      client.destroy();
    }
  }
  return results;
}

async function expectError(call: Promise<unknown>): Promise<unknown> {
  const result = await call.catch((error: unknown) => ({ error }));
  if (typeof result === "object" && result !== null && "error" in result) return result.error;
  throw new Error("the call succeeded");
}

function expectEqual(found: unknown, expected: unknown, what: string): void {
  const [actual, wanted] = [JSON.stringify(found), JSON.stringify(expected)];
  if (actual !== wanted) throw new Error(`${what}: expected ${wanted}, found ${actual}`);
}

/** An error with its causes: the outermost often says only that something failed. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  return `${name}: ${message}${cause === undefined ? "" : ` (${describe(cause)})`}`;
}
