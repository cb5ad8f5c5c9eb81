import { startTimeout } from "./timeout.ts";

/** What ends work before it ends itself. */
export interface Limits {
  readonly signal: AbortSignal | undefined;
  /** In milliseconds. 0: no limit. */
  readonly timeout: number;
  readonly createAbortError: (signal: AbortSignal) => Error;
  readonly createTimeoutError: () => Error;
}

/**
 * Settles like the work, or rejects once the caller's signal fires or the time is over, whether or
 * not the work heeds the signal that it gets.
 */
export async function withLimits<Value>(
  { signal: given, timeout, createAbortError, createTimeoutError }: Limits,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const { signal } = controller;
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  const abort = (): void => controller.abort(createAbortError(given as AbortSignal));
  const stopClock = startTimeout(timeout, () => controller.abort(createTimeoutError()));
  if (given?.aborted) abort();
  given?.addEventListener("abort", abort);
  try {
    return await Promise.race([work(signal), stopped]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    stopClock();
    given?.removeEventListener("abort", abort);
    // Node's `fetch` keeps the signal until its request is collected, and a listener that leads to
    // an error that leads to the request would keep both for good.
    signal.removeEventListener("abort", stop);
  }
}
