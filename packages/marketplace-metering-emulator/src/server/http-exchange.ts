import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzip } from "node:zlib";

/** The largest body that is read. The service itself takes less than 1 MB. */
export const bodyLimit = 4_000_000;

/** A body that is larger than anything that the service takes. It was not read to its end. */
export class BodyTooLarge extends Error {
  constructor() {
    super(`The body is larger than ${bodyLimit} bytes.`);
  }
}

/** What arrived cannot be a request to anything. */
export class BadRequest extends Error {}

/** Reads a body. Throws `BodyTooLarge` as soon as that is known, before or while it comes. */
export async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(incoming.headers["content-length"] ?? 0) > bodyLimit) throw new BodyTooLarge();
  const body = await readBytes(incoming);
  if (incoming.headers["content-encoding"] === "gzip") await checkUnpacked(body);
  return body;
}

/** A body of some kilobytes may unpack to gigabytes. */
function checkUnpacked(body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: bodyLimit }, (error) => {
      // One that cannot be unpacked is for the service to refuse.
      if ((error as NodeJS.ErrnoException | null)?.code === "ERR_BUFFER_TOO_LARGE") {
        reject(new BodyTooLarge());
      } else {
        resolve();
      }
    });
  });
}

function readBytes(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const take = (chunk: Uint8Array): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= bodyLimit) return;
      incoming.off("data", take);
      chunks.length = 0;
      reject(new BodyTooLarge());
    };
    incoming.on("data", take);
    incoming.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    incoming.on("error", reject);
    incoming.on("close", () => reject(new Error("the connection broke off")));
  });
}

/** Throws a `BadRequest` where there is no such request. */
export function toRequest(
  incoming: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Request {
  const { method = "GET", rawHeaders } = incoming;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as [string, string]] : [],
  );
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    return new Request(readAddress(incoming), {
      method,
      headers,
      signal,
      ...(hasBody && { body }),
    });
  } catch (cause) {
    throw cause instanceof BadRequest
      ? cause
      : new BadRequest(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Throws a `BadRequest` where it is none. */
export function readAddress({ url = "/", headers: { host = "localhost" } }: IncomingMessage): URL {
  const text = `http://${host}${url.startsWith("/") ? "" : "/"}${url}`;
  if (URL.canParse(text)) return new URL(text);
  throw new BadRequest(`${JSON.stringify(text)} is no address`);
}

/** Sends an answer piece by piece, as it comes. One that is an error breaks the connection. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  if (response.type === "error") {
    resetConnection(outgoing);
    return;
  }
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.flushHeaders();
  if (response.body !== null) {
    for await (const chunk of response.body) {
      if (outgoing.destroyed) return;
      outgoing.write(chunk);
    }
  }
  outgoing.end();
}

/** As a machine does that has gone: the client reads ECONNRESET. */
export function resetConnection(outgoing: ServerResponse): void {
  const { socket } = outgoing;
  if (socket === null) outgoing.destroy();
  else socket.resetAndDestroy();
}
