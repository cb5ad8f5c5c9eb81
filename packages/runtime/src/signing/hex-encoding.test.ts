import { expect, test } from "vitest";
import { toHex } from "./hex-encoding.ts";

test("every byte has two digits, in lower case", () => {
  expect(toHex(Uint8Array.from([0, 1, 15, 16, 171, 255]))).toBe("00010f10abff");
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
});
