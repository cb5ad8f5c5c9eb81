import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BatchMeterUsageRequest,
  type BatchMeterUsageResult,
  ExpiredTokenException,
  InvalidUsageDimensionException,
  ThrottlingException,
} from "@pawprint/marketplace-metering";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorkerd, type WorkerdService } from "./local-workerd.ts";

/** What the Worker logs comes through a pipe of its own. */
const patience = { timeout: 20_000 };
const mock = mockMarketplaceMetering();
let aws: LocalService;
let folder: string;
let worker: WorkerdService;
let moment: number;

beforeAll(async () => {
  aws = await serveHandlers(mock.handlers);
});
afterAll(() => aws.close());

beforeEach(async () => {
  mock.reset();
  mock.batchMeterUsage.replies(accept);
  folder = await mkdtemp(join(tmpdir(), "example-worker-"));
  worker = await start();
  // Seals the hour in which the test runs, so that a full hour that strikes meanwhile changes nothing.
  moment = Date.now() + 3_600_000;
  await worker.runCron(new Date(moment));
});
afterEach(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

test("a buyer registers, usage comes in, and the hour is billed under the licence", async () => {
  const customer = await register();
  expect(mock.resolveCustomer.calls[0]?.input).toEqual({ RegistrationToken: "token/+=" });
  const response = await report([
    { id: "1", customer, dimension: "requests", quantity: 3 },
    { id: "2", customer, dimension: "requests", quantity: 4 },
  ]);
  expect(response.status).toBe(200);
  await worker.runCron(nextHour());
  const { input } = mock.batchMeterUsage.calls[0] ?? {};
  expect(input).toEqual({
    UsageRecords: [
      {
        Timestamp: expect.any(Date),
        CustomerAWSAccountId: "111122223333",
        LicenseArn: licenseOf(0),
        Dimension: "requests",
        Quantity: 7,
      },
    ],
  });
  expect(Number(input?.UsageRecords[0]?.Timestamp) % 3_600_000).toBe(0);
});

test("an hour that is not over is not sent", async () => {
  await report([{ id: "1", customer: await register(), dimension: "requests", quantity: 1 }]);
  await worker.runCron(new Date(moment));
  expect(mock.batchMeterUsage.calls).toEqual([]);
});

test("an event that is sent twice counts once", async () => {
  const event = { id: "1", customer: await register(), dimension: "requests", quantity: 3 };
  expect((await report([event, event])).status).toBe(200);
  expect((await report([event])).status).toBe(200);
  await worker.runCron(nextHour());
  expect(sentQuantities()).toEqual([[3]]);
});

test("what comes in after an hour has been sent counts in the next one", async () => {
  const customer = await register();
  await report([{ id: "1", customer, dimension: "requests", quantity: 1 }]);
  await worker.runCron(nextHour());
  await report([{ id: "2", customer, dimension: "requests", quantity: 5 }]);
  await worker.runCron(nextHour());
  expect(sentQuantities()).toEqual([[1], [5]]);
  const [first, second] = mock.batchMeterUsage.calls.map(({ input }) => input.UsageRecords[0]);
  expect(Number(second?.Timestamp) - Number(first?.Timestamp)).toBe(3_600_000);
});

test("30 customers go out in batches of at most 25", async () => {
  const customers: string[] = [];
  for (let index = 0; index < 30; index += 1) customers.push(await register(index));
  await report(
    customers.map((customer, index) => ({
      id: String(index),
      customer,
      dimension: "requests",
      quantity: index + 1,
    })),
  );
  await worker.runCron(nextHour());
  expect(sentQuantities().map((quantities) => quantities.length)).toEqual([25, 5]);
  expect(new Set(sentQuantities().flat()).size).toBe(30);
});

test("what is not billed is reported, and not sent again", async () => {
  const customer = await register();
  await report([
    { id: "1", customer, dimension: "requests", quantity: 1 },
    { id: "2", customer, dimension: "storage", quantity: 2 },
    { id: "3", customer, dimension: "users", quantity: 3 },
  ]);
  mock.batchMeterUsage.replies((input) => {
    const { Results = [] } = accept(input);
    const statuses = ["Success", "CustomerNotSubscribed", "DuplicateRecord"];
    return { Results: Results.map((result, index) => ({ ...result, Status: statuses[index] })) };
  });
  await worker.runCron(nextHour());
  await worker.runCron(nextHour());
  expect(mock.batchMeterUsage.calls).toHaveLength(1);
  const reported = (): string[] => worker.log.filter((line) => line.includes("usage not billed"));
  await expect.poll(reported, patience).toHaveLength(2);
  expect(reported().join()).toMatch(/CustomerNotSubscribed.*DuplicateRecord/);
});

test("unprocessed records go out again, unchanged", async () => {
  const customer = await register();
  await report([
    { id: "1", customer, dimension: "requests", quantity: 1 },
    { id: "2", customer, dimension: "storage", quantity: 2 },
  ]);
  mock.batchMeterUsage.replies((input) => {
    const [unprocessed, ...rest] = input.UsageRecords;
    if (unprocessed === undefined || rest.length === 0) return accept(input);
    return { ...accept({ UsageRecords: rest }), UnprocessedRecords: [unprocessed] };
  });
  await worker.runCron(nextHour());
  const [first, second] = mock.batchMeterUsage.calls.map(({ input }) => input.UsageRecords);
  expect(second).toEqual(first?.slice(0, 1));
});

test("after throttling that does not end, the next run sends the same records", async () => {
  const customer = await register();
  await report([{ id: "1", customer, dimension: "requests", quantity: 1 }]);
  mock.batchMeterUsage.rejects(new ThrottlingException({ message: "slow down" }));
  await expect(worker.runCron(nextHour())).rejects.toThrow("exception");
  const refused = mock.batchMeterUsage.calls.map(({ input }) => input);
  mock.batchMeterUsage.replies(accept);
  await worker.runCron(nextHour());
  await worker.runCron(nextHour());
  expect(mock.batchMeterUsage.calls.map(({ input }) => input)).toEqual([...refused, refused[0]]);
});

test("a dimension that does not exist keeps no other record from being billed", async () => {
  const customer = await register();
  await report([
    { id: "1", customer, dimension: "requests", quantity: 1 },
    { id: "2", customer, dimension: "nonsense", quantity: 2 },
    { id: "3", customer, dimension: "users", quantity: 3 },
  ]);
  const billed: unknown[] = [];
  mock.batchMeterUsage.replies((input) => {
    if (input.UsageRecords.some(({ Dimension }) => Dimension === "nonsense")) {
      throw new InvalidUsageDimensionException({ message: "no such dimension" });
    }
    billed.push(...input.UsageRecords.map(({ Dimension }) => Dimension));
    return accept(input);
  });
  await worker.runCron(nextHour());
  expect(billed.sort()).toEqual(["requests", "users"]);
  await expect.poll(() => worker.log.join(), patience).toContain("InvalidUsageDimensionException");
});

test("a Worker that is killed while it waits for the answer sends the same records after its restart", async () => {
  const customer = await register();
  await report([{ id: "1", customer, dimension: "requests", quantity: 9 }]);
  const arrived = new Promise<void>((resolve) => {
    mock.batchMeterUsage.replies(() => {
      resolve();
      return new Promise(() => {});
    });
  });
  const run = worker.runCron(nextHour()).catch(() => {});
  await arrived;
  await worker.stop();
  await run;
  mock.batchMeterUsage.replies(accept);
  worker = await start();
  await worker.runCron(nextHour());
  const [first, second] = mock.batchMeterUsage.calls.map(({ input }) => input);
  expect(second).toEqual(first);
});

test("an event that cannot be counted is given back, and the others are counted", async () => {
  const customer = await register();
  const response = await report([
    { id: "1", customer: "nobody", dimension: "requests", quantity: 1 },
    { id: "2", customer, dimension: "requests", quantity: 2_147_483_647 },
    { id: "3", customer, dimension: "requests", quantity: 1 },
  ]);
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({
    refusals: [
      { id: "1", reason: "unknown customer" },
      { id: "3", reason: "hour is full" },
    ],
  });
  await worker.runCron(nextHour());
  expect(sentQuantities()).toEqual([[2_147_483_647]]);
});

test("events are refused without the token, and where they make no sense", async () => {
  const event = { id: "1", customer: "x", dimension: "requests", quantity: 1.5 };
  expect((await report([event], "wrong")).status).toBe(401);
  const response = await report([event]);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("[0].quantity must be a whole number");
});

test("a buyer who registers again gets the same id", async () => {
  expect(await register()).toBe(await register());
});

test("a buyer whose token has expired is asked to start again", async () => {
  mock.resolveCustomer.rejects(new ExpiredTokenException({ message: "expired" }));
  const response = await postToken({ "x-amzn-marketplace-token": "token" });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("open the product in AWS Marketplace");
});

test("a visitor without a token is asked to start at AWS Marketplace", async () => {
  expect((await postToken({})).status).toBe(400);
  expect(mock.resolveCustomer.calls).toEqual([]);
});

test("a buyer of another product is not registered", async () => {
  mock.resolveCustomer.resolves({ ...customerOf(0), ProductCode: "other" });
  expect((await postToken({ "x-amzn-marketplace-token": "token" })).status).toBe(400);
});

test("a buyer is asked to reload the page while AWS Marketplace is busy", async () => {
  mock.resolveCustomer.rejects(new ThrottlingException({ message: "slow down" }));
  expect((await postToken({ "x-amzn-marketplace-token": "token" })).status).toBe(503);
});

function start(): Promise<WorkerdService> {
  return startWorkerd(folder, {
    METERING_ENDPOINT: aws.url,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    USAGE_TOKEN: "token-of-services",
  });
}

/** An hour after the last one: whatever has been counted until now is over then. */
function nextHour(): Date {
  moment += 3_600_000;
  return new Date(moment);
}

function postToken(fields: { readonly [name: string]: string }): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(`${worker.url}/fulfilment`, { method: "POST", body, redirect: "manual" });
}

