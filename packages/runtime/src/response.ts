import { type BodyStream, isBodyStream, readStream } from "./body-stream.ts";
import { brandOf } from "./brand.ts";
import { TransportError } from "./errors.ts";
import type { HttpResponse } from "./http-handler.ts";
import { withLimits } from "./limits.ts";
import type { ProtocolResponse } from "./protocol/protocol.ts";

/** When the body of a response is no longer waited for. */
export interface ReadLimits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now on. 0: no limit. */
  readonly timeout?: number;
}

/** Reads the body of a response to its end, whatever kind of stream an HTTP handler gives. */
export async function readResponse(
  response: HttpResponse,
  limits: ReadLimits = {},
): Promise<ProtocolResponse> {
  return {
    statusCode: response.statusCode,
    headers: toLowerCase(response.headers),
    body: await readText(response.body, limits),
  };
}

/** Lets go of a response that came too late for anyone to read it. */
export function leaveResponse({ body }: HttpResponse): void {
  if (typeof body === "object" && body !== null && isBodyStream(body)) {
    readStream(body, AbortSignal.abort(), () => {}).catch(() => {});
  }
}

function toLowerCase(headers: { readonly [name: string]: string }): {
  readonly [name: string]: string;
} {
  const lowered: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(headers)) lowered[name.toLowerCase()] = value;
  return lowered;
}

async function readText(body: unknown, limits: ReadLimits): Promise<string> {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (isBytes(body)) return new TextDecoder().decode(body);
  if (isBodyStream(body)) return readWithin(body, limits);
  if (isBlob(body)) return body.text();
  throw new TypeError("the HTTP handler gave a body that is neither text, bytes nor a stream");
}

async function readWithin(
  stream: BodyStream,
  { signal, timeout = 0 }: ReadLimits,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const limits = {
    signal,
    timeout,
    createAbortError: ({ reason }: AbortSignal) => reason,
    createTimeoutError: () =>
      new TransportError("TimeoutError", "requestTimeout passed while reading the response"),
  };
  await withLimits(limits, (until) =>
    readStream(stream, until, (chunk) => {
      text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    }),
  );
  return text + decoder.decode();
}

function isBytes(body: unknown): body is ArrayBuffer | ArrayBufferView {
  return ArrayBuffer.isView(body) || brandOf(body) === "[object ArrayBuffer]";
}

function isBlob(body: unknown): body is Blob {
  return typeof (body as { text?: unknown }).text === "function";
}
