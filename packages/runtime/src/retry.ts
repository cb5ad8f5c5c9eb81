import type {
  RetryErrorInfo,
  RetryErrorType,
  RetryStrategyV2,
  StandardRetryToken,
} from "@smithy/types";
import { isServiceError, isTransportError } from "./errors.ts";

export interface StandardRetryStrategyOptions {
  /** How often a request is sent at most, the first time included. Default: 3; 1: no retries. */
  readonly maxAttempts?: number | undefined;
  /** Gives the jitter: a number from 0 to below 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * The standard retry mode of the AWS SDKs with its figures of 2026: exponential backoff with full
 * jitter, and a budget of 500 for all calls of one strategy. A retry takes 14 from it, a retry after
 * throttling 5; success gives back what the last retry took, or 1 where there was none. So an outage
 * does not multiply the traffic.
 *
 * A service's own wish (`Retry-After`) is a lower bound of the wait. Where it asks for more than a
 * minute, the call ends: its caller can put the work off better than a pending promise can.
 *
 * The delay is in the token: waiting is up to who asked for it.
 */
export class StandardRetryStrategy implements RetryStrategyV2 {
  readonly mode: string = "standard";
  readonly #maxAttempts: number;
  readonly #random: () => number;
  #budget: number = fullBudget;

  constructor(options: StandardRetryStrategyOptions = {}) {
    this.#maxAttempts = options.maxAttempts ?? 3;
    this.#random = options.random ?? Math.random;
  }

  async acquireInitialRetryToken(_scope: string): Promise<StandardRetryToken> {
    return createToken(0, 0);
  }

  /** Rejects where the error is not one to retry, or the attempts or the budget are used up. */
  async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    { errorType, retryAfterHint }: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    const isThrottled = errorType === "THROTTLING";
    const cost = isThrottled ? 5 : 14;
    const retries = token.getRetryCount();
    const hint = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
    if (!isThrottled && errorType !== "TRANSIENT")
      throw new Error("The error is not a passing one");
    if (retries + 1 >= this.#maxAttempts) throw new Error("The attempts are used up");
    if (this.#budget < cost) throw new Error("The retry budget is used up");
    if (!(hint <= longestHint)) throw new Error("The service asks for too long a wait");
    this.#budget -= cost;
    const backoff = Math.min((isThrottled ? 1_000 : 50) * 2 ** retries, longestBackoff);
    const delay = Math.max(Math.floor(this.#random() * backoff), hint);
    return createToken(retries + 1, delay, cost);
  }

  recordSuccess(token: StandardRetryToken): void {
    // A token of another strategy need not know its cost.
    this.#budget = Math.min(fullBudget, this.#budget + (token.getRetryCost?.() ?? 1));
  }
}

const fullBudget = 500;
const longestBackoff = 20_000;
const longestHint = 60_000;

function createToken(retries: number, delay: number, cost?: number): StandardRetryToken {
  return {
    getRetryCount: () => retries,
    getRetryDelay: () => delay,
    getRetryCost: () => cost,
  };
}

/**
 * What a retry strategy is told of an error, or nothing where the error is final whatever it would
 * say: aborts, refused inputs and responses that cannot be read. The standard strategy retries what
 * the service or the network may get over, throttling and passing faults.
 */
export function selectRetry(error: unknown): RetryErrorType | undefined {
  if (isTransportError(error)) return error.name === "AbortError" ? undefined : "TRANSIENT";
  if (!isServiceError(error)) return undefined;
  const { name, $metadata, $retryable } = error;
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429 || throttlingCodes.includes(name) || $retryable?.throttling) {
    return "THROTTLING";
  }
  const isTransient =
    transientStatuses.includes(status) || transientCodes.includes(name) || $retryable !== undefined;
  if (isTransient) return "TRANSIENT";
  return error.$fault === "server" ? "SERVER_ERROR" : "CLIENT_ERROR";
}

/** Whether the service may have refused a request only because this machine's clock is off. */
export function isClockSkewError(error: unknown): boolean {
  return isServiceError(error) && clockSkewCodes.includes(error.name);
}

/**
 * When the service wants to be asked again: `x-amz-retry-after` (milliseconds), else `retry-after`
 * (seconds, or a date by the service's own clock). Header names are in lower case.
 */
export function readRetryAfter(
  headers: { readonly [name: string]: string },
  now: Date,
): Date | undefined {
  const {
    date = "",
    "retry-after": seconds = "",
    "x-amz-retry-after": milliseconds = "",
  } = headers;
  if (/^\d+$/.test(milliseconds)) return addTime(now, Number(milliseconds));
  if (/^\d+(\.\d+)?$/.test(seconds)) return addTime(now, Number(seconds) * 1_000);
  const retryAt = seconds.endsWith("GMT") ? Date.parse(seconds) : Number.NaN;
  if (Number.isNaN(retryAt)) return undefined;
  const serverTime = Date.parse(date);
  return addTime(now, retryAt - (Number.isNaN(serverTime) ? now.getTime() : serverTime));
}

function addTime(now: Date, milliseconds: number): Date {
  // Past the year 275760 there is no `Date`.
  return new Date(Math.min(now.getTime() + milliseconds, 8.64e15));
}

const throttlingCodes: readonly string[] = [
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
];

const transientCodes: readonly string[] = ["RequestTimeout", "RequestTimeoutException"];

const transientStatuses: readonly number[] = [500, 502, 503, 504];

const clockSkewCodes: readonly string[] = [
  "AccessDeniedException",
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
];
