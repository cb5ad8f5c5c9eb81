import { createHash, createHmac, hash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { countHashes } from "./hash-counter.ts";

test("hashes of Node are counted with their bytes, and HMAC as the two that it is", () => {
  const counts = countHashes("node");
  createHash("sha256").update("four").update(new Uint8Array(6)).digest();
  expect(counts).toEqual({ hashes: 1, hashedBytes: 10 });
  createHmac("sha256", "key").update("abc").digest("hex");
  expect(counts).toEqual({ hashes: 3, hashedBytes: 13 });
  hash("sha256", "ab");
  expect(counts).toEqual({ hashes: 4, hashedBytes: 15 });
});

test("a copy of a hash under way is a hash of its own", () => {
  const counts = countHashes("node");
  const started = createHash("sha256").update("start");
  started.copy().update("end").digest();
  started.digest();
  expect(counts).toEqual({ hashes: 2, hashedBytes: 8 });
});

test("hashes in plain JavaScript are counted with their bytes", () => {
  const counts = countHashes("edge");
  sha256(new Uint8Array(100));
  sha256.create().update(new Uint8Array(10)).clone().digest();
  expect(counts).toEqual({ hashes: 2, hashedBytes: 110 });
});
