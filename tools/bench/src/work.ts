import type { BatchMeterUsageRequest, MeterUsageRequest } from "@pawprint/marketplace-metering";

/** The calls that are measured. */
export type WorkName = "batchMeterUsage" | "meterUsage";

export const workNames: readonly WorkName[] = ["batchMeterUsage", "meterUsage"];

const timestamp = new Date("2026-07-01T10:00:00Z");

/** 25 records, as many as a request may have, in the form that the oldest rival knows, too. */
export const batchInput: BatchMeterUsageRequest = {
  ProductCode: "example-product",
  UsageRecords: Array.from({ length: 25 }, (_, index) => ({
    Timestamp: timestamp,
    CustomerIdentifier: String(111_122_223_300 + index),
    Dimension: "users",
    Quantity: index,
  })),
};

export const meterInput: MeterUsageRequest = {
  ProductCode: "example-product",
  Timestamp: timestamp,
  UsageDimension: "requests",
  UsageQuantity: 120,
};

/** What the service's JSON says of a time. */
const seconds = timestamp.getTime() / 1000;

/** The same inputs as they go over the wire, for clients that know no operation. */
export function createWireInput(work: WorkName): object {
  return work === "batchMeterUsage"
    ? {
        ...batchInput,
        UsageRecords: batchInput.UsageRecords.map((record) => ({
          ...record,
          Timestamp: record.Timestamp.getTime() / 1000,
        })),
      }
    : {
        ...meterInput,
        Timestamp: meterInput.Timestamp.getTime() / 1000,
        ClientToken: crypto.randomUUID(),
      };
}

/** What the server answers. */
export const answers: { readonly [work in WorkName]: object } = {
  batchMeterUsage: {
    Results: batchInput.UsageRecords.map((record, index) => ({
      UsageRecord: { ...record, Timestamp: seconds },
      MeteringRecordId: `4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c${String(index + 10)}`,
      Status: "Success",
    })),
    UnprocessedRecords: [],
  },
  meterUsage: { MeteringRecordId: "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21" },
};

export const targets: { readonly [work in WorkName]: string } = {
  batchMeterUsage: "AWSMPMeteringService.BatchMeterUsage",
  meterUsage: "AWSMPMeteringService.MeterUsage",
};

export const settings = {
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret" },
};

/** Throws where an answer is not the one that was sent: a client that fails fast is not a fast one. */
export function checkAnswer(work: WorkName, answer: unknown): void {
  const { Results, MeteringRecordId } = answer as {
    readonly Results?: readonly { readonly Status?: string }[];
    readonly MeteringRecordId?: string;
  };
  const isRight =
    work === "batchMeterUsage"
      ? Results?.length === 25 && Results[24]?.Status === "Success"
      : MeteringRecordId !== undefined;
  if (!isRight) throw new Error(`${work}: the answer is not what the server sent`);
}
