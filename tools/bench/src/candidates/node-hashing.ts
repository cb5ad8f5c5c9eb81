import { createHash, createHmac } from "node:crypto";
import { type Hashing, signingKey } from "./floor.ts";

export const nodeHashing: Hashing = {
  hash: (text) => createHash("sha256").update(text).digest("hex"),
  sign: (text) => createHmac("sha256", signingKey).update(text).digest("hex"),
};
