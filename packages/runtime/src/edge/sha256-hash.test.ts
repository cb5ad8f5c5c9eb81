import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { hashSha256 } from "./sha256-hash.ts";

it("agrees with node:crypto on random data of every length around a block, and of many blocks", () => {
  const lengths = [...Array.from({ length: 300 }, (_, length) => length), 4_096, 65_537, 1_000_000];
  for (const length of lengths) {
    const data = randomBytes(length);
    const digest = Buffer.from(hashSha256(data)).toString("hex");
    expect(digest).toBe(createHash("sha256").update(data).digest("hex"));
  }
});
