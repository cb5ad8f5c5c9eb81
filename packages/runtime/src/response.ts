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

async function readText(body: unknown): Promise<string> {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  const decoder = new TextDecoder();
  if (body instanceof Uint8Array) return decoder.decode(body);
  if (isBlob(body)) return body.text();
  if (isReadableStream(body)) return new Response(body).text();
  if (isAsyncIterable(body)) {
    let text = "";
    for await (const chunk of body) {
      text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  }
  throw new TypeError("the HTTP handler gave a body that is neither text, bytes nor a stream");
}

function isBlob(body: unknown): body is Blob {
  return typeof Blob === "function" && body instanceof Blob;
}

function isReadableStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof (body as { getReader?: unknown }).getReader === "function";
}

function isAsyncIterable(body: unknown): body is AsyncIterable<string | Uint8Array> {
  return typeof (body as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function";
}
