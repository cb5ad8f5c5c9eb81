import { expect, test } from "vitest";
import { replacePart } from "./page.ts";

const page = [
  "# Performance",
  "<!-- begin calls: written by a tool -->",
  "old",
  "<!-- end calls -->",
  "words of people",
  "<!-- begin sizes: written by a tool -->",
  "sizes",
  "<!-- end sizes -->",
  "",
].join("\n");

test("a part is replaced, and everything around it stays", () => {
  const replaced = replacePart(page, "calls", "new\n");
  expect(replaced).toBe(page.replace("old\n", "\nnew\n\n"));
});

test("the same part twice changes nothing", () => {
  const once = replacePart(page, "sizes", "a");
  expect(replacePart(once, "sizes", "a")).toBe(once);
});

test("a page without the marks of a part is refused", () => {
  expect(() => replacePart(page, "generator", "new")).toThrow("begin generator");
});

test("a page with the end before the beginning is refused", () => {
  const broken = "<!-- end calls -->\n<!-- begin calls: -->\n";
  expect(() => replacePart(broken, "calls", "new")).toThrow("put both marks back");
});
