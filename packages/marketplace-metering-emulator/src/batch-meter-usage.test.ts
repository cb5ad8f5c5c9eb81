import type { BatchMeterUsageResult, UsageRecord } from "@pawprint/marketplace-metering";
import { describe, expect, test } from "vitest";
import { acme, globex, initech, license, now, openMarket, seller } from "./example.test-market.ts";

const market = openMarket();

function record(members: Partial<UsageRecord> = {}): UsageRecord {
  return {
    Timestamp: new Date(now),
    CustomerAWSAccountId: acme,
    Dimension: "users",
    Quantity: 5,
    ...members,
  };
}

function send(
  UsageRecords: UsageRecord[],
  ProductCode: string | undefined = "older",
): Promise<BatchMeterUsageResult> {
  return market.client().batchMeterUsage({
    UsageRecords,
    ...(ProductCode !== "" && { ProductCode }),
  });
}

async function statusOf(usage: UsageRecord, productCode?: string): Promise<string | undefined> {
  const { Results } = await send([usage], productCode);
  return Results?.[0]?.Status;
}

async function errorOf(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => "no error",
    (error: Error) => error.name,
  );
}

describe("an older product", () => {
  test("is metered by its code and the customer's account", async () => {
    expect(await statusOf(record())).toBe("Success");
  });

  test("is metered by its code and the customer's identifier", async () => {
    const usage = { ...record(), CustomerIdentifier: "acme", CustomerAWSAccountId: undefined };
    expect(await statusOf(usage)).toBe("Success");
  });

  test("takes no record with both, which fails the whole batch", async () => {
    const sent = send([record(), record({ CustomerIdentifier: "acme", Dimension: "gigabytes" })]);
    expect(await errorOf(sent)).toBe("InvalidCustomerIdentifierException");
    expect(market.emulator.state().usage).toEqual([]);
  });

  test("takes no record with neither", async () => {
    const sent = send([record({ CustomerAWSAccountId: undefined })]);
    expect(await errorOf(sent)).toBe("InvalidCustomerIdentifierException");
  });

  test("takes no identifier that nobody has", async () => {
    const usage = { ...record(), CustomerIdentifier: "nobody", CustomerAWSAccountId: undefined };
    expect(await errorOf(send([usage]))).toBe("InvalidCustomerIdentifierException");
  });
});

describe("a newer product", () => {
  test("is metered by account and licence, without its code", async () => {
    expect(await statusOf(record({ LicenseArn: license }), "")).toBe("Success");
  });

  test("is not metered by its code", async () => {
    const sent = send([record({ LicenseArn: license })], "newer");
    expect(await errorOf(sent)).toBe("InvalidProductCodeException");
  });

  test("is not metered without a licence", async () => {
    expect(await errorOf(send([record()], ""))).toBe("InvalidProductCodeException");
  });

  test("takes no licence that there is not", async () => {
    const unknown = license.replace("0123", "9999");
    expect(await errorOf(send([record({ LicenseArn: unknown })], ""))).toBe(
      "InvalidLicenseException",
    );
  });

  test("takes no licence of somebody else", async () => {
    const usage = record({ LicenseArn: license, CustomerAWSAccountId: globex });
    expect(await errorOf(send([usage], ""))).toBe("InvalidLicenseException");
  });
});

test("a batch of licences of two products is refused, for it covers one", async () => {
  const other = license.replace("0123", "4567");
  market.emulator.directory.add({
    products: [
      {
        productCode: "newest",
        sellerAccount: seller,
        dimensions: ["users"],
        createdOn: "2026-07-01",
      },
    ],
    agreements: [{ productCode: "newest", customerAccount: acme, licenseArn: other }],
  });
  const sent = send([record({ LicenseArn: license }), record({ LicenseArn: other })], "");
  expect(await errorOf(sent)).toBe("InvalidProductCodeException");
  expect(market.emulator.state().usage).toEqual([]);
});

test("an older product that is metered by code and by licence in one hour is billed twice", async () => {
  const other = license.replace("0123", "4567");
  market.emulator.directory.add({
    agreements: [{ productCode: "older", customerAccount: acme, licenseArn: other }],
  });
  expect(await statusOf(record())).toBe("Success");
  expect(await statusOf(record({ LicenseArn: other }), "")).toBe("Success");
  expect(market.emulator.state().usage).toHaveLength(2);
});

