import { readFile } from "node:fs/promises";
import {
  type BatchMeterUsageRequest,
  type BatchMeterUsageResult,
  ThrottlingException,
  UnmodeledServiceError,
} from "@pawprint/marketplace-metering";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { HttpResponse, http } from "msw";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Invocation, invoke } from "./local-lambda.ts";
import { type LocalUsageApi, startUsageApi } from "./local-usage-api.ts";
import type { HourlyUsage } from "./usage-api.ts";

const mock = mockMarketplaceMetering();
let aws: LocalService;
let usageApi: LocalUsageApi;

beforeAll(async () => {
  await import("./bundle.ts");
  aws = await serveHandlers(mock.handlers);
});
afterAll(() => aws.close());

beforeEach(async () => {
  mock.reset();
  mock.batchMeterUsage.replies(accept);
  usageApi = await startUsageApi();
});
afterEach(() => usageApi.close());

test("every hour that is over is sent, in batches, with the product's code", async () => {
  usageApi.add(...createUsage(30), {
    ...createUsage(1)[0],
    hour: "2026-11-25T10:00:00Z",
  } as HourlyUsage);
  const { result } = await run();
  expect(result).toEqual({ billed: 30, refused: 0 });
  const inputs = mock.batchMeterUsage.calls.map(({ input }) => input);
  expect(inputs.map(({ UsageRecords }) => UsageRecords.length)).toEqual([25, 5]);
  expect(inputs[0]?.ProductCode).toBe("example-product");
  expect(inputs[0]?.UsageRecords[0]).toEqual({
    Timestamp: new Date("2026-11-25T09:00:00Z"),
    CustomerAWSAccountId: "111122223333",
    Dimension: "requests",
    Quantity: 100,
  });
  expect(usageApi.settled).toHaveLength(30);
});

test("requests carry the Region, the session and the trace of the function", async () => {
  usageApi.add(...createUsage(1));
  await run();
  const [call] = mock.batchMeterUsage.calls;
  expect(call?.region).toBe("us-east-1");
  expect(call?.headers.get("x-amz-security-token")).toBe("session");
  expect(call?.headers.get("x-amzn-trace-id")).toContain("1-5759e988");
});

test("usage that is not billed is in the log and in the report, and is not sent again", async () => {
  usageApi.add(...createUsage(3));
  mock.batchMeterUsage.replies((input) => {
    const statuses = ["Success", "CustomerNotSubscribed", "DuplicateRecord"];
    const { Results = [] } = accept(input);
    return { Results: Results.map((result, index) => ({ ...result, Status: statuses[index] })) };
  });
  const { result, log } = await run();
  expect(result).toEqual({ billed: 1, refused: 2 });
  expect(log).toContain('"account":"111122223334"');
  expect(log).toContain("CustomerNotSubscribed");
  expect(log).toContain("DuplicateRecord");
  expect((await run()).result).toEqual({ billed: 0, refused: 0 });
  expect(mock.batchMeterUsage.calls).toHaveLength(1);
});

test("unprocessed records are sent again at once, unchanged", async () => {
  usageApi.add(...createUsage(2));
  mock.batchMeterUsage.replies((input) => {
    const [first, ...rest] = input.UsageRecords;
    if (first === undefined || rest.length === 0) return accept(input);
    return { ...accept({ UsageRecords: rest }), UnprocessedRecords: [first] };
  });
  expect((await run()).result).toEqual({ billed: 2, refused: 0 });
  const [first, second] = mock.batchMeterUsage.calls.map(({ input }) => input.UsageRecords);
  expect(second).toEqual(first?.slice(0, 1));
});

