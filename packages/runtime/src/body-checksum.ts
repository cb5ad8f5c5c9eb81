import { hashMd5 } from "./md5-hash.ts";

/** A header that tells whether a body came as it was sent. */
export interface BodyChecksum {
  /** In lower case. */
  readonly header: string;
  readonly compute: (body: Uint8Array) => string;
}

/**
 * The MD5 checksum of HTTP, in base64. It finds accidents, not attacks: those are the signature's
 * business. Runtimes have no MD5 in common, so it is computed in JavaScript.
 * @see https://datatracker.ietf.org/doc/html/rfc1864
 */
export const contentMd5: BodyChecksum = {
  header: "content-md5",
  compute: (body) => btoa(String.fromCharCode(...hashMd5(body))),
};