describe("a product code", () => {
  test("that there is not fails the batch", async () => {
    expect(await errorOf(send([record()], "unknown"))).toBe("InvalidProductCodeException");
  });

  test("of another seller fails the batch", async () => {
    const { client } = market;
    const sent = client("OTHERSELLER").batchMeterUsage({
      ProductCode: "older",
      UsageRecords: [record()],
    });
    expect(await errorOf(sent)).toBe("InvalidProductCodeException");
  });

  test("whose API is disabled fails the batch", async () => {
    expect(await errorOf(send([record()], "closed"))).toBe("DisabledApiException");
  });
});

describe("a customer", () => {
  test("without an agreement is not subscribed", async () => {
    expect(await statusOf(record({ CustomerAWSAccountId: initech }))).toBe("CustomerNotSubscribed");
  });

  test("that nobody knows is not subscribed", async () => {
    expect(await statusOf(record({ CustomerAWSAccountId: "000000000001" }))).toBe(
      "CustomerNotSubscribed",
    );
  });

  test("is metered until the agreement ends, and not after", async () => {
    const before = new Date("2026-07-15T09:29:59Z");
    const after = new Date("2026-07-15T09:30:00Z");
    const usage = record({ CustomerAWSAccountId: globex });
    expect(await statusOf({ ...usage, Timestamp: before })).toBe("Success");
    expect(await statusOf({ ...usage, Timestamp: after })).toBe("CustomerNotSubscribed");
  });
});

describe("time", () => {
  const ago = (hours: number): Date => new Date(Date.parse(now) - hours * 3_600_000);

  test("of usage may be 24 hours ago since July 2026", async () => {
    expect(await statusOf(record({ Timestamp: ago(24) }))).toBe("Success");
    expect(await errorOf(send([record({ Timestamp: ago(24.01) })]))).toBe(
      "TimestampOutOfBoundsException",
    );
  });

  test.each([
    ["2026-06-15T09:30:00Z", 6],
    ["2025-09-15T09:30:00Z", 1],
  ])("of usage was bound more tightly before: on %s to %i hours", async (day, hours) => {
    market.clock.set(day);
    const at = (age: number): Date => new Date(Date.parse(day) - age * 3_600_000);
    const usage = { ...record(), CustomerIdentifier: "acme", CustomerAWSAccountId: undefined };
    expect(await statusOf({ ...usage, Timestamp: at(hours) })).toBe("Success");
    expect(await errorOf(send([{ ...usage, Timestamp: at(hours + 0.01) }]))).toBe(
      "TimestampOutOfBoundsException",
    );
  });

  test("in the future is refused, but for the tolerance of clocks", async () => {
    expect(await statusOf(record({ Timestamp: ago(-0.08) }))).toBe("Success");
    expect(await errorOf(send([record({ Timestamp: ago(-0.1) })]))).toBe(
      "TimestampOutOfBoundsException",
    );
  });

  test("of the past month is taken until 06:00 UTC on the 1st", async () => {
    const Timestamp = new Date("2026-07-31T23:00:00Z");
    market.clock.set("2026-08-01T05:59:59Z");
    expect(await statusOf(record({ Timestamp }))).toBe("Success");
    market.clock.set("2026-08-01T06:00:00Z");
    const late = send([record({ Timestamp, Dimension: "gigabytes" })]);
    expect(await errorOf(late)).toBe("TimestampOutOfBoundsException");
    expect(await statusOf(record({ Timestamp: new Date("2026-08-01T00:00:00Z") }))).toBe("Success");
  });
});

describe("an hour of a customer and a dimension", () => {
  test("counts the identical record once, with the same id", async () => {
    const first = await send([record()]);
    const second = await send([record({ Timestamp: new Date("2026-07-15T09:02:00Z") })]);
    expect(second.Results?.[0]).toMatchObject({ Status: "Success" });
    expect(second.Results?.[0]?.MeteringRecordId).toBe(first.Results?.[0]?.MeteringRecordId);
    expect(market.emulator.state().usage).toHaveLength(1);
  });

  test("refuses another quantity, and the earlier one stands", async () => {
    await send([record()]);
    expect(await statusOf(record({ Quantity: 6 }))).toBe("DuplicateRecord");
    expect(market.emulator.state().usage.map(({ quantity }) => quantity)).toEqual([5]);
  });

  test("is told apart within one batch, too", async () => {
    const { Results } = await send([record(), record({ Quantity: 6 }), record()]);
    expect(Results?.map(({ Status }) => Status)).toEqual(["Success", "DuplicateRecord", "Success"]);
  });

  test("knows a customer by identifier and by account as one", async () => {
    await send([record()]);
    const usage = { ...record(), CustomerIdentifier: "acme", CustomerAWSAccountId: undefined };
    expect(await statusOf({ ...usage, Quantity: 6 })).toBe("DuplicateRecord");
  });

  test("is another one for another dimension, another hour, another Region", async () => {
    await send([record()]);
    expect(await statusOf(record({ Dimension: "gigabytes", Quantity: 6 }))).toBe("Success");
    const earlier = new Date("2026-07-15T08:59:59Z");
    expect(await statusOf(record({ Timestamp: earlier, Quantity: 6 }))).toBe("Success");
    const elsewhere = await market
      .client("SELLER", "eu-west-1")
      .batchMeterUsage({ ProductCode: "older", UsageRecords: [record({ Quantity: 6 })] });
    expect(elsewhere.Results?.[0]?.Status).toBe("Success");
  });

  test("compares a quantity that is left out as 0", async () => {
    expect(await statusOf(record({ Quantity: undefined }))).toBe("Success");
    expect(await statusOf(record({ Quantity: 0 }))).toBe("Success");
    expect(market.emulator.state().usage).toHaveLength(1);
  });
});

