import { expect, test } from "vitest";
import { type Expectation, judgeGroup } from "./cell.ts";
import type { Result } from "./program/result.ts";

const group = "abort";
const right: Result = { group, name: "right", ok: true, message: "" };
const wrong: Result = { group, name: "wrong", ok: false, message: "is off" };
const expectOk = (name: string): Expectation => ({ group, name, ok: true });
const expectFailure = (name: string): Expectation => ({ group, name, ok: false });

test("is green where everything came that must, and what is known to fail failed", () => {
  const cell = judgeGroup(group, [expectOk("right"), expectFailure("wrong")], [right, wrong]);
  expect(cell).toEqual({ group, state: "passed", passed: 1, known: 1, problems: [] });
});

test.each<[string, readonly Expectation[], readonly Result[], string]>([
  ["a result that says no", [expectOk("wrong")], [wrong], "wrong: is off"],
  ["a result that did not come", [expectOk("right")], [], "right: was not run"],
  ["a result that came twice", [expectOk("right")], [right, right], "right: was run 2 times"],
  ["a result that nobody asked for", [], [right], "right: nobody asked for it"],
  [
    "a known failure that passes",
    [expectFailure("right")],
    [right],
    "right: is known to fail, and passes",
  ],
])("is red for %s", (_title, expectations, results, problem) => {
  const { state, problems } = judgeGroup(group, expectations, results);
  expect(state).toBe("failed");
  expect(problems).toEqual([problem]);
});

test("is neither where nothing was to be run", () => {
  const elsewhere = { ...right, group: "retry" };
  expect(judgeGroup(group, [], [elsewhere]).state).toBe("skipped");
});
