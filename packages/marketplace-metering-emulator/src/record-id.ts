import type { Random } from "@pawprint/runtime/mocks";

/** An id in the form of a UUID of version 4. Its end is a number that no other record has. */
export function createRecordId(random: Random, number: number): string {
  const digits = Array.from({ length: 20 }, () => random.below(16).toString(16));
  digits[12] = "4";
  digits[16] = (8 + random.below(4)).toString(16);
  const start = digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return `${start}${number.toString(16).padStart(12, "0")}`;
}