test("a run that leaves records unprocessed fails, so that Lambda tries again", async () => {
  usageApi.add(...createUsage(2));
  mock.batchMeterUsage.replies(({ UsageRecords: [first, ...rest] }) => ({
    ...accept({ UsageRecords: rest }),
    UnprocessedRecords: first === undefined ? [] : [first],
  }));
  const { failed, result } = await run();
  expect(failed).toBe(true);
  expect(result).toMatchObject({ errorMessage: "records that are still waiting: 1" });
  expect(usageApi.settled).toHaveLength(1);
});

test("a run that is throttled fails, and the next one sends the same records", async () => {
  usageApi.add(...createUsage(1));
  mock.batchMeterUsage.rejects(new ThrottlingException({ message: "slow down" }));
  const { failed, result } = await run();
  expect(failed).toBe(true);
  expect(result).toMatchObject({ errorType: "ThrottlingException" });
  const [refused] = mock.batchMeterUsage.calls;
  mock.batchMeterUsage.replies(accept);
  expect((await run()).result).toEqual({ billed: 1, refused: 0 });
  expect(mock.batchMeterUsage.calls.at(-1)?.input).toEqual(refused?.input);
});

test("a function without the permission fails, and gives up no record", async () => {
  usageApi.add(...createUsage(1));
  mock.batchMeterUsage.rejects(
    new UnmodeledServiceError("AccessDeniedException", "client", { message: "not allowed" }),
  );
  expect((await run()).result).toMatchObject({ errorType: "AccessDeniedException" });
  expect(usageApi.settled).toEqual([]);
});

test("a function whose time runs out stops before it is stopped", async () => {
  usageApi.add(...createUsage(1));
  mock.batchMeterUsage.replies(() => new Promise(() => {}));
  const { result } = await run({ TIMEOUT: "5.5" });
  expect(result).toMatchObject({ errorType: "AbortError" });
  expect(usageApi.settled).toEqual([]);
});

test("the credential chain works in the bundle, too", async () => {
  usageApi.add(...createUsage(1));
  const chain = await startCredentials({
    AccessKeyId: "ASIAOTHER",
    SecretAccessKey: "example",
    Token: "token of the chain",
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const { result } = await run({
    AWS_ACCESS_KEY_ID: "",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: chain.url,
  });
  await chain.close();
  expect(result).toEqual({ billed: 1, refused: 0 });
  const { headers } = mock.batchMeterUsage.calls[0] ?? {};
  expect(headers?.get("x-amz-security-token")).toBe("token of the chain");
});

test("a function with the default timeout of 3 seconds says that it needs more", async () => {
  const { result } = await run({ TIMEOUT: "3" });
  expect(result).toMatchObject({
    errorMessage: "the function needs a timeout of more than 5 seconds",
  });
});

test("a function without its variables says which one is missing", async () => {
  const { result } = await run({ PRODUCT_CODE: "" });
  expect(result).toMatchObject({
    errorMessage: "the environment variable PRODUCT_CODE is missing",
  });
});

test("the loop that sends is the one that the Worker has", async () => {
  const own = await readFile(new URL("send-usage.ts", import.meta.url), "utf8");
  const other = new URL("../../worker/src/send-usage.ts", import.meta.url);
  expect(own).toBe(await readFile(other, "utf8"));
});

function run(variables: { readonly [name: string]: string } = {}): Promise<Invocation> {
  return invoke(
    { time: "2026-11-25T10:05:00Z" },
    {
      METERING_ENDPOINT: aws.url,
      USAGE_API_URL: usageApi.url,
      USAGE_API_TOKEN: usageApi.token,
      PRODUCT_CODE: "example-product",
      ...variables,
    },
  );
}

/** Gives credentials over HTTP, as a container gets them. */
function startCredentials(credentials: object): Promise<LocalService> {
  return serveHandlers([http.get("*", () => HttpResponse.json(credentials))]);
}

function createUsage(count: number): HourlyUsage[] {
  return Array.from({ length: count }, (_, index) => ({
    account: String(111122223333 + index),
    dimension: "requests",
    hour: "2026-11-25T09:00:00Z",
    quantity: 100 + index,
  }));
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
