import { Sha256Checksum } from "../sha256.ts";
import { hashSha256 } from "./sha256-hash.ts";

/**
 * SHA-256 and HMAC-SHA-256 in plain JavaScript, which every runtime has. For the few kilobytes of a
 * request it is faster than `crypto.subtle`, whose every call goes through another thread, and which
 * a page without TLS does not have.
 */
export class Sha256 extends Sha256Checksum {
  protected override hash(data: Uint8Array): Uint8Array {
    return hashSha256(data);
  }
}
