import { isTransportError, TransportError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { startTimeout } from "./timeout.ts";

/** Runs a call with a signal that fires with the caller's own, or when the time for the whole call is over. */
export async function withDeadline<Result>(
  operation: string,
  { abortSignal, callTimeout = 0 }: CallOptions,
  run: (signal: AbortSignal | undefined) => Promise<Result>,
): Promise<Result> {
  if (callTimeout === 0) return run(abortSignal);
  const controller = new AbortController();
  let passed = false;
  const abort = (): void => controller.abort(abortSignal?.reason);
  const cancel = startTimeout(callTimeout, () => {
    passed = true;
    controller.abort();
  });
  if (abortSignal?.aborted) abort();
  abortSignal?.addEventListener("abort", abort);
  try {
    return await run(controller.signal);
  } catch (error) {
    if (!passed || !isTransportError(error) || error.name !== "AbortError") throw error;
    const message = `${operation}: callTimeout of ${callTimeout} ms passed`;
    throw new TransportError("TimeoutError", message, { $metadata: error.$metadata });
  } finally {
    cancel();
    abortSignal?.removeEventListener("abort", abort);
  }
}

/**
 * Settles like the work, or rejects once the signal fires, whatever the work waits for: a provider,
 * a retry strategy, an interceptor or an HTTP handler need not heed a signal.
 */
export async function untilAborted<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal | undefined,
  createError: () => Error,
): Promise<Value> {
  if (signal === undefined) return work();
  if (signal.aborted) throw createError();
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(createError());
  });
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
