import type { HttpResponse } from "./http-handler.ts";
import type { ProtocolResponse } from "./protocol/protocol.ts";

/** Reads the body of a response to its end, whatever kind of stream an HTTP handler gives. */
export async function readResponse(response: HttpResponse): Promise<ProtocolResponse> {
  return {
    statusCode: response.statusCode,
    headers: toLowerCase(response.headers),
    body: await readText(response.body),
  };
}

function toLowerCase(headers: { readonly [name: string]: string }): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

// What an HTTP handler gives may come from another realm or from a library: its form tells what it
// is, where `instanceof` does not.
async function readText(body: unknown): Promise<string> {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (isBytes(body)) return new TextDecoder().decode(body);
  if (isReadableStream(body)) return joinText(readChunks(body));
  if (isAsyncIterable(body)) return joinText(body);
  if (isBlob(body)) return body.text();
  throw new TypeError("the HTTP handler gave a body that is neither text, bytes nor a stream");
}

async function joinText(chunks: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Not every browser can iterate over a stream. */
async function* readChunks(
  stream: ReadableStream<string | Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function isBytes(body: unknown): body is ArrayBuffer | ArrayBufferView {
  return (
    ArrayBuffer.isView(body) || Object.prototype.toString.call(body) === "[object ArrayBuffer]"
  );
}

function isReadableStream(body: unknown): body is ReadableStream<string | Uint8Array> {
  return typeof (body as { getReader?: unknown }).getReader === "function";
}

function isAsyncIterable(body: unknown): body is AsyncIterable<string | Uint8Array> {
  return typeof (body as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function";
}

function isBlob(body: unknown): body is Blob {
  return typeof (body as { text?: unknown }).text === "function";
}
