import { Sha256Checksum } from "../sha256.ts";

/** SHA-256 and HMAC-SHA-256 on `node:crypto`. */
export class Sha256 extends Sha256Checksum {
  protected override hash(data: Uint8Array): Uint8Array {
    hash ??= process.getBuiltinModule("node:crypto").hash;
    return hash("sha256", data, "buffer");
  }
}

/** Looked up with the first signature, for to load the module takes 4 ms of a start. */
let hash: typeof import("node:crypto").hash | undefined;
