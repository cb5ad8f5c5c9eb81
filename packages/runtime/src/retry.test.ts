import type { RetryErrorType } from "@smithy/types";
import { describe, expect, it } from "vitest";
import {
  ConfigurationError,
  InvalidInputError,
  ResponseError,
  ServiceError,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";
import { isClockSkewError, readRetryAfter, StandardRetryStrategy, selectRetry } from "./retry.ts";

describe("StandardRetryStrategy", () => {
  it("allows two retries unless it is told otherwise", async () => {
    expect(await countRetries(new StandardRetryStrategy())).toBe(2);
  });

  it.each([
    [1, 0],
    [2, 1],
    [10, 9],
  ])("allows for maxAttempts %d as many as %d retries", async (maxAttempts, retries) => {
    expect(await countRetries(new StandardRetryStrategy({ maxAttempts }))).toBe(retries);
  });

  it("waits up to 50 ms, 100 ms, 200 ms and so on, up to 20 seconds", async () => {
    const strategy = new StandardRetryStrategy({ maxAttempts: 12, random: () => 1 });
    expect(await delays(strategy, "TRANSIENT", 11)).toEqual([
      50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000,
    ]);
  });

  it("waits up to 1, 2, 4, 8 and 16 seconds after throttling, up to 20 seconds", async () => {
    const strategy = new StandardRetryStrategy({ maxAttempts: 8, random: () => 1 });
    expect(await delays(strategy, "THROTTLING", 7)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000,
    ]);
  });

  it("spreads the wait over all of it, down to nothing", async () => {
    const numbers = [0, 0.5, 0.999];
    const random = () => numbers.shift() ?? 0;
    const strategy = new StandardRetryStrategy({ maxAttempts: 4, random });
    expect(await delays(strategy, "TRANSIENT", 3)).toEqual([0, 50, 199]);
  });

  it("does not wait itself", async () => {
    const strategy = new StandardRetryStrategy({ maxAttempts: 12, random: () => 1 });
    const started = performance.now();
    await delays(strategy, "THROTTLING", 11);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("takes 14 from its budget of 500 for a retry, and refuses once that is used up", async () => {
    const strategy = new StandardRetryStrategy();
    expect(await countFirstRetries(strategy, "TRANSIENT")).toBe(35);
  });

  it("takes 5 for a retry after throttling", async () => {
    const strategy = new StandardRetryStrategy();
    expect(await countFirstRetries(strategy, "THROTTLING")).toBe(100);
  });

  it("says in each token what the retry took", async () => {
    const strategy = new StandardRetryStrategy();
    const token = await strategy.acquireInitialRetryToken("scope");
    expect(token.getRetryCount()).toBe(0);
    expect(token.getRetryDelay()).toBe(0);
    expect(token.getRetryCost()).toBeUndefined();
    const retry = await strategy.refreshRetryTokenForRetry(token, { errorType: "TRANSIENT" });
    expect(retry.getRetryCount()).toBe(1);
    expect(retry.getRetryCost()).toBe(14);
    const next = await strategy.refreshRetryTokenForRetry(retry, { errorType: "THROTTLING" });
    expect(next.getRetryCount()).toBe(2);
    expect(next.getRetryCost()).toBe(5);
  });

  it("gets back what the last retry took when a call succeeds", async () => {
    const strategy = new StandardRetryStrategy();
    const first = await strategy.acquireInitialRetryToken("scope");
    const retry = await strategy.refreshRetryTokenForRetry(first, { errorType: "TRANSIENT" });
    await countFirstRetries(strategy, "TRANSIENT");
    strategy.recordSuccess(retry);
    expect(await countFirstRetries(strategy, "TRANSIENT")).toBe(1);
  });

  it("gets back 1 when a call succeeds without a retry", async () => {
    const strategy = new StandardRetryStrategy();
    await countFirstRetries(strategy, "THROTTLING");
    const token = await strategy.acquireInitialRetryToken("scope");
    for (const _ of [1, 2, 3, 4]) strategy.recordSuccess(token);
    expect(await countFirstRetries(strategy, "THROTTLING")).toBe(0);
    strategy.recordSuccess(token);
    expect(await countFirstRetries(strategy, "THROTTLING")).toBe(1);
  });

  it("never has a budget of more than 500", async () => {
    const strategy = new StandardRetryStrategy();
    const token = await strategy.acquireInitialRetryToken("scope");
    for (let calls = 0; calls < 1_000; calls += 1) strategy.recordSuccess(token);
    expect(await countFirstRetries(strategy, "THROTTLING")).toBe(100);
  });

  it("has a budget of its own for each instance", async () => {
    await countFirstRetries(new StandardRetryStrategy(), "TRANSIENT");
    expect(await countFirstRetries(new StandardRetryStrategy(), "TRANSIENT")).toBe(35);
  });

  it("waits until the service wants to be asked again, and never less", async () => {
    const strategy = new StandardRetryStrategy({ random: () => 0 });
    const token = await strategy.acquireInitialRetryToken("scope");
    const retryAfterHint = new Date(Date.now() + 30_000);
    const retry = await strategy.refreshRetryTokenForRetry(token, {
      errorType: "THROTTLING",
      retryAfterHint,
    });
    expect(retry.getRetryDelay()).toBeGreaterThan(29_000);
    expect(retry.getRetryDelay()).toBeLessThanOrEqual(30_000);
  });

  it("waits its own time where the service wants to be asked earlier", async () => {
    const strategy = new StandardRetryStrategy({ random: () => 0.5 });
    const token = await strategy.acquireInitialRetryToken("scope");
    const retry = await strategy.refreshRetryTokenForRetry(token, {
      errorType: "THROTTLING",
      retryAfterHint: new Date(Date.now() - 5_000),
    });
    expect(retry.getRetryDelay()).toBe(500);
  });

  it.each([
    ["more than a minute off", new Date(Date.now() + 3_600_000)],
    ["no date", new Date(Number.NaN)],
  ])("gives up, and takes nothing, where the hint is %s", async (_, retryAfterHint) => {
    const strategy = new StandardRetryStrategy();
    const token = await strategy.acquireInitialRetryToken("scope");
    const errorInfo = { errorType: "THROTTLING", retryAfterHint } as const;
    await expect(strategy.refreshRetryTokenForRetry(token, errorInfo)).rejects.toThrow("too long");
    expect(await countFirstRetries(strategy, "THROTTLING")).toBe(100);
  });

  it.each(["CLIENT_ERROR", "SERVER_ERROR"] as const)("does not retry a %s", async (errorType) => {
    const strategy = new StandardRetryStrategy();
    const token = await strategy.acquireInitialRetryToken("scope");
    await expect(strategy.refreshRetryTokenForRetry(token, { errorType })).rejects.toThrow(
      "not a passing one",
    );
  });

  it("takes success with the token of another strategy", async () => {
    const foreign = { getRetryCount: () => 0, getRetryDelay: () => 0 };
    expect(() => new StandardRetryStrategy().recordSuccess(foreign as never)).not.toThrow();
  });
});

describe("selectRetry", () => {
  it.each([
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
  ])("calls %s throttling", (name) => {
    expect(selectRetry(serviceError(name, 400))).toBe("THROTTLING");
  });

  it("calls status 429 throttling, whatever the name", () => {
    expect(selectRetry(serviceError("Anything", 429))).toBe("THROTTLING");
  });

  it("calls a throttling code throttling, whatever the status", () => {
    expect(selectRetry(serviceError("SlowDown", 503))).toBe("THROTTLING");
  });

  it.each([500, 502, 503, 504])("calls status %d transient", (status) => {
    expect(selectRetry(serviceError("InternalServiceErrorException", status))).toBe("TRANSIENT");
  });

  it.each(["RequestTimeout", "RequestTimeoutException"])("calls %s transient", (name) => {
    expect(selectRetry(serviceError(name, 400))).toBe("TRANSIENT");
  });

  it.each([
    [{ throttling: true }, "THROTTLING"],
    [{ throttling: false }, "TRANSIENT"],
  ] as const)("goes by what the model says of an error: %j", (retryable, expected) => {
    class Modeled extends ServiceError {
      constructor() {
        super("Modeled", "client", { $metadata: metadata(400) }, { retryable });
      }
    }
    expect(selectRetry(new Modeled())).toBe(expected);
  });

  it.each(["ConnectionError", "TimeoutError"] as const)("calls a %s transient", (name) => {
    expect(selectRetry(new TransportError(name, ""))).toBe("TRANSIENT");
  });

  it.each([
    ["CLIENT_ERROR", serviceError("InvalidProductCodeException", 400)],
    ["CLIENT_ERROR", serviceError("AccessDeniedException", 403)],
    ["CLIENT_ERROR", serviceError("NotImplemented", 501)],
    ["SERVER_ERROR", new UnmodeledServiceError("Unknown", "server")],
  ])("calls every other error of the service a %s, which a strategy may retry", (type, error) => {
    expect(selectRetry(error)).toBe(type);
  });

  it.each([
    ["an abort", new TransportError("AbortError", "")],
    ["a refused input", new InvalidInputError("MeterUsage", [])],
    ["a response that cannot be read", new ResponseError("", "", { $metadata: metadata(500) })],
    ["a configuration error", new ConfigurationError("")],
    ["a foreign error", Object.assign(new Error("reset"), { code: "ECONNRESET" })],
    ["no error at all", undefined],
  ])("takes %s as final", (_, error) => {
    expect(selectRetry(error)).toBeUndefined();
  });
});

describe("isClockSkewError", () => {
  it.each([
    "RequestTimeTooSkewed",
    "RequestExpired",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestInTheFuture",
    "AccessDeniedException",
  ])("knows that a wrong clock can cause %s", (name) => {
    expect(isClockSkewError(serviceError(name, 403))).toBe(true);
  });

  it.each([
    ["another service error", serviceError("InvalidTokenException", 400)],
    ["an error that only has the name", Object.assign(new Error(""), { name: "AuthFailure" })],
    ["nothing", undefined],
  ])("does not take %s for one", (_, error) => {
    expect(isClockSkewError(error)).toBe(false);
  });
});

describe("readRetryAfter", () => {
  const now = new Date("2026-07-01T12:00:00.000Z");
  const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);

  it.each([
    ["whole seconds", { "retry-after": "120" }, later(120_000)],
    ["seconds with a fraction", { "retry-after": "1.5" }, later(1_500)],
    ["no time at all", { "retry-after": "0" }, now],
    ["a date", { "retry-after": "Wed, 01 Jul 2026 12:00:05 GMT" }, later(5_000)],
    ["a date in the past", { "retry-after": "Wed, 01 Jul 2026 11:00:00 GMT" }, later(-3_600_000)],
    ["milliseconds", { "x-amz-retry-after": "250" }, later(250)],
    ["milliseconds beside seconds", { "x-amz-retry-after": "250", "retry-after": "9" }, later(250)],
    ["more than a date can hold", { "retry-after": "9".repeat(40) }, new Date(8.64e15)],
  ])("reads %s", (_, headers, expected) => {
    expect(readRetryAfter(headers, now)).toEqual(expected);
  });

  it("takes a date by the service's clock, not by this machine's", () => {
    const headers = {
      date: "Wed, 01 Jul 2026 13:00:00 GMT",
      "retry-after": "Wed, 01 Jul 2026 13:00:05 GMT",
    };
    expect(readRetryAfter(headers, now)).toEqual(later(5_000));
  });

  it.each([
    "",
    "soon",
    "-5",
    "5, 7",
    "1e3",
    "2026-07-01T12:00:05Z",
    "Wed, 99 Jul 2026 12:00:00 GMT",
  ])("reads nothing from %j", (value) => {
    expect(readRetryAfter({ "retry-after": value }, now)).toBeUndefined();
  });

  it("goes by retry-after where the milliseconds cannot be read", () => {
    const headers = { "x-amz-retry-after": "soon", "retry-after": "1" };
    expect(readRetryAfter(headers, now)).toEqual(later(1_000));
  });

  it("reads nothing where there is no such header", () => {
    expect(readRetryAfter({}, now)).toBeUndefined();
  });
});

function serviceError(name: string, httpStatusCode: number): ServiceError {
  return new UnmodeledServiceError(name, "client", { $metadata: metadata(httpStatusCode) });
}

function metadata(httpStatusCode: number): {
  httpStatusCode: number;
  attempts: 1;
  totalRetryDelay: 0;
} {
  return { httpStatusCode, attempts: 1, totalRetryDelay: 0 };
}

/** How many retries of one call the strategy allows. */
async function countRetries(strategy: StandardRetryStrategy): Promise<number> {
  let token = await strategy.acquireInitialRetryToken("scope");
  for (;;) {
    try {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType: "TRANSIENT" });
    } catch {
      return token.getRetryCount();
    }
  }
}

/** How many calls get a first retry until the budget is used up. */
async function countFirstRetries(
  strategy: StandardRetryStrategy,
  errorType: RetryErrorType,
): Promise<number> {
  for (let calls = 0; ; calls += 1) {
    const token = await strategy.acquireInitialRetryToken("scope");
    try {
      await strategy.refreshRetryTokenForRetry(token, { errorType });
    } catch {
      return calls;
    }
  }
}

async function delays(
  strategy: StandardRetryStrategy,
  errorType: RetryErrorType,
  retries: number,
): Promise<number[]> {
  const found: number[] = [];
  let token = await strategy.acquireInitialRetryToken("scope");
  while (found.length < retries) {
    token = await strategy.refreshRetryTokenForRetry(token, { errorType });
    found.push(token.getRetryDelay());
  }
  return found;
}
