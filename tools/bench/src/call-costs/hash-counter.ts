import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { _SHA256 } from "@noble/hashes/sha2.js";
import type { PlatformName } from "./call-costs.ts";

export interface HashCounts {
  /** How often a hash was finished. HMAC takes two. */
  hashes: number;
  /** How many bytes went into them. */
  hashedBytes: number;
}

interface Hash {
  update(data: Uint8Array | string): unknown;
}

/** Counts every SHA-256 of a platform from now on, where the platform makes it. */
export function countHashes(platform: PlatformName): HashCounts {
  const counts: HashCounts = { hashes: 0, hashedBytes: 0 };
  if (platform === "node") countCryptoHashes(counts);
  else countPlainHashes(counts);
  return counts;
}

function countCryptoHashes(counts: HashCounts): void {
  countMethods(crypto.Hash.prototype, "digest", 1, counts);
  countMethods(crypto.Hmac.prototype, "digest", 2, counts);
  const { hash } = crypto;
  crypto.hash = ((algorithm: string, data: string, ...rest: readonly never[]) => {
    counts.hashes += 1;
    counts.hashedBytes += Buffer.byteLength(data);
    return hash(algorithm, data, ...rest);
  }) as typeof hash;
  syncBuiltinESMExports();
}

function countPlainHashes(counts: HashCounts): void {
  countMethods(_SHA256.prototype, "digestInto", 1, counts);
}

/** On the prototype, so that copies of a hash under way count, too. */
function countMethods(prototype: Hash, end: string, weight: number, counts: HashCounts): void {
  const { update } = prototype;
  prototype.update = function (this: Hash, data) {
    counts.hashedBytes += Buffer.byteLength(data);
    return update.call(this, data);
  };
  const finish = Reflect.get(prototype, end) as (...args: unknown[]) => unknown;
  Reflect.set(prototype, end, function (this: Hash, ...args: unknown[]) {
    counts.hashes += weight;
    return finish.apply(this, args);
  });
}
