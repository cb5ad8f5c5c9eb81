import {
  type BatchMeterUsageResult,
  InvalidInputError,
  InvalidLicenseException,
  InvalidProductCodeException,
  ThrottlingException,
  TimestampOutOfBoundsException,
  UnmodeledServiceError,
  type UsageRecord,
} from "@pawprint/marketplace-metering";
import { expect, test } from "vitest";
import { sendUsage, type Verdict } from "./send-usage.ts";

const hour = new Date("2026-11-20T10:00:00Z");

test("records go out in batches of 25, and every verdict is kept before the next batch", async () => {
  const { sent, kept, send, keep } = createService();
  const counts: number[] = [];
  const waiting = await sendUsage(createRecords(60), {
    send: (records) => {
      counts.push(kept.length);
      return send(records);
    },
    keep,
  });
  expect(sent.map((records) => records.length)).toEqual([25, 25, 10]);
  expect(counts).toEqual([0, 25, 50]);
  expect(kept).toHaveLength(60);
  expect(waiting).toEqual([]);
});

test("records that come back unprocessed are sent again unchanged, and only those", async () => {
  const { sent, kept, send, keep } = createService();
  const records = createRecords(5);
  await sendUsage(records, {
    send: async (batch) => {
      const { Results = [] } = await send(batch);
      return sent.length === 1
        ? { Results: Results.slice(0, 3), UnprocessedRecords: batch.slice(3) }
        : { Results };
    },
    keep,
    backoff: 1,
  });
  expect(sent).toEqual([records, records.slice(3)]);
  expect(kept.map(({ record }) => record)).toEqual(records);
});

test("records that stay unprocessed are given back after the last round", async () => {
  const { sent, kept, keep } = createService();
  const records = createRecords(2);
  const waiting = await sendUsage(records, {
    send: async (batch) => {
      sent.push(batch);
      return { Results: [], UnprocessedRecords: batch };
    },
    keep,
    rounds: 3,
    backoff: 1,
  });
  expect(sent).toHaveLength(3);
  expect(kept).toEqual([]);
  expect(waiting).toEqual(records);
});

test("a record that the answer does not mention is sent again", async () => {
  const { sent, send, keep } = createService();
  const records = createRecords(2);
  const waiting = await sendUsage(records, {
    send: async (batch) =>
      sent.length === 0 ? { Results: (await send(batch.slice(1))).Results } : send(batch),
    keep,
    backoff: 1,
  });
  expect(sent.at(-1)).toEqual([records[0]]);
  expect(waiting).toEqual([]);
});

test.each(["CustomerNotSubscribed", "DuplicateRecord", "SomethingNew"])(
  "a record with the status %s is settled and not sent again",
  async (status) => {
    const { sent, kept, send, keep } = createService();
    const [record] = createRecords(1);
    await sendUsage(createRecords(1), {
      send: async (batch) => {
        const { Results = [] } = await send(batch);
        return { Results: Results.map((result) => ({ ...result, Status: status })) };
      },
      keep,
    });
    expect(sent).toHaveLength(1);
    expect(kept).toMatchObject([{ record, status }]);
  },
);

test.each([
  new InvalidLicenseException({ message: "no such licence" }),
  new UnmodeledServiceError("ValidationException", "client", { message: "something is wrong" }),
  new InvalidInputError("BatchMeterUsage", [{ path: "UsageRecords[0]", message: "is wrong" }]),
])(
  "one record that fails its batch with $name is found, and all others are billed",
  async (error) => {
    const { kept, send, keep } = createService();
    const records = createRecords(25);
    const bad = records[17];
    const waiting = await sendUsage(records, {
      send: async (batch) => {
        if (bad !== undefined && batch.includes(bad)) throw error;
        return send(batch);
      },
      keep,
    });
    const refused = kept.filter(({ status }) => status !== "Success");
    expect(refused).toEqual([{ record: bad, status: error.name, detail: error.message }]);
    expect(kept).toHaveLength(25);
    expect(waiting).toEqual([]);
  },
);

test("usage that is too old is refused for good", async () => {
  const { kept, keep } = createService();
  await sendUsage(createRecords(1), {
    send: () => Promise.reject(new TimestampOutOfBoundsException({ message: "too late" })),
    keep,
  });
  expect(kept).toMatchObject([{ status: "TimestampOutOfBoundsException", detail: "too late" }]);
});

test.each([
  new ThrottlingException({ message: "slow down" }),
  new InvalidProductCodeException({ message: "no such product" }),
  new Error("no connection"),
])("$name gives up no record, and ends the run", async (error) => {
  const { sent, kept, send, keep } = createService();
  const run = sendUsage(createRecords(60), {
    send: (batch) => (sent.length === 1 ? Promise.reject(error) : send(batch)),
    keep,
  });
  await expect(run).rejects.toBe(error);
  expect(sent).toHaveLength(1);
  expect(kept).toHaveLength(25);
});

test("two records for one customer, dimension and hour are refused before anything is sent", async () => {
  const { sent, send, keep } = createService();
  const [record] = createRecords(1) as [UsageRecord];
  const later = { ...record, Timestamp: new Date(hour.getTime() + 60_000), Quantity: 5 };
  await expect(sendUsage([record, later], { send, keep })).rejects.toThrow(
    "add their quantities up",
  );
  expect(sent).toEqual([]);
});

test("a verdict is recognised though the service says more of the record than was sent", async () => {
  const { kept, send, keep } = createService();
  await sendUsage(createRecords(1), {
    send: async (batch) => {
      const { Results = [] } = await send(batch);
      return {
        Results: Results.map(({ UsageRecord, ...rest }) => ({
          ...rest,
          UsageRecord: { ...(UsageRecord as UsageRecord), CustomerIdentifier: "" },
        })),
      };
    },
    keep,
  });
  expect(kept).toHaveLength(1);
});

function createRecords(count: number): UsageRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    Timestamp: hour,
    CustomerAWSAccountId: String(111122220000 + index),
    Dimension: "requests",
    Quantity: index,
  }));
}

/** Accepts everything, and remembers what it was asked and told. */
function createService(): {
  sent: UsageRecord[][];
  kept: Verdict[];
  send(records: UsageRecord[]): Promise<BatchMeterUsageResult>;
  keep(verdicts: readonly Verdict[]): void;
} {
  const sent: UsageRecord[][] = [];
  const kept: Verdict[] = [];
  return {
    sent,
    kept,
    send: async (records) => {
      sent.push(records);
      return {
        Results: records.map((UsageRecord) => ({
          UsageRecord: structuredClone(UsageRecord),
          MeteringRecordId: "8fcb8c1c-35ab-4d5f-9a5d-3b1f3f1c7a10",
          Status: "Success",
        })),
        UnprocessedRecords: [],
      };
    },
    keep: (verdicts) => {
      kept.push(...verdicts);
    },
  };
}
