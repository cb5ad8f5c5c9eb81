import type { Checksum, SourceData } from "@smithy/types";
import { toBytes } from "./bytes.ts";

/**
 * SHA-256, or HMAC-SHA-256 (RFC 2104) where a secret is given. Text counts as UTF-8.
 *
 * HMAC is written out here because the platforms' own costs more than it brings: `createHmac` of
 * Node takes 10 µs to look up its algorithm, and the edge has none that is not asynchronous.
 */
export abstract class Sha256Checksum implements Checksum {
  readonly #secret: Uint8Array | undefined;
  #data: Uint8Array = new Uint8Array();

  constructor(secret?: SourceData) {
    this.#secret = secret === undefined ? undefined : toBytes(secret);
  }

  /** The bytes must stay as they are until `digest`: a body that comes whole is not copied. */
  update(data: SourceData): void {
    const bytes = toBytes(data);
    this.#data = this.#data.length === 0 ? bytes : join(this.#data, bytes);
  }

  async digest(): Promise<Uint8Array> {
    const secret = this.#secret;
    if (secret === undefined) return this.hash(this.#data);
    // A secret as HMAC wants it: as long as a block of SHA-256, hashed first where it is longer.
    const key = new Uint8Array(64);
    key.set(secret.length > key.length ? await this.hash(secret) : secret);
    const inner = await this.hash(join(mask(key, 0x36), this.#data));
    return this.hash(join(mask(key, 0x5c), inner));
  }

  reset(): void {
    this.#data = new Uint8Array();
  }

  /** SHA-256 as a platform has it. */
  protected abstract hash(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

function mask(key: Uint8Array, pad: number): Uint8Array {
  return key.map((byte) => byte ^ pad);
}

function join(start: Uint8Array, end: Uint8Array): Uint8Array {
  const joined = new Uint8Array(start.length + end.length);
  joined.set(start);
  joined.set(end, start.length);
  return joined;
}
