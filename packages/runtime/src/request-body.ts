import { toBytes } from "./bytes.ts";
import { smallestCompressedBody } from "./compression.ts";
import type { HttpRequest } from "./http-handler.ts";
import type { Operation } from "./operation.ts";

/** Compresses a large body, where the operation allows it and the runtime can; encodings of the request's own come first. */
export async function compressRequest(
  { compression }: Operation<never, object>,
  request: HttpRequest,
): Promise<HttpRequest> {
  if (compression === undefined) return request;
  const body = toBytes(request.body);
  if (body.length < smallestCompressedBody) return request;
  const compressed = await compression.compress(body);
  if (compressed === undefined) return request;
  const { "content-encoding": encoding, ...headers } = request.headers;
  const encodings = [...(encoding ? [encoding] : []), compression.encoding].join(", ");
  return {
    ...request,
    headers: { ...headers, "content-encoding": encodings },
    body: compressed,
  };
}

/** Goes before the signature, which covers it, and after whatever may change the body. */
export function addChecksum(
  { checksum }: Operation<never, object>,
  request: HttpRequest,
): HttpRequest {
  if (checksum === undefined || checksum.header in request.headers) return request;
  const value = checksum.compute(toBytes(request.body));
  return { ...request, headers: { ...request.headers, [checksum.header]: value } };
}
