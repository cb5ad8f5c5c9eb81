import { createHmac, hash } from "node:crypto";
import { type Hashing, signingKey } from "./floor.ts";

export const nodeHashing: Hashing = {
  hash: (text) => hash("sha256", text, "hex"),
  sign: (text) => createHmac("sha256", signingKey).update(text).digest("hex"),
};
