import { Sha256Checksum } from "../sha256.ts";
import { hashSha256 } from "./sha256-hash.ts";

/**
 * SHA-256 and HMAC-SHA-256: plain JavaScript for little data, which needs no turn of the event loop,
 * and `crypto.subtle` for more, which takes less and less of the time.
 */
export class Sha256 extends Sha256Checksum {
  protected override hash(data: Uint8Array): Uint8Array | Promise<Uint8Array> {
    const { subtle } = crypto;
    return data.length < smallestNativeHash || !subtle ? hashSha256(data) : digest(subtle, data);
  }
}

/**
 * Below, a call of `crypto.subtle` costs more than it saves where one call follows the other: its turn
 * of another thread takes some 130 µs of CPU time on Node.
 */
const smallestNativeHash = 20_480;

async function digest(subtle: SubtleCrypto, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest("SHA-256", data as Uint8Array<ArrayBuffer>));
}
