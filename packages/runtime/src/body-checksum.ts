import type { BodyRequest } from "./body-request.ts";
import { toBytes } from "./bytes.ts";
import { hashMd5 } from "./md5-hash.ts";

/** Adds a header that tells whether a body came as it was sent, where the request does not have it yet. */
export type BodyChecksum = <Request extends BodyRequest>(request: Request) => Request;

/**
 * The MD5 checksum of HTTP, in base64. It finds accidents, not attacks: those are the signature's
 * business. Runtimes have no MD5 in common, so it is computed in JavaScript.
 * @see https://datatracker.ietf.org/doc/html/rfc1864
 */
export const contentMd5: BodyChecksum = (request) => {
  if ("content-md5" in request.headers) return request;
  const checksum = btoa(String.fromCharCode(...hashMd5(toBytes(request.body ?? ""))));
  return { ...request, headers: { ...request.headers, "content-md5": checksum } };
};
