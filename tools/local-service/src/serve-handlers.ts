import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestHandler } from "msw";
import { getResponse } from "msw";

/** A service on this machine. */
export interface LocalService {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Stops it at once, whatever is still connected. */
  close(): Promise<void>;
}

/** Serves msw handlers over HTTP. What no handler matches is answered with status 404. */
export async function serveHandlers(handlers: readonly RequestHandler[]): Promise<LocalService> {
  const server = createServer((request, response) => {
    answer(handlers, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  handlers: readonly RequestHandler[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await getResponse([...handlers], await toRequest(incoming));
  if (response === undefined) {
    outgoing.writeHead(404).end("no handler matches the request");
    return;
  }
  // `Response.error()` stands for a connection that breaks.
  if (response.type === "error") {
    outgoing.destroy();
    return;
  }
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().flatMap((single) => (single === undefined ? [] : [[name, single] as const])),
    ) as [string, string][],
    ...(hasBody && { body: Buffer.concat(chunks) }),
  });
}
