import {
  isBatchMeterUsageError,
  isInvalidInputError,
  isResponseError,
  isServiceError,
  isTransportError,
  type MarketplaceMeteringClient,
  ThrottlingException,
  TimestampOutOfBoundsException,
  UnmodeledServiceError,
} from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { HttpResponse, http } from "msw";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const mock = mockMarketplaceMetering();
let service: LocalService;
let answer: (request: Request) => Response | Promise<Response> = () => HttpResponse.error();

beforeAll(async () => {
  const custom = http.post("*/custom", ({ request }) => answer(request));
  service = await serveHandlers([custom, ...mock.handlers]);
});
afterEach(() => mock.reset());
afterAll(() => service.close());

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const timestamp = new Date("2026-07-01T10:00:00.250Z");
const record = { Timestamp: timestamp, CustomerAWSAccountId: "111122223333", Dimension: "users" };

const platforms = [
  { name: "node", Client: NodeMetering },
  { name: "edge", Client: EdgeMetering },
] as const;

describe.each(platforms)("the $name transport over a socket", ({ Client }) => {
  function createClient(options: object = {}): MarketplaceMeteringClient {
    return new Client({ region: "eu-west-1", credentials, endpoint: service.url, ...options });
  }

  test("carries dates and numbers both ways", async () => {
    const output = {
      Results: [{ UsageRecord: { ...record, Quantity: 3 }, MeteringRecordId: "m-1" }],
      UnprocessedRecords: [record],
    };
    mock.batchMeterUsage.resolves(output);
    const { $metadata, ...result } = await createClient().batchMeterUsage({
      ProductCode: "product",
      UsageRecords: [record],
    });
    expect(result).toEqual(output);
    expect($metadata).toEqual({
      httpStatusCode: 200,
      requestId: expect.stringMatching(/^00000000-/),
      attempts: 1,
      totalRetryDelay: 0,
    });
    expect(mock.batchMeterUsage.calls[0]?.input).toEqual({
      ProductCode: "product",
      UsageRecords: [record],
    });
  });

  test("signs with Signature Version 4 for the Region and the service", async () => {
    await createClient().resolveCustomer({ RegistrationToken: "token" });
    const { headers, region } = mock.resolveCustomer.calls[0] ?? {};
    expect(region).toBe("eu-west-1");
    expect(headers?.get("authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/aws-marketplace\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
    );
    expect(headers?.get("x-amz-target")).toBe("AWSMPMeteringService.ResolveCustomer");
    expect(headers?.get("content-type")).toBe("application/x-amz-json-1.1");
  });

  test("makes a ClientToken, and keeps it across attempts", async () => {
    mock.meterUsage.rejectsOnce(new ThrottlingException({ message: "slow down" }));
    const { $metadata } = await createClient().meterUsage({
      ProductCode: "product",
      Timestamp: timestamp,
      UsageDimension: "users",
    });
    const tokens = mock.meterUsage.calls.map(({ input }) => input.ClientToken);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect($metadata.attempts).toBe(2);
    expect($metadata.totalRetryDelay).toBeGreaterThanOrEqual(0);
    expect(mock.meterUsage.calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
    const ids = mock.meterUsage.calls.map(({ headers }) => headers.get("amz-sdk-invocation-id"));
    expect(ids[1]).toBe(ids[0]);
  });

  test("rejects with the class of a modelled error", async () => {
    mock.batchMeterUsage.rejects(new TimestampOutOfBoundsException({ message: "too old" }));
    const error = await createClient()
      .batchMeterUsage({ UsageRecords: [record] })
      .catch(identity);
    expect(error).toBeInstanceOf(TimestampOutOfBoundsException);
    expect(isBatchMeterUsageError(error)).toBe(true);
    expect(isServiceError(error)).toBe(true);
    expect(isTransportError(error)).toBe(false);
    expect(error).toMatchObject({
      name: "TimestampOutOfBoundsException",
      message: "too old",
      $fault: "client",
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
  });

  test("rejects with another kind of error where the model does not know it", async () => {
    answer = () =>
      HttpResponse.json(
        {
          __type: "com.amazon.coral.service#AccessDeniedException",
          Message: "no",
          Reason: "policy",
        },
        { status: 400, headers: { "x-amzn-requestid": "id-1" } },
      );
    const error = await createClient({ endpoint: `${service.url}/custom` })
      .resolveCustomer({ RegistrationToken: "token" })
      .catch(identity);
    expect(error).toBeInstanceOf(UnmodeledServiceError);
    expect(error).toMatchObject({
      name: "AccessDeniedException",
      message: "no",
      members: { Reason: "policy" },
      $metadata: { requestId: "id-1", attempts: 1 },
    });
  });

  test("sends again after a fault of the server, and gives up after maxAttempts", async () => {
    let requests = 0;
    answer = () => {
      requests += 1;
      return new HttpResponse("busy", { status: 503 });
    };
    const error = await createClient({ endpoint: `${service.url}/custom`, maxAttempts: 2 })
      .resolveCustomer({ RegistrationToken: "token" })
      .catch(identity);
    expect(requests).toBe(2);
    expect(error).toMatchObject({
      name: "UnknownError",
      $fault: "server",
      $metadata: { httpStatusCode: 503, attempts: 2 },
    });
  });

  test("tells a response that cannot be read from a service error", async () => {
    answer = () => new HttpResponse('{"CustomerAWSAccountId": ', { status: 200 });
    const error = await createClient({ endpoint: `${service.url}/custom` })
      .resolveCustomer({ RegistrationToken: "token" })
      .catch(identity);
    expect(isResponseError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "ResponseError",
      body: '{"CustomerAWSAccountId": ',
      $metadata: { httpStatusCode: 200, attempts: 1 },
    });
  });

  test("refuses input that breaks the model, all problems at once, and sends nothing", async () => {
    const input = {
      UsageRecords: [
        { ...record, Quantity: 2_147_483_648 },
        { Timestamp: "2026-07-01", Dimension: "", Quantiti: 1 },
      ],
      ProductCode: "no spaces",
    };
    const error = await createClient()
      // @ts-expect-error: the types refuse it, too
      .batchMeterUsage(input)
      .catch(identity);
    expect(isInvalidInputError(error) && error.problems).toEqual([
      { path: "UsageRecords[0].Quantity", message: "2147483648 is above 2147483647" },
      { path: "UsageRecords[1].Timestamp", message: '"2026-07-01" is not a Date' },
      { path: "UsageRecords[1].Dimension", message: "0 characters are fewer than 1" },
      { path: "UsageRecords[1].Dimension", message: '"" does not match /[\\s\\S]+/u' },
      { path: "UsageRecords[1].Quantiti", message: "is no member of the model" },
      {
        path: "ProductCode",
        message: '"no spaces" does not match /^[-a-zA-Z0-9/=:_.@]*$/u',
      },
    ]);
    expect(mock.batchMeterUsage.calls).toHaveLength(0);
  });

  test("does not check the input when validate is off", async () => {
    const error = await createClient({ validate: false })
      .batchMeterUsage({ UsageRecords: [{ ...record, Quantity: -1 }] })
      .catch(identity);
    expect(error).toMatchObject({ name: "ValidationException", $fault: "client" });
    expect(mock.batchMeterUsage.calls).toHaveLength(1);
  });

  test("ends with an AbortError when the caller's signal fires", async () => {
    const controller = new AbortController();
    answer = () => {
      controller.abort(new Error("enough"));
      return new Promise(() => {});
    };
    const error = await createClient({ endpoint: `${service.url}/custom` })
      .resolveCustomer({ RegistrationToken: "token" }, { abortSignal: controller.signal })
      .catch(identity);
    expect(error).toMatchObject({
      name: "AbortError",
      cause: { message: "enough" },
      $metadata: { attempts: 1 },
    });
  });

  test("ends with a TimeoutError when a response does not come in time", async () => {
    answer = () => new Promise(() => {});
    const error = await createClient({ endpoint: `${service.url}/custom`, maxAttempts: 1 })
      .resolveCustomer({ RegistrationToken: "token" }, { requestTimeout: 50 })
      .catch(identity);
    expect(error).toMatchObject({ name: "TimeoutError", $metadata: { attempts: 1 } });
  });

  test("lets interceptors see and change what is sent", async () => {
    const seen: string[] = [];
    await createClient({
      interceptors: [
        {
          readBeforeExecution: ({ operation }: { operation: string }) => void seen.push(operation),
          modifyBeforeSigning: ({ request }: { request: { headers: object } }) => ({
            ...request,
            headers: { ...request.headers, "x-custom": "yes" },
          }),
          readAfterExecution: (context: object) => void seen.push(Object.keys(context).join()),
        },
      ],
    }).resolveCustomer({ RegistrationToken: "token" });
    expect(seen).toEqual(["ResolveCustomer", "service,operation,input,output"]);
    const { headers } = mock.resolveCustomer.calls[0] ?? {};
    expect(headers?.get("x-custom")).toBe("yes");
    expect(headers?.get("authorization")).toContain(";x-custom,");
  });
});

test("refuses an option that cannot be, with its name", () => {
  const create = (options: object) => () => new NodeMetering(options);
  expect(create({ region: "us east 1" })).toThrow(/^region: must be an AWS Region/);
  expect(create({ endpoint: "example.com" })).toThrow(/^endpoint: must be a URL/);
  expect(create({ requestTimeout: -1 })).toThrow(/^requestTimeout: must be a number/);
  expect(create({ timeout: 5 })).toThrow(/^timeout: there is no such option/);
  expect(create({ credentials: { accessKeyId: "a" } })).toThrow(/^credentials: must be an object/);
  expect(create({ fetch })).toThrow(/^fetch: there is no such option/);
});

test("the edge transport needs a Region and credentials", () => {
  // @ts-expect-error: the types ask for them, too
  expect(() => new EdgeMetering({ credentials })).toThrow(/^region: must be given/);
  // @ts-expect-error
  expect(() => new EdgeMetering({ region: "us-east-1" })).toThrow(/^credentials: must be given/);
});

function identity(error: unknown): unknown {
  return error;
}
