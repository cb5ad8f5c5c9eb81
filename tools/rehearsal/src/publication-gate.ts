import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** Stands before a registry, counts what is published, and lets no more through than it is told to. */
export interface PublicationGate {
  /** Such as `http://127.0.0.1:40123/`. */
  readonly url: string;
  /** What the registry has taken, in that order, such as `@example/core@1.2.3`. */
  readonly published: readonly string[];
  /**
   * Lets so many packages through, and leaves later ones without an answer. Resolves when the first
   * of these waits, and the registry has answered all before it.
   */
  closeAfter(count: number): Promise<void>;
  open(): void;
  stop(): Promise<void>;
}

export async function createPublicationGate(registry: string): Promise<PublicationGate> {
  const published: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  let underway = 0;
  let isHolding = false;
  let onHold = (): void => {};

  const publish = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    const publication = readPublication(body);
    if (publication === undefined) {
      await forward(registry, incoming, body, outgoing);
      return;
    }
    if (left === 0) {
      isHolding = true;
    } else {
      left -= 1;
      underway += 1;
      const status = await forward(registry, incoming, body, outgoing);
      underway -= 1;
      if (status < 300) published.push(publication);
    }
    if (isHolding && underway === 0) onHold();
  };

  const server = createServer((incoming, outgoing) => {
    const done =
      incoming.method === "PUT"
        ? publish(incoming, outgoing)
        : forward(registry, incoming, undefined, outgoing);
    done.catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/`,
    published,
    closeAfter: (count) => {
      left = count;
      isHolding = false;
      return new Promise((resolve) => {
        onHold = resolve;
      });
    },
    open: () => {
      left = Number.POSITIVE_INFINITY;
      isHolding = false;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** npm sends a package as JSON, with its tarball as an attachment. */
function readPublication(body: Uint8Array): string | undefined {
  const { name, versions, _attachments } = JSON.parse(Buffer.from(body).toString()) as {
    readonly name?: string;
    readonly versions?: object;
    readonly _attachments?: object;
  };
  if (_attachments === undefined) return undefined;
  return `${name}@${Object.keys(versions ?? {}).join(", ")}`;
}

/** Gives the status of the answer. The host stays: registries make the addresses of tarballs of it. */
function forward(
  registry: string,
  incoming: IncomingMessage,
  body: Uint8Array | undefined,
  outgoing: ServerResponse,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { method, headers, url = "/" } = incoming;
    const onward = request(new URL(url, registry), { method, headers }, (response) => {
      const { statusCode = 502 } = response;
      outgoing.writeHead(statusCode, response.headers);
      response.pipe(outgoing);
      response.on("end", () => resolve(statusCode));
      response.on("error", reject);
    });
    onward.on("error", reject);
    if (body === undefined) incoming.pipe(onward);
    else onward.end(body);
  });
}