describe("allocations", () => {
  const allocation = (quantity: number, ...tags: readonly string[]) => ({
    AllocatedUsageQuantity: quantity,
    Tags: tags.map((Key) => ({ Key, Value: "x" })),
  });

  test("that add up, each with tags of its own, are taken", async () => {
    const UsageAllocations = [allocation(2, "a"), allocation(3, "a", "b")];
    expect(await statusOf(record({ UsageAllocations }))).toBe("Success");
  });

  test("that do not add up fail the batch", async () => {
    const sent = send([record({ UsageAllocations: [allocation(4, "a")] })]);
    expect(await errorOf(sent)).toBe("InvalidUsageAllocationsException");
  });

  test("with the same set of tags fail the batch, in whatever order the tags come", async () => {
    const UsageAllocations = [allocation(2, "a", "b"), allocation(3, "b", "a")];
    expect(await errorOf(send([record({ UsageAllocations })]))).toBe(
      "InvalidUsageAllocationsException",
    );
  });

  test("with one tag key twice fail the batch", async () => {
    const sent = send([record({ UsageAllocations: [allocation(5, "a", "a")] })]);
    expect(await errorOf(sent)).toBe("InvalidTagException");
  });
});

test("a dimension that the product does not have fails the batch", async () => {
  const sent = send([record(), record({ Dimension: "minutes" })]);
  expect(await errorOf(sent)).toBe("InvalidUsageDimensionException");
  expect(market.emulator.state().usage).toEqual([]);
});

describe("a quantity", () => {
  test("had to be given, and to be at most a million, before March 2019", async () => {
    market.clock.set("2019-03-19T12:00:00Z");
    const Timestamp = new Date("2019-03-19T12:00:00Z");
    expect(await statusOf(record({ Timestamp, Quantity: 1_000_000 }))).toBe("Success");
    for (const Quantity of [1_000_001, undefined]) {
      const sent = send([record({ Timestamp, Quantity, Dimension: "gigabytes" })]);
      expect(await errorOf(sent)).toBe("ValidationException");
    }
  });

  test("is a 32-bit integer today, and no more", async () => {
    expect(await statusOf(record({ Quantity: 2_147_483_647 }))).toBe("Success");
  });
});

test("the eleventh request of a second is throttled, and the next second is free again", async () => {
  for (let request = 0; request < 10; request += 1) await send([record()]);
  expect(await errorOf(send([record()]))).toBe("ThrottlingException");
  market.clock.advance(1_000);
  expect(await statusOf(record())).toBe("Success");
});

test("a request of a megabyte is refused", async () => {
  const UsageAllocations = Array.from({ length: 2_000 }, (_, index) => ({
    AllocatedUsageQuantity: 0,
    Tags: [{ Key: `key-${index}`, Value: "v".repeat(250) }],
  }));
  const records = ["users", "gigabytes"].map((Dimension) =>
    record({ Dimension, Quantity: 0, UsageAllocations }),
  );
  expect(await errorOf(send(records))).toBe("ValidationException");
});

test("records come back unprocessed where that is asked for, and are not counted", async () => {
  market.emulator.faults.set([{ kind: "unprocessed", times: 1 }]);
  const records = [record(), record({ Dimension: "gigabytes" })];
  const { Results, UnprocessedRecords } = await send(records);
  expect(UnprocessedRecords).toEqual([records[0]]);
  expect(Results?.map(({ UsageRecord }) => UsageRecord)).toEqual([records[1]]);
  expect(market.emulator.state().usage).toHaveLength(1);
});
