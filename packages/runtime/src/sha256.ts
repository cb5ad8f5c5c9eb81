import type { Checksum, SourceData } from "@smithy/types";

/** SHA-256 as a platform has it. */
export interface Sha256Hash {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

/**
 * SHA-256, or HMAC-SHA-256 (RFC 2104) where a secret is given. Text counts as UTF-8. After `digest`
 * nothing but `reset` is possible.
 *
 * HMAC is written out here because the platforms' own costs more than it brings: `createHmac` of
 * Node takes 10 µs to look up its algorithm, and that of `@noble/hashes` 0.4 kB of an edge bundle.
 */
export abstract class Sha256Checksum implements Checksum {
  readonly digestLength: number = 32;
  readonly #key: Uint8Array | undefined;
  #hash: Sha256Hash;

  constructor(secret?: SourceData) {
    this.#key = secret === undefined ? undefined : this.#createKey(toBytes(secret));
    this.#hash = this.#start();
  }

  update(data: SourceData): void {
    this.#hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    const digest = this.#hash.digest();
    if (this.#key === undefined) return digest;
    const outer = this.createHash();
    outer.update(this.#key.map((byte) => byte ^ 0x5c));
    outer.update(digest);
    return outer.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }

  protected abstract createHash(): Sha256Hash;

  #start(): Sha256Hash {
    const hash = this.createHash();
    if (this.#key !== undefined) hash.update(this.#key.map((byte) => byte ^ 0x36));
    return hash;
  }

  /** A secret as HMAC wants it: as long as a block of SHA-256, hashed first where it is longer. */
  #createKey(secret: Uint8Array): Uint8Array {
    const key = new Uint8Array(64);
    if (secret.length > key.length) {
      const hash = this.createHash();
      hash.update(secret);
      key.set(hash.digest());
    } else {
      key.set(secret);
    }
    return key;
  }
}

const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder();

function toBytes(data: SourceData): Uint8Array {
  if (typeof data === "string") return encoder.encode(data);
  if (data instanceof Uint8Array) return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