async function register(index = 0): Promise<string> {
  mock.resolveCustomer.resolves(customerOf(index));
  const response = await postToken({ "x-amzn-marketplace-token": "token/+=" });
  expect(response.status).toBe(303);
  const page = new URL(response.headers.get("location") ?? "");
  expect(page.origin + page.pathname).toBe("https://example.com/sign-up");
  return page.searchParams.get("customer") ?? "";
}

function report(events: readonly object[], token = "token-of-services"): Promise<Response> {
  return fetch(`${worker.url}/usage`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(events),
  });
}

function customerOf(index: number): {
  ProductCode: string;
  CustomerAWSAccountId: string;
  LicenseArn: string;
} {
  return {
    ProductCode: "example-product",
    CustomerAWSAccountId: String(111122223333 + index),
    LicenseArn: licenseOf(index),
  };
}

function licenseOf(index: number): string {
  return `arn:aws:license-manager::294406891311:license:l-${index}`;
}

function accept({ UsageRecords }: BatchMeterUsageRequest): BatchMeterUsageResult {
  return {
    Results: UsageRecords.map((UsageRecord) => ({
      UsageRecord,
      MeteringRecordId: "8fcb8c1c-35ab-4d5f-9a5d-3b1f3f1c7a10",
      Status: "Success",
    })),
    UnprocessedRecords: [],
  };
}

function sentQuantities(): (number | undefined)[][] {
  return mock.batchMeterUsage.calls.map(({ input }) =>
    input.UsageRecords.map(({ Quantity }) => Quantity),
  );
}
