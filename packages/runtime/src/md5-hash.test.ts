import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { hashMd5 } from "./md5-hash.ts";

// RFC 1321, appendix A.5.
it.each([
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  [
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
    "57edf4a22be3c955ac49da2e2107b67a",
  ],
])("MD5 of the known vector %j", (text, expected) => {
  expect(toHex(hashMd5(new TextEncoder().encode(text)))).toBe(expected);
});

it("agrees with node:crypto on random data of every length around a block", () => {
  for (let length = 0; length <= 200; length += 1) {
    const data = randomBytes(length * 7);
    expect(toHex(hashMd5(data))).toBe(createHash("md5").update(data).digest("hex"));
  }
});

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
