import { createHash, createHmac } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { countHashes } from "./hash-counter.ts";

test("hashes of Node are counted with their bytes, and HMAC as the two that it is", () => {
  const counts = countHashes("node");
  createHash("sha256").update("four").update(new Uint8Array(6)).digest();
  expect(counts).toEqual({ hashes: 1, hashedBytes: 10 });
  createHmac("sha256", "key").update("abc").digest();
  expect(counts).toEqual({ hashes: 3, hashedBytes: 13 });
});

test("hashes in plain JavaScript are counted with their bytes", () => {
  const counts = countHashes("edge");
  sha256(new Uint8Array(100));
  expect(counts).toEqual({ hashes: 1, hashedBytes: 100 });
});
