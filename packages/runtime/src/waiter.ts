import { ConfigurationError, isServiceError, type ServiceError, WaiterError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { sleep } from "./timeout.ts";
import { createUnreadableError } from "./unreadable-result.ts";

/** The options of one wait. */
export interface WaiterOptions extends CallOptions {
  /** The seconds after which the wait ends, whatever happens: requests under way are aborted. */
  readonly maxWaitTime: number;
  /** The shortest pause between two requests, in seconds. Default: what the model says, or else 2. */
  readonly minDelay?: number | undefined;
  /** The longest pause between two requests, in seconds. Default: what the model says, or else 120. */
  readonly maxDelay?: number | undefined;
}

/** What was waited for is there. */
export interface WaiterSuccess<Reason extends object> {
  readonly state: "success";
  /** The answer that showed it: an output, or an error where that is what was waited for. */
  readonly reason: Reason;
}

/** What the model says of a waiter. Generated, one for each waiter. */
export interface Waiter<Output extends object> {
  readonly name: string;
  /** In seconds. */
  readonly minDelay: number;
  /** In seconds. */
  readonly maxDelay: number;
  readonly call: (options: CallOptions) => Promise<Output>;
  /** The first that matches an answer decides. */
  readonly acceptors: readonly WaiterAcceptor<Output>[];
}

export type WaiterAcceptor<Output extends object> =
  | {
      readonly state: "failure" | "retry" | "success";
      /** Whether an output matches. */
      readonly output: (output: Output) => boolean;
      /** What the service says of it, for people. */
      readonly message?: (output: Output) => string | readonly string[] | null | undefined;
    }
  | {
      readonly state: "failure" | "retry" | "success";
      /** The name of a service's error; `true` for any. */
      readonly error: string | true;
    };

/** What a wait takes from its surroundings. */
export interface WaiterSurroundings {
  /** Gives the jitter: a number from 0 to below 1. */
  readonly random: () => number;
  readonly clock: Clock;
}

export interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Resolves after some milliseconds, or at once when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Asks again and again until an answer shows what is waited for. Rejects with a `WaiterError` where
 * an answer shows that it will never be there, where the time is over, and where the caller's signal
 * fires. What is no answer (a broken connection, a refused input, …) rejects as it does in any call.
 *
 * The pauses are Smithy's: exponential backoff with full jitter between `minDelay` and `maxDelay`.
 * A pause that would leave at most `minDelay` of the time is the last, and shorter: it leaves
 * `minDelay`, so that the last request has time for its answer.
 * @see https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
 */
export async function waitUntil<Output extends object, Reason extends Output | ServiceError>(
  waiter: Waiter<Output>,
  options: WaiterOptions,
  surroundings: WaiterSurroundings = { random: Math.random, clock: systemClock },
): Promise<WaiterSuccess<Reason>> {
  const delays = readDelays(waiter, options);
  const { abortSignal, requestTimeout, maxWaitTime } = options;
  const { clock, random } = surroundings;
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort();
  if (abortSignal?.aborted) abort();
  abortSignal?.addEventListener("abort", abort, { once: true });
  const end = clock.now() + maxWaitTime * 1000;
  void clock.sleep(maxWaitTime * 1000, signal).then(abort);
  let answer: Answer<Output> | undefined;

  const ended = (attempts: number): WaiterError => {
    const reason = answer && reasonOf(answer);
    if (abortSignal?.aborted) {
      const message = `${waiter.name}: the wait was aborted`;
      return new WaiterError("AbortError", message, { cause: abortSignal.reason, reason });
    }
    const requests = attempts === 1 ? "1 request" : `${attempts} requests`;
    const message = `${waiter.name}: not reached within ${maxWaitTime} s and ${requests}`;
    return new WaiterError("TimeoutError", message, { reason });
  };

  try {
    for (let attempt = 1, isLast = false; ; attempt += 1) {
      if (signal.aborted) throw ended(attempt - 1);
      try {
        answer = await ask(waiter, { abortSignal: signal, requestTimeout });
      } catch (error) {
        throw signal.aborted ? ended(attempt) : error;
      }
      const acceptor = waiter.acceptors.find((candidate) => accepts(candidate, answer));
      const state = acceptor?.state ?? ("error" in answer ? "failure" : "retry");
      // Whoever gave the acceptors knows which answers are a success.
      if (state === "success") return { state, reason: reasonOf(answer) as Reason };
      if (state === "failure") throw describeFailure(waiter, acceptor, answer);
      if (isLast) throw ended(attempt);
      const remaining = (end - clock.now()) / 1000;
      const longest = Math.min(delays.max, delays.min * 2 ** (attempt - 1));
      const delay = delays.min + random() * (longest - delays.min);
      isLast = remaining - delay <= delays.min;
      await clock.sleep((isLast ? Math.max(0, remaining - delays.min) : delay) * 1000, signal);
    }
  } finally {
    abortSignal?.removeEventListener("abort", abort);
    abort();
  }
}

/**
 * A value that an expression cannot do without. JMESPath refuses `length` and `contains` of nothing,
 * and then the acceptor does not match, whatever else is in its expression.
 */
export function given<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null) throw new AbsentValue();
  return value;
}

