import { expect, test } from "vitest";
import { InputTextError, readInput } from "./input-text.ts";

test("a timestamp that is written as one becomes a date, wherever it is", () => {
  const text = '{"UsageRecords":[{"Timestamp":"2026-11-25T10:00:00Z","Dimension":"2026-11-25"}]}';
  expect(readInput(text)).toEqual({
    UsageRecords: [{ Timestamp: new Date("2026-11-25T10:00:00Z"), Dimension: "2026-11-25" }],
  });
});

test("a timestamp that makes no sense stays for the client to refuse", () => {
  expect(readInput('{"Timestamp":"yesterday"}')).toEqual({ Timestamp: "yesterday" });
});

test("text that is no JSON is an error with line and column", () => {
  expect(() => readInput('{\n  "a": 1,\n}')).toThrow(InputTextError);
  expect(() => readInput('{\n  "a": 1,\n}')).toThrow("Line 3, column 1");
});

test("text that ends too soon is an error", () => {
  expect(() => readInput('{"a":')).toThrow("The input is not JSON");
});
