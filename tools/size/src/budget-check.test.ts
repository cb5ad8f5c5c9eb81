import { expect, test } from "vitest";
import { checkBudgets, createBudgets } from "./budget-check.ts";

const gzip = "/bundles/edge/oneOperation/esbuild/gzip";
const packages = "/installs/edge/packages";
const files = "/installs/edge/files";

const check = (address: string, figure: number, budget: number) =>
  checkBudgets(new Map([[address, figure]]), new Map([[address, budget]]), "budgets.json");

test("a figure that is its budget is well", () => {
  expect(check(gzip, 12_000, 12_000)).toEqual([]);
});

test("one byte over the budget is a problem that says where and by how much", () => {
  expect(check(gzip, 12_001, 12_000)).toEqual([
    "budgets.json: /bundles/edge/oneOperation/esbuild/gzip: 12,001 is 1 (0.0 %) over the budget of 12,000; make it smaller, or raise the budget with `npm run size -- --update` and say why",
  ]);
});

test("more than five per cent under the budget is a problem that asks for a lower one", () => {
  expect(check(gzip, 11_400, 12_000)).toEqual([]);
  expect(check(gzip, 11_399, 12_000)).toEqual([
    "budgets.json: /bundles/edge/oneOperation/esbuild/gzip: 11,399 is 601 (5.0 %) under the budget of 12,000; lower the budget with `npm run size -- --update`, so that it stays so small",
  ]);
});

test("two hundred bytes under the budget are no problem, however small the bundle", () => {
  expect(check(gzip, 400, 600)).toEqual([]);
  expect(check(gzip, 399, 600)).toHaveLength(1);
});

test("five files under the budget are no problem, however few there are", () => {
  expect(check(files, 15, 20)).toEqual([]);
  expect(check(files, 14, 20)).toHaveLength(1);
});

test("one package more is a problem, and so is one fewer", () => {
  expect(check(packages, 7, 6)).toEqual([expect.stringContaining("over the budget of 6")]);
  expect(check(packages, 5, 6)).toEqual([expect.stringContaining("under the budget of 6")]);
});

test("what is measured and has no budget is a problem", () => {
  expect(checkBudgets(new Map([[gzip, 12_000]]), new Map(), "budgets.json")).toEqual([
    "budgets.json: /bundles/edge/oneOperation/esbuild/gzip: there is no budget for 12,000; `npm run size -- --update` sets one",
  ]);
});

test("a budget for what nobody measures is a problem", () => {
  expect(checkBudgets(new Map(), new Map([[gzip, 12_000]]), "budgets.json")).toEqual([
    "budgets.json: /bundles/edge/oneOperation/esbuild/gzip: nothing of that name is measured; `npm run size -- --update` removes it",
  ]);
});

test("new budgets leave one per cent for bytes and files, and nothing for packages", () => {
  const measured = new Map([
    [gzip, 12_345],
    [files, 480],
    [packages, 6],
  ]);
  expect([...createBudgets(measured).values()]).toEqual([12_470, 485, 6]);
});

test.each([1, 99, 612, 17_174, 1_530_119])(
  "%i bytes are well with the budget made of them",
  (size) => {
    const measured = new Map([[gzip, size]]);
    expect(checkBudgets(measured, createBudgets(measured), "budgets.json")).toEqual([]);
  },
);
