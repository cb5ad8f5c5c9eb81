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
 * From here on `crypto.subtle` takes less CPU time everywhere. For 2,700 bytes, a batch of 25 records,
 * it saves 8 of 22 µs on Node, 14 of 20 on Bun, and 60 of 73 in workerd.
 */
const smallestNativeHash = 2_048;

async function digest(subtle: SubtleCrypto, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest("SHA-256", data as Uint8Array<ArrayBuffer>));
}
