import { _SHA256 } from "@noble/hashes/sha2.js";
import { Sha256Checksum, type Sha256Hash } from "../sha256.ts";

/**
 * SHA-256 and HMAC-SHA-256 in plain JavaScript, which every runtime has. For the few kilobytes of a
 * request it is faster than `crypto.subtle`, whose every call goes through another thread.
 */
export class Sha256 extends Sha256Checksum {
  protected override createHash(): Sha256Hash {
    return new _SHA256();
  }
}
