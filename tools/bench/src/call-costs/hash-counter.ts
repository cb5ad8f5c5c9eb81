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
  else countNobleHashes(counts);
  return counts;
}

function countCryptoHashes(counts: HashCounts): void {
  for (const name of ["createHash", "createHmac"] as const) {
    const create = crypto[name] as (...args: readonly unknown[]) => Hash;
    Object.assign(crypto, {
      [name]: (...args: readonly unknown[]) => {
        counts.hashes += name === "createHmac" ? 2 : 1;
        const hash = create(...args);
        countUpdates(hash, counts);
        return hash;
      },
    });
  }
  const { hash } = crypto;
  crypto.hash = ((algorithm: string, data: string, ...rest: readonly never[]) => {
    counts.hashes += 1;
    counts.hashedBytes += Buffer.byteLength(data);
    return hash(algorithm, data, ...rest);
  }) as typeof hash;
  syncBuiltinESMExports();
}

function countNobleHashes(counts: HashCounts): void {
  const prototype = _SHA256.prototype;
  const { digestInto } = prototype;
  prototype.digestInto = function (this: InstanceType<typeof _SHA256>, out: Uint8Array) {
    counts.hashes += 1;
    digestInto.call(this, out);
  };
  countUpdates(prototype, counts);
}

function countUpdates(hash: Hash, counts: HashCounts): void {
  const { update } = hash;
  hash.update = function (this: Hash, data) {
    counts.hashedBytes += Buffer.byteLength(data);
    return update.call(this, data);
  };
}
