import { describe, expect, test } from "vitest";
import {
  ConfigurationError,
  InvalidInputError,
  isWaiterError,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";
import type { CallOptions } from "./options.ts";
import {
  allEqual,
  given,
  type Waiter,
  type WaiterOptions,
  type WaiterSuccess,
  type WaiterSurroundings,
  waitUntil,
} from "./waiter.ts";

interface Output {
  readonly state?: string | undefined;
  readonly parts?: readonly string[] | undefined;
}

const notFound = new UnmodeledServiceError("NotFound", "client", { message: "no such table" });

const tableExists: Omit<Waiter<Output>, "call"> = {
  name: "TableExists",
  minDelay: 2,
  maxDelay: 120,
  acceptors: [
    { state: "success", output: ({ state }) => state === "ACTIVE" },
    {
      state: "failure",
      output: ({ state }) => state === "FAILED",
      message: ({ parts }) => parts,
    },
    { state: "retry", error: "NotFound" },
  ],
};

/** A clock that only goes on where someone sleeps, or where a call takes time. */
class TestClock {
  time = 0;
  readonly pauses: number[] = [];
  private readonly timers: { readonly at: number; readonly ring: () => void }[] = [];

  readonly now = (): number => this.time;

  /** The first sleep is the one until the end of the wait. */
  readonly sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      this.timers.push({ at: this.time + milliseconds, ring: resolve });
      if (this.timers.length === 1) return;
      this.pauses.push(milliseconds / 1000);
      this.pass(milliseconds);
    });

  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const { at, ring } of this.timers) if (at <= this.time) ring();
  }
}

type Answer = Error | Output;

/** Waits with a service that gives these answers, the last of them again and again. */
function wait(
  answers: readonly Answer[],
  options: Partial<WaiterOptions> = {},
  { clock = new TestClock(), random = (): number => 0.5, waiter = tableExists } = {},
): {
  readonly clock: TestClock;
  readonly calls: CallOptions[];
  readonly result: Promise<WaiterSuccess<Output>>;
} {
  const calls: CallOptions[] = [];
  const call = async (callOptions: CallOptions): Promise<Output> => {
    calls.push(callOptions);
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer as Output;
  };
  const surroundings: WaiterSurroundings = { clock, random };
  const result = waitUntil<Output, Output>(
    { ...waiter, call },
    { maxWaitTime: 300, ...options },
    surroundings,
  );
  return { clock, calls, result };
}

const creating: Output = { state: "CREATING" };
const active: Output = { state: "ACTIVE" };

