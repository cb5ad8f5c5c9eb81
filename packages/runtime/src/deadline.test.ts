import { describe, expect, it, vi } from "vitest";
import { untilAborted, withDeadline } from "./deadline.ts";
import { TransportError } from "./errors.ts";

const $metadata = { attempts: 2, totalRetryDelay: 10 };

/** Work that ends with the signal alone, as a call does. */
function untilEnd(signal: AbortSignal | undefined): Promise<never> {
  const createError = () => new TransportError("AbortError", "the call was aborted", { $metadata });
  return untilAborted(() => new Promise(() => {}), signal, createError);
}

describe("withDeadline", () => {
  it("ends a call whose time is over with a TimeoutError that says how it went", async () => {
    const error: unknown = await withDeadline("GetProduct", { callTimeout: 10 }, untilEnd).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: "GetProduct: callTimeout of 10 ms passed",
      $metadata,
    });
  });

  it("ends a call with an AbortError where the caller's signal is first", async () => {
    const options = { callTimeout: 10_000, abortSignal: AbortSignal.timeout(10) };
    await expect(withDeadline("GetProduct", options, untilEnd)).rejects.toMatchObject({
      name: "AbortError",
    });
    const aborted = { callTimeout: 10_000, abortSignal: AbortSignal.abort("left") };
    await expect(withDeadline("GetProduct", aborted, untilEnd)).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("hands the reason of the caller's signal on", async () => {
    const options = { callTimeout: 10_000, abortSignal: AbortSignal.abort("left") };
    const reason = await withDeadline("GetProduct", options, async (signal) => signal?.reason);
    expect(reason).toBe("left");
  });

  it("hands the caller's own signal on where there is no limit", async () => {
    const { signal: abortSignal } = new AbortController();
    expect(await withDeadline("GetProduct", { abortSignal }, async (signal) => signal)).toBe(
      abortSignal,
    );
    expect(await withDeadline("GetProduct", { callTimeout: 0 }, async (signal) => signal)).toBe(
      undefined,
    );
  });

  it("gives what the call gives, and leaves neither timer nor listener behind", async () => {
    vi.useFakeTimers();
    const { signal: abortSignal } = new AbortController();
    const remove = vi.spyOn(abortSignal, "removeEventListener");
    const options = { callTimeout: 10_000, abortSignal };
    expect(await withDeadline("GetProduct", options, async () => "output")).toBe("output");
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });

  it("leaves another error as it is, even where the time is over", async () => {
    const thrown = new RangeError("stop");
    const run = async (): Promise<never> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw thrown;
    };
    await expect(withDeadline("GetProduct", { callTimeout: 5 }, run)).rejects.toBe(thrown);
  });
});

describe("untilAborted", () => {
  const createError = () => new RangeError("aborted");

  it("settles like the work while the signal is quiet", async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(async () => "done", signal, createError)).toBe("done");
    expect(await untilAborted(async () => "done", undefined, createError)).toBe("done");
    const failing = untilAborted(() => Promise.reject(new Error("a")), signal, createError);
    await expect(failing).rejects.toThrow("a");
  });

  it("does not begin the work where the signal has fired", async () => {
    const work = vi.fn(async () => "done");
    await expect(untilAborted(work, AbortSignal.abort(), createError)).rejects.toThrow("aborted");
    expect(work).not.toHaveBeenCalled();
  });

  it("leaves no rejection unhandled where the work fails after the signal fired", async () => {
    const controller = new AbortController();
    const work = () =>
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), 5));
    const result = untilAborted(work, controller.signal, createError);
    controller.abort();
    await expect(result).rejects.toThrow("aborted");
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
