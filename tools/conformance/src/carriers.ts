import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequest, TransportOptions } from "@pawprint/runtime";
import type { Answer } from "./protocols.ts";
import type { TestCase } from "./test-model.ts";

/** A request, as far down as a carrier sees it. */
export interface ObservedRequest {
  readonly method: string;
  /** Host and port that the request goes to. */
  readonly host: string;
  /** As it is sent: escaped, and without the query. */
  readonly path: string;
  /** `name=value` or `name`, escaped. */
  readonly query: readonly string[];
  /** Names are in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** Takes what a client sends, and answers it. */
export interface Carrier {
  readonly name: string;
  /** Headers that come into being below the carrier, in lower case: nothing can be said of them. */
  readonly hiddenHeaders: readonly string[];
  /** Whether a case can be run. */
  readonly carries: (testCase: TestCase) => boolean;
  readonly open: (answer: Answer) => Promise<Exchange>;
}

/** Everything that goes over a carrier until it is closed. Each request gets the same answer. */
export interface Exchange {
  /** What makes a transport use the carrier. */
  readonly options: TransportOptions;
  readonly requests: readonly ObservedRequest[];
  readonly close: () => Promise<void>;
}

/** The lower seam: an HTTP handler that sends nothing. Framing is the business of real ones. */
const handlerCarrier: Carrier = {
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
    return { requests, options: { requestHandler: { handle } }, close: async () => {} };
  },
};

/** A server on 127.0.0.1. It cannot have the host that a case asks for, so such cases stay out. */
const socketCarrier: Carrier = {
  name: "socket",
  hiddenHeaders: [],
  carries: ({ kind, test }) => kind !== "request" || test.host === undefined,
  open: async ({ status, headers, body }) => {
    const requests: ObservedRequest[] = [];
    const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
      requests.push(await observeReceived(request));
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
      requests,
      options: { endpoint: `http://127.0.0.1:${port}` },
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
};

export const carriers: readonly Carrier[] = [handlerCarrier, socketCarrier];

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

async function observeReceived(request: IncomingMessage): Promise<ObservedRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const headers = Object.entries(request.headersDistinct).map(
    ([name, values = []]) => [name, values.join(", ")] as const,
  );
  return {
    method: request.method ?? "",
    host: request.headers.host ?? "",
    path,
    query: query === "" ? [] : query.split("&"),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
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
