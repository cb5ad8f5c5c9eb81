import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { type Limits, withLimits } from "./limits.ts";

const never = (): Promise<never> => new Promise(() => {});

function limits(changes: Partial<Limits> = {}): Limits {
  return {
    signal: undefined,
    timeout: 0,
    createAbortError: (signal) => new Error("aborted", { cause: signal.reason }),
    createTimeoutError: () => new Error("too late"),
    ...changes,
  };
}

describe("withLimits", () => {
  it("settles like the work", async () => {
    const work = vi.fn(async (_signal: AbortSignal) => "done");
    expect(await withLimits(limits({ timeout: 1_000 }), work)).toBe("done");
    expect(work.mock.calls[0]?.[0].aborted).toBe(false);
    const failing = withLimits(limits(), () => Promise.reject(new Error("broken")));
    await expect(failing).rejects.toThrow("broken");
  });

  it("ends work that does not heed its signal when the time is over", async () => {
    const work = vi.fn((_signal: AbortSignal) => never());
    await expect(withLimits(limits({ timeout: 5 }), work)).rejects.toThrow("too late");
    expect(work.mock.calls[0]?.[0].aborted).toBe(true);
  });

  it("ends work when the caller's signal fires, or has fired", async () => {
    const signal = AbortSignal.timeout(5);
    const expected = { message: "aborted", cause: { name: "TimeoutError" } };
    await expect(withLimits(limits({ signal }), never)).rejects.toMatchObject(expected);
    await expect(withLimits(limits({ signal }), never)).rejects.toMatchObject(expected);
  });

  it("tells its own reason where the work fails because of it", async () => {
    const work = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("stopped")));
      });
    await expect(withLimits(limits({ timeout: 5 }), work)).rejects.toThrow("too late");
  });

  it("leaves no rejection unhandled where the work fails afterwards", async () => {
    const work = () =>
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), 10));
    await expect(withLimits(limits({ timeout: 2 }), work)).rejects.toThrow("too late");
    await new Promise((resolve) => setTimeout(resolve, 25));
  });

  it("leaves neither timer nor listener behind", async () => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const given: AbortSignal[] = [];
    await withLimits(limits({ signal, timeout: 1_000 }), async (own) => void given.push(own));
    const failing = (own: AbortSignal) => Promise.reject(given.push(own));
    await withLimits(limits({ signal, timeout: 1_000 }), failing).catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
    expect([signal, ...given].map((one) => getEventListeners(one, "abort"))).toEqual([[], [], []]);
    vi.useRealTimers();
  });
});
