import { hash } from "node:crypto";
import { Sha256Checksum } from "../sha256.ts";

/** SHA-256 and HMAC-SHA-256 on `node:crypto`. */
export class Sha256 extends Sha256Checksum {
  protected override hash(data: Uint8Array): Uint8Array {
    return hash("sha256", data, "buffer");
  }
}
