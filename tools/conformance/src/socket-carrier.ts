import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Carrier, fitsSocket, type ObservedRequest } from "./carrier.ts";
import { createCrossOriginHeaders, requestedHeaders } from "./cross-origin.ts";
import type { Answer } from "./protocols.ts";

/** A server on 127.0.0.1 that gives every request the same answer. */
export interface AnswerServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** What has arrived so far. */
  readonly requests: readonly ObservedRequest[];
  /** Stops it at once, whatever is still connected. */
  readonly close: () => Promise<void>;
}

/** Serves an answer, to the pages of other origins too where `crossOrigin` says so. */
export async function serveAnswer(
  { status, headers, body }: Answer,
  { crossOrigin }: { readonly crossOrigin: boolean },
): Promise<AnswerServer> {
  const requests: ObservedRequest[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const requested = request.headers[requestedHeaders];
    const more = crossOrigin ? createCrossOriginHeaders(requested?.toString()) : {};
    if (crossOrigin && request.method === "OPTIONS") {
      response.writeHead(204, more).end();
      return;
    }
    requests.push(await observeReceived(request));
    response.writeHead(status, { ...headers, ...more }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A server on 127.0.0.1. */
export const socketCarrier: Carrier = {
  name: "socket",
  hiddenHeaders: [],
  carries: fitsSocket,
  open: async (answer) => {
    const { url, requests, close } = await serveAnswer(answer, { crossOrigin: false });
    return { requests: async () => requests, options: { endpoint: url }, close };
  },
};

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
