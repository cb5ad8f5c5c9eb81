import {
  isInvalidInputError,
  isMeterUsageError,
  type MarketplaceMeteringClient,
  type MetadataBearer,
  ThrottlingException,
} from "@pawprint/marketplace-metering";
import type { MarketplaceMeteringMock } from "@pawprint/marketplace-metering-mocks";

/** One call of the scenario, and what a person should see of it. */
export interface Step {
  readonly title: string;
  run(client: MarketplaceMeteringClient, mock: MarketplaceMeteringMock): Promise<Outcome>;
}

export interface Outcome {
  /** The HTTP status, or nothing where the call was refused before it was sent. */
  readonly status: number | undefined;
  readonly text: string;
}

const hour = new Date("2026-07-01T10:00:00Z");

/** All four operations, then an error that arrives typed and an input that is refused. Every step throws where something is off. */
export const scenario: readonly Step[] = [
  {
    title: "batchMeterUsage, 25 records",
    async run(client, mock) {
      mock.batchMeterUsage.replies(({ UsageRecords }) => ({
        Results: UsageRecords.map((UsageRecord, index) => ({
          UsageRecord,
          MeteringRecordId: `record-${index}`,
          Status: "Success",
        })),
        UnprocessedRecords: [],
      }));
      const records = Array.from({ length: 25 }, (_, index) => ({
        Timestamp: hour,
        CustomerAWSAccountId: String(111_122_223_300 + index),
        Dimension: "users",
        Quantity: index,
      }));
      const result = await client.batchMeterUsage({
        ProductCode: "example-product",
        UsageRecords: records,
      });
      const accepted = result.Results?.filter(({ Status }) => Status === "Success") ?? [];
      expectEqual(accepted.length, 25, "accepted records");
      expectEqual(accepted[24]?.UsageRecord?.Timestamp, hour, "the last record's Timestamp");
      expectEqual(accepted[24]?.UsageRecord?.Quantity, 24, "the last record's Quantity");
      return answered(result, `${accepted.length} of ${records.length} accepted`);
    },
  },
  {
    title: "meterUsage",
    async run(client, mock) {
      const result = await client.meterUsage({
        ProductCode: "example-product",
        Timestamp: hour,
        UsageDimension: "requests",
        UsageQuantity: 120,
      });
      const call = mock.meterUsage.calls.at(-1);
      expectEqual(
        call?.input.ClientToken?.length,
        36,
        "the length of the ClientToken that was made",
      );
      expectEqual(call?.region, "us-east-1", "the Region of the signature");
      return answered(result, `record ${result.MeteringRecordId}`);
    },
  },
  {
    title: "registerUsage",
    async run(client) {
      const result = await client.registerUsage({
        ProductCode: "example-product",
        PublicKeyVersion: 1,
      });
      expectEqual(result.Signature?.split(".").length, 3, "the parts of the signature");
      return answered(result, `signature ${result.Signature?.slice(0, 20)}…`);
    },
  },
  {
    title: "resolveCustomer",
    async run(client) {
      const result = await client.resolveCustomer({ RegistrationToken: "example-token" });
      return answered(result, `customer ${result.CustomerAWSAccountId}`);
    },
  },
  {
    title: "meterUsage, throttled",
    async run(client, mock) {
      mock.meterUsage.rejectsOnce(new ThrottlingException({ message: "slow down" }));
      mock.meterUsage.rejectsOnce(new ThrottlingException({ message: "slow down" }));
      try {
        await client.meterUsage({
          ProductCode: "example-product",
          Timestamp: hour,
          UsageDimension: "requests",
        });
      } catch (error) {
        if (!isMeterUsageError(error)) throw error;
        expectEqual(error.name, "ThrottlingException", "the error's name");
        expectEqual(error.$metadata?.attempts, 2, "attempts");
        const text = `${error.name} after ${error.$metadata?.attempts} attempts`;
        return { status: error.$metadata?.httpStatusCode, text };
      }
      throw new Error("the call was to be throttled");
    },
  },
  {
    title: "batchMeterUsage, refused",
    async run(client, mock) {
      const sent = mock.batchMeterUsage.calls.length;
      try {
        await client.batchMeterUsage({
          UsageRecords: [{ Timestamp: hour, Dimension: "users", Quantity: 2_147_483_648 }],
        });
      } catch (error) {
        if (!isInvalidInputError(error)) throw error;
        expectEqual(mock.batchMeterUsage.calls.length, sent, "requests");
        const [problem] = error.problems;
        return { status: undefined, text: `${problem?.path}: ${problem?.message}` };
      }
      throw new Error("the input was to be refused");
    },
  },
];

function answered({ $metadata }: MetadataBearer, text: string): Outcome {
  expectEqual($metadata.httpStatusCode, 200, "the status");
  return { status: $metadata.httpStatusCode, text };
}

function expectEqual(found: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`);
}
