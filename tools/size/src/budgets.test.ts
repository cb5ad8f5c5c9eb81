import { expect, test } from "vitest";
import { printBudgets, readBudgets } from "./budgets.ts";

const read = (content: unknown) =>
  readBudgets(typeof content === "string" ? content : JSON.stringify(content), "budgets.json");

const weight = { minified: 300, gzip: 200, brotli: 100 };
const install = { packages: 6, files: 480, bytes: 1000 };

function withWeight(changed: unknown): unknown {
  return {
    bundles: { edge: { oneOperation: { esbuild: changed } } },
    installs: { edge: install },
  };
}

test("budgets are read by where they stand", () => {
  expect([...read(withWeight(weight))]).toEqual([
    ["/bundles/edge/oneOperation/esbuild/minified", 300],
    ["/bundles/edge/oneOperation/esbuild/gzip", 200],
    ["/bundles/edge/oneOperation/esbuild/brotli", 100],
    ["/installs/edge/packages", 6],
    ["/installs/edge/files", 480],
    ["/installs/edge/bytes", 1000],
  ]);
});

test("what is printed is read again", () => {
  const budgets = read(withWeight(weight));
  expect(readBudgets(printBudgets(budgets), "budgets.json")).toEqual(budgets);
});

test.each([
  ["text that is not JSON", "{", /^budgets\.json: not JSON: /],
  ["a list", [], /^budgets\.json: found \[\]; an object belongs here$/],
  [
    "no installations",
    { bundles: {} },
    /^budgets\.json: \/installs: found nothing; an object belongs here$/,
  ],
  [
    "a group that is none of the two",
    { bundles: {}, installs: {}, bundle: {} },
    /^budgets\.json: \/bundle: unknown property; what belongs here is "bundles", "installs"$/,
  ],
  [
    "a figure that is misspelt",
    withWeight({ ...weight, gzipped: 200 }),
    /^budgets\.json: \/bundles\/edge\/oneOperation\/esbuild\/gzipped: unknown property; what belongs here is "minified", "gzip", "brotli"$/,
  ],
  [
    "a figure that is missing",
    withWeight({ minified: 300, gzip: 200 }),
    /^budgets\.json: \/bundles\/edge\/oneOperation\/esbuild\/brotli: found nothing; a whole number above 0 belongs here$/,
  ],
  [
    "a number in quotes",
    withWeight({ ...weight, gzip: "200" }),
    /^budgets\.json: \/bundles\/edge\/oneOperation\/esbuild\/gzip: found "200"; a whole number/,
  ],
  ["a fraction", withWeight({ ...weight, gzip: 17.2 }), /\/gzip: found 17\.2; a whole number/],
  ["nothing to spend", withWeight({ ...weight, gzip: 0 }), /\/gzip: found 0; a whole number/],
  ["a bundler without figures", withWeight(300), /\/esbuild: found 300; an object belongs here$/],
])("%s is refused, with its place", (_, content, expected) => {
  expect(() => read(content)).toThrow(expected);
});
