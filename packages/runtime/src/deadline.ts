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

/** What a promise gives, or `fail` as soon as the signal fires: for what knows no signals itself. */
export function abortable<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  fail: (signal: AbortSignal) => Error,
): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(fail(signal));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