/** Whether there are values, and all of them are what is expected. */
export function allEqual(values: readonly unknown[] | undefined, expected: string): boolean {
  return values !== undefined && values.length > 0 && values.every((value) => value === expected);
}

class AbsentValue extends Error {}

type Answer<Output> = { readonly output: Output } | { readonly error: ServiceError };

/** Only what the service says is an answer. */
async function ask<Output extends object>(
  { call }: Waiter<Output>,
  options: CallOptions,
): Promise<Answer<Output>> {
  try {
    return { output: await call(options) };
  } catch (error) {
    if (isServiceError(error)) return { error };
    throw error;
  }
}

function accepts<Output extends object>(
  acceptor: WaiterAcceptor<Output>,
  answer: Answer<Output> | undefined,
): boolean {
  if (answer === undefined) return false;
  if ("output" in acceptor) {
    return "output" in answer && evaluate(acceptor.output, answer.output) === true;
  }
  return "error" in answer && (acceptor.error === true || acceptor.error === answer.error.name);
}

/** What an expression gives, or nothing where it lacks what it cannot do without. */
function evaluate<Output extends object, Value>(
  expression: (output: Output) => Value,
  output: Output,
): Value | undefined {
  try {
    return expression(output);
  } catch (cause) {
    if (cause instanceof AbsentValue) return undefined;
    throw createUnreadableError("what a waiter looks for in an answer", output, cause);
  }
}

function reasonOf<Output>(answer: Answer<Output>): Output | ServiceError {
  return "output" in answer ? answer.output : answer.error;
}

function describeFailure<Output extends object>(
  { name }: Waiter<Output>,
  acceptor: WaiterAcceptor<Output> | undefined,
  answer: Answer<Output>,
): WaiterError {
  if ("error" in answer) {
    const { error } = answer;
    return new WaiterError("FailureError", `${name}: the service answered with ${error.name}`, {
      reason: error,
      cause: error,
      $metadata: error.$metadata,
    });
  }
  const message =
    acceptor && "output" in acceptor && acceptor.message
      ? evaluate(acceptor.message, answer.output)
      : undefined;
  const texts = [`${name}: this state will not be reached any more`, ...[message ?? []].flat()];
  return new WaiterError("FailureError", texts.join(": "), { reason: answer.output });
}

function readDelays<Output extends object>(
  waiter: Waiter<Output>,
  options: WaiterOptions,
): { readonly min: number; readonly max: number } {
  const { maxWaitTime, minDelay: min = waiter.minDelay, maxDelay: max = waiter.maxDelay } = options;
  const check = (name: string, value: number, holds: boolean, expected: string): void => {
    if (holds) return;
    throw new ConfigurationError(`${name}: ${String(value)} is not ${expected}`);
  };
  check("maxWaitTime", maxWaitTime, isSeconds(maxWaitTime), secondsRange);
  check("minDelay", min, isSeconds(min), secondsRange);
  check("maxDelay", max, isSeconds(max) && max >= min, `from minDelay, ${min}, up`);
  return { min, max };
}

/** What a timer can wait for, in seconds: it counts 2 ** 31 - 1 milliseconds. */
const longestTime = 2_147_483;
const secondsRange = "a number of seconds above 0, at most 2147483";

function isSeconds(value: number): boolean {
  return Number.isFinite(value) && value > 0 && value <= longestTime;
}

const systemClock: Clock = { now: () => Date.now(), sleep };
