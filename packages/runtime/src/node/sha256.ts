import { createHash } from "node:crypto";
import { Sha256Checksum, type Sha256Hash } from "../sha256.ts";

/** SHA-256 and HMAC-SHA-256 on `node:crypto`. */
export class Sha256 extends Sha256Checksum {
  protected override createHash(): Sha256Hash {
    return createHash("sha256");
  }
}
