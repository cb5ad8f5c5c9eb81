import { expect, test } from "vitest";
import { readNumbers, replaceLines } from "./readme-lines.ts";

const readme = "| | ours |\n| --- | --- |\n| edge bundle | 17.1 kB |\n| mocks | yes |\n";

test("a line of the table gets new cells, and the others stay", () => {
  expect(replaceLines(readme, [["edge bundle", "9.8 kB"]])).toBe(
    readme.replace("17.1 kB", "9.8 kB"),
  );
});

test("a README without the line is refused", () => {
  expect(() => replaceLines(readme, [["edge", "9.8 kB"]])).toThrow(
    'README.md: no line of a table begins with "edge"; put it back',
  );
});

test("numbers of a line are read without those in its name", () => {
  const line = "| of 25 records | 6 (edge), 16.2 MB | – | 24 |";
  expect(readNumbers(line, "of 25 records")).toEqual([6, 16.2, 24]);
});