describe("a wait", () => {
  test("ends with the answer that shows what it waits for", async () => {
    const { result, calls } = wait([notFound, creating, active]);
    expect(await result).toEqual({ state: "success", reason: active });
    expect(calls).toHaveLength(3);
  });

  test("may end with an error that is what it waits for", async () => {
    const waiter = {
      ...tableExists,
      acceptors: [{ state: "success", error: "NotFound" }],
    } as const;
    const { result } = wait([creating, notFound], {}, { waiter });
    expect(await result).toEqual({ state: "success", reason: notFound });
  });

  test("takes the first acceptor that matches", async () => {
    const acceptors = [
      { state: "retry", output: ({ state }: Output) => state === "CREATING" },
      { state: "success", output: () => true },
    ] as const;
    const { result, calls } = wait([creating, {}], {}, { waiter: { ...tableExists, acceptors } });
    expect(await result).toMatchObject({ state: "success" });
    expect(calls).toHaveLength(2);
  });

  test("with an acceptor for any error goes on after each that the service answers with", async () => {
    const acceptors = [
      { state: "success", output: () => true },
      { state: "retry", error: true },
    ] as const;
    const { result } = wait([notFound, active], {}, { waiter: { ...tableExists, acceptors } });
    expect(await result).toMatchObject({ reason: active });
  });

  test("fails with a state that leads nowhere, and says what the service says of it", async () => {
    const failed: Output = { state: "FAILED", parts: ["no disk", "no memory"] };
    const error = await wait([failed]).result.catch(identity);
    expect(isWaiterError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "FailureError",
      message: "TableExists: this state will not be reached any more: no disk: no memory",
      reason: failed,
    });
  });

  test("fails with an error of the service that no acceptor matches", async () => {
    const denied = new UnmodeledServiceError("AccessDenied", "client", {
      $metadata: { attempts: 1, totalRetryDelay: 0, requestId: "id" },
    });
    const error = await wait([denied]).result.catch(identity);
    expect(error).toMatchObject({
      name: "FailureError",
      message: "TableExists: the service answered with AccessDenied",
      reason: denied,
      cause: denied,
      $metadata: { requestId: "id" },
    });
  });

  test.each([
    new TransportError("ConnectionError", "broken"),
    new InvalidInputError("DescribeTable", []),
    new TypeError("a fault of ours"),
  ])("leaves an error that is no answer as it is: %s", async (error) => {
    const acceptors = [{ state: "success", error: true }] as const;
    const { result } = wait([error], {}, { waiter: { ...tableExists, acceptors } });
    expect(await result.catch(identity)).toBe(error);
  });

  test("does not match where an expression lacks a value that it cannot do without", async () => {
    const acceptors = [
      { state: "success", output: ({ parts }: Output) => !given(parts).includes("x") },
    ] as const;
    const { result, calls } = wait(
      [{}, { parts: [] }],
      {},
      { waiter: { ...tableExists, acceptors } },
    );
    expect(await result).toMatchObject({ reason: { parts: [] } });
    expect(calls).toHaveLength(2);
  });
});

describe("the pauses of a wait", () => {
  test("double from the shortest to the longest", async () => {
    const { clock, result } = wait([creating], { maxWaitTime: 1000 }, { random: () => 1 });
    await result.catch(identity);
    expect(clock.pauses.slice(0, 8)).toEqual([2, 4, 8, 16, 32, 64, 120, 120]);
  });

  test("are jittered over all of the way from the shortest up", async () => {
    const numbers = [0, 0.5, 0.25, 0];
    const random = (): number => numbers.shift() ?? 0;
    const { clock, result } = wait([creating], { maxWaitTime: 1000 }, { random });
    await result.catch(identity);
    expect(clock.pauses.slice(0, 4)).toEqual([2, 3, 3.5, 2]);
  });

  test("are the caller's where the caller says so", async () => {
    const options = { minDelay: 10, maxDelay: 10, maxWaitTime: 35 };
    const { clock, result } = wait([creating], options);
    await result.catch(identity);
    expect(clock.pauses).toEqual([10, 10, 5]);
  });

  test("leave the shortest of them after the last one, so that one more answer fits in", async () => {
    const { clock, result, calls } = wait([creating], { maxWaitTime: 8 }, { random: () => 1 });
    const error = await result.catch(identity);
    expect(clock.pauses).toEqual([2, 4]);
    expect(calls).toHaveLength(3);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: "TableExists: not reached within 8 s and 3 requests",
      reason: creating,
    });
  });

  test.each([0.01, 0.4, 1, 2, 2.5, 61, 299])("end within %d seconds", async (maxWaitTime) => {
    const { clock, result } = wait([creating], { maxWaitTime });
    expect(await result.catch(identity)).toMatchObject({ name: "TimeoutError" });
    expect(clock.time).toBeLessThanOrEqual(maxWaitTime * 1000);
  });
});

test("an answer that is not what its model says is a ResponseError with how the call went", async () => {
  const waiter = {
    ...tableExists,
    acceptors: [
      { state: "success", output: ({ state }: Output) => (state as string).startsWith("ACTIVE") },
    ],
  } as const;
  const $metadata = { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 };
  const odd = { state: 5, $metadata } as object as Output;
  const { result } = wait([odd], {}, { waiter });
  expect(await result.catch(identity)).toMatchObject({ name: "ResponseError", $metadata });
});

