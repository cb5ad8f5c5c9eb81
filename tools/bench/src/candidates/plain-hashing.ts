import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hashing, signingKey } from "./floor.ts";

/** In plain JavaScript: the fastest that every runtime has, for the few bytes of a request. */
export const plainHashing: Hashing = {
  hash: (text) => bytesToHex(sha256(utf8ToBytes(text))),
  sign: (text) => bytesToHex(hmac(sha256, signingKey, utf8ToBytes(text))),
};
