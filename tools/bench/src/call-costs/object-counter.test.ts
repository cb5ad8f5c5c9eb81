import { expect, test } from "vitest";
import { countObjects } from "./object-counter.ts";

test("what is made of globals is counted, and works as before", () => {
  const counts = countObjects();
  expect(new URL("/b", "https://example.com/a").href).toBe("https://example.com/b");
  expect(new Headers({ a: "b" }) instanceof Headers).toBe(true);
  new AbortController().abort();
  expect(JSON.parse(JSON.stringify({ a: 1 }))).toEqual({ a: 1 });
  expect(new TextDecoder().decode(new TextEncoder().encode("ß"))).toBe("ß");
  expect(counts).toMatchObject({ headersObjects: 1, urlObjects: 1, abortControllers: 1 });
  expect(counts.jsonConversions).toBeGreaterThanOrEqual(2);
  expect(counts.textConversions).toBeGreaterThanOrEqual(2);
});
