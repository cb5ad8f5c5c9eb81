import { readBytes } from "../body-stream.ts";
import type { HttpResponse } from "../http-handler.ts";

/** Reads a response of `fetch` to its end. Where the signal fires, its body is cancelled. */
export async function readFetchResponse(
  response: Response,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { status: statusCode, statusText: reason, body } = response;
  const headers: HttpResponse["headers"] = {};
  // `get` joins the values of a header that comes several times; to iterate gives each of them.
  for (const name of response.headers.keys()) headers[name] = response.headers.get(name) ?? "";
  // Some `fetch`es, such as React Native's, give no stream.
  const bytes = body ? await readBytes(body, signal) : new Uint8Array(await response.arrayBuffer());
  return { statusCode, reason, headers, body: bytes };
}
