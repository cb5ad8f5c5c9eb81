import { expect, test } from "vitest";
import { printMarkdown, printTable } from "./table.ts";

const table = [
  ["client", "bytes"],
  ["a long name", "1"],
  ["short", "22"],
];

test("columns stand below each other in a terminal", () => {
  expect(printTable(table)).toBe("client       bytes\na long name  1\nshort        22");
});

test("a page gets a Markdown table", () => {
  expect(printMarkdown(table)).toBe(
    "| client | bytes |\n| --- | --- |\n| a long name | 1 |\n| short | 22 |",
  );
});
