import { expect, test } from "vitest";
import {
  exampleService,
  list,
  map,
  member,
  type Part,
  type Parts,
  simple,
  structure,
} from "../reader/example.test-model.ts";
import { describeConstraints } from "./constraints-note.ts";

function describeMember(value: Part, others: Parts = {}): string | undefined {
  const { operations } = exampleService({ Input: structure({ Value: value }), ...others });
  const found = operations[0]?.input?.members[0];
  return found && describeConstraints(found);
}

test.each<[Part, string | undefined]>([
  [member("String", {}), undefined],
  [member("String", { length: { min: 1, max: 5 } }), "Constraints: 1 to 5 characters."],
  [member("String", { length: { min: 0, max: 5 } }), "Constraints: at most 5 characters."],
  [member("String", { length: { max: 5 } }), "Constraints: at most 5 characters."],
  [member("String", { length: { min: 5, max: 5 } }), "Constraints: exactly 5 characters."],
  [member("String", { length: { min: 1 } }), "Constraints: at least 1 characters."],
  [member("String", { pattern: "^a" }), "Constraints: pattern `^a`."],
  [member("String", { pattern: "^.*" }), undefined],
  [
    member("String", { pattern: "^(a+)+$" }),
    "Constraints: pattern `^(a+)+$` (only the service checks it).",
  ],
  [
    member("String", { pattern: "\\Aa\\z" }),
    "Constraints: pattern `\\Aa\\z` (only the service checks it).",
  ],
  [
    member("String", { length: { max: 5 }, pattern: "^a" }),
    "Constraints: at most 5 characters; pattern `^a`.",
  ],
  [member("Blob", { length: { max: 1024 } }), "Constraints: at most 1024 bytes."],
  [member("Integer", { range: { min: 0, max: 9 } }), "Constraints: 0 to 9."],
  [member("Integer", { range: { min: -1 } }), "Constraints: at least -1."],
  [member("Integer", { range: { max: 9 } }), "Constraints: at most 9."],
])("%j is described as %s", (value, note) => {
  expect(describeMember(value)).toBe(note);
});

test.each<[string, Part, string]>([
  ["a list", list("String", { length: { min: 1, max: 5 } }), "1 to 5 elements"],
  ["a list of distinct elements", list("String", { uniqueItems: {} }), "no two equal"],
  ["a map", map("String", { length: { max: 5 } }), "at most 5 entries"],
  ["a string", simple("string", { length: { max: 5 } }), "at most 5 characters"],
])("%s counts in its own unit", (_what, thing, note) => {
  expect(describeMember(member("Thing", {}), { Thing: thing })).toBe(`Constraints: ${note}.`);
});

test("a pattern of Java's is described as it is checked", () => {
  expect(describeMember(member("String", { pattern: "^\\p{Alnum}+$" }))).toBe(
    "Constraints: pattern `^[A-Za-z0-9]+$`.",
  );
});