describe("the end of a wait", () => {
  test("aborts a request that is under way when the time is over", async () => {
    const clock = new TestClock();
    const call = ({ abortSignal }: CallOptions): Promise<Output> => {
      queueMicrotask(() => clock.pass(5000));
      return hang(abortSignal);
    };
    const surroundings = { clock, random: () => 0 };
    const result = waitUntil({ ...tableExists, call }, { maxWaitTime: 5 }, surroundings);
    const error = await result.catch(identity);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: "TableExists: not reached within 5 s and 1 request",
    });
    expect((error as { readonly reason?: unknown }).reason).toBeUndefined();
  });

  test("aborts a request that is under way when the signal fires", async () => {
    const controller = new AbortController();
    const call = ({ abortSignal }: CallOptions): Promise<Output> => {
      queueMicrotask(() => controller.abort("enough"));
      return hang(abortSignal);
    };
    const options = { maxWaitTime: 5, abortSignal: controller.signal };
    const error = await waitUntil({ ...tableExists, call }, options).catch(identity);
    expect(isWaiterError(error)).toBe(true);
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  test("comes in the middle of a pause when the signal fires", async () => {
    const controller = new AbortController();
    const call = async (): Promise<Output> => {
      setTimeout(() => controller.abort(), 1);
      return creating;
    };
    const options = { maxWaitTime: 60, abortSignal: controller.signal };
    const error = await waitUntil({ ...tableExists, call }, options).catch(identity);
    expect(error).toMatchObject({ name: "AbortError", reason: creating });
  });

  test("comes before the first request where the signal has fired already", async () => {
    const { result, calls } = wait([active], { abortSignal: AbortSignal.abort() });
    expect(await result.catch(identity)).toMatchObject({ name: "AbortError" });
    expect(calls).toEqual([]);
  });

  test("leaves no listener at the caller's signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = new Set<unknown>();
    signal.addEventListener = (_type: string, listener: unknown) => void listeners.add(listener);
    signal.removeEventListener = (_type: string, listener: unknown) =>
      void listeners.delete(listener);
    await wait([active], { abortSignal: signal }).result;
    expect(listeners.size).toBe(0);
  });
});

test("the request time-out of the caller goes to each request", async () => {
  const { result, calls } = wait([active], { requestTimeout: 100 });
  await result;
  expect(calls[0]?.requestTimeout).toBe(100);
});

describe("options that cannot be are refused before anything is sent", () => {
  test.each<[Partial<WaiterOptions>, string]>([
    [{ maxWaitTime: undefined as never }, "maxWaitTime: undefined is not a number of seconds"],
    [{ maxWaitTime: 0 }, "maxWaitTime: 0 is not a number of seconds above 0"],
    [{ maxWaitTime: Number.POSITIVE_INFINITY }, "maxWaitTime: Infinity is not"],
    [{ minDelay: -1 }, "minDelay: -1 is not a number of seconds above 0"],
    [{ minDelay: 200 }, "maxDelay: 120 is not from minDelay, 200, up"],
    [{ maxDelay: 1 }, "maxDelay: 1 is not from minDelay, 2, up"],
  ])("%j", async (options, message) => {
    const { result, calls } = wait([active], options);
    const error = await result.catch(identity);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(message);
    expect(calls).toEqual([]);
  });
});

test("all values are equal to what is expected only where there are some", () => {
  expect(allEqual(["x", "x"], "x")).toBe(true);
  expect(allEqual(["x", "y"], "x")).toBe(false);
  expect(allEqual([], "x")).toBe(false);
  expect(allEqual(undefined, "x")).toBe(false);
});

function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => {
      reject(new TransportError("AbortError", "the call was aborted"));
    });
  });
}

function identity(error: unknown): unknown {
  return error;
}
