import { TransportError } from "./errors.ts";

/** How far a request had come when it failed. It stands in the error's message. */
export type HttpStage =
  | "connecting"
  | "reading the response"
  | "waiting for a free connection"
  | "waiting for the response";

/** What both HTTP handlers reject with where the caller's signal fired. */
export function createAbortError(host: string, signal: AbortSignal): TransportError {
  return new TransportError("AbortError", `${host}: the request was aborted`, {
    cause: signal.reason,
  });
}

/** What both HTTP handlers reject with where one of their time-outs passed. */
export function createTimeoutError(
  host: string,
  timeout: "connectionTimeout" | "requestTimeout",
  milliseconds: number,
  stage: HttpStage,
): TransportError {
  const message = `${host}: ${timeout} of ${milliseconds} ms passed while ${stage}`;
  return new TransportError("TimeoutError", message);
}

/** What both HTTP handlers reject with where no connection could be made, or it broke. */
export function createConnectionError(
  host: string,
  stage: HttpStage,
  cause: unknown,
): TransportError {
  const message = `${host}: the connection failed while ${stage}: ${describeCause(cause)}`;
  return new TransportError("ConnectionError", message, { cause });
}

// `fetch` hides the reason one cause deeper, and an `AggregateError` of several addresses has an
// empty message.
function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { message, name, code = name } = cause as Error & { readonly code?: string };
  const reason = message === "" ? code : message;
  return cause.cause === undefined ? reason : `${reason}: ${describeCause(cause.cause)}`;
}
