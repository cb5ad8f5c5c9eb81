import type { BodyRequest } from "./body-request.ts";
import { toBytes } from "./bytes.ts";

/** Makes the body of a request smaller. Gives the same request where that is not worth it, or not possible. */
export type Compression = <Request extends BodyRequest>(request: Request) => Promise<Request>;

/** Encodings of the request's own come first. */
export const gzip: Compression = async (request) => {
  const body = toBytes(request.body ?? "");
  // Vercel's Edge Runtime has no `CompressionStream`.
  if (body.length < smallestCompressedBody || !globalThis.CompressionStream) return request;
  const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream();
  const compressed = stream.pipeThrough(new CompressionStream("gzip"));
  const { "content-encoding": encoding, ...headers } = request.headers;
  return {
    ...request,
    headers: { ...headers, "content-encoding": encoding ? `${encoding}, gzip` : "gzip" },
    body: new Uint8Array(await new Response(compressed).arrayBuffer()),
  };
};

/** Bodies below this many bytes are sent as they are. It is the default of every AWS SDK. */
const smallestCompressedBody = 10_240;
