import type { HttpRequest } from "@pawprint/runtime";
import type { Carrier, ObservedRequest } from "./carrier.ts";

/** The lower seam: an HTTP handler that sends nothing. Framing is the business of real ones. */
export const handlerCarrier: Carrier = {
  name: "handler",
  hiddenHeaders: ["content-length"],
  carries: () => true,
  open: async ({ status, headers, body }) => {
    const requests: ObservedRequest[] = [];
    const response = { statusCode: status, headers: { ...headers }, body };
    const handle = async (request: HttpRequest) => {
      requests.push(observeHandled(request));
      return { response };
    };
    return {
      requests: async () => requests,
      options: { requestHandler: { handle } },
      close: async () => {},
    };
  },
};

function observeHandled(request: HttpRequest): ObservedRequest {
  const { method, hostname, port, path, query = {}, headers, body } = request;
  return {
    method,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    path,
    query: Object.entries(query).flatMap(([name, value]) =>
      value === null
        ? [escapeQuery(name)]
        : [value].flat().map((element) => `${escapeQuery(name)}=${escapeQuery(element)}`),
    ),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: readBody(body),
  };
}

function readBody(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError("a request body is text or bytes");
}

/** @see https://datatracker.ietf.org/doc/html/rfc3986#section-2.3 */
function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
