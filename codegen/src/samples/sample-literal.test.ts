import { describe, expect, test } from "vitest";
import { printCode } from "../emit/code.ts";
import { formatExample } from "../emit/format.ts";
import { emitSample } from "./sample-literal.ts";
import { evaluateSample, type SampleValue } from "./sample-value.ts";

const text: SampleValue = { kind: "string", value: 'a "b"\n' };
const record: SampleValue = {
  kind: "object",
  entries: [
    { key: "Name", value: text },
    { key: "some-key", value: { kind: "list", items: [{ kind: "number", value: -1.5 }] } },
    { key: "__proto__", value: { kind: "boolean", value: false } },
    { key: "At", value: { kind: "timestamp", iso: "2026-07-01T00:00:00Z" } },
    { key: "Data", value: { kind: "blob", bytes: [1, 2, 3] } },
    { key: "Big", value: { kind: "bigint", value: 2n ** 60n } },
  ],
};

function print(value: SampleValue): string {
  return printCode(emitSample(value));
}

describe("a sample is printed as TypeScript", () => {
  test.each<[string, SampleValue]>([
    ['"a \\"b\\"\\n"', text],
    ["1.5", { kind: "number", value: 1.5 }],
    ["-3n", { kind: "bigint", value: -3n }],
    ["true", { kind: "boolean", value: true }],
    ['new Date("2026-07-01T00:00:00Z")', { kind: "timestamp", iso: "2026-07-01T00:00:00Z" }],
    ["new Uint8Array([1, 2])", { kind: "blob", bytes: [1, 2] }],
    ["new Uint8Array([])", { kind: "blob", bytes: [] }],
    ["new Uint8Array(3)", { kind: "blob", bytes: [0, 0, 0] }],
    ["[]", { kind: "list", items: [] }],
    ['["a \\"b\\"\\n", "a \\"b\\"\\n"]', { kind: "list", items: [text, text] }],
    ["{}", { kind: "object", entries: [] }],
    ['{ "a-b": "a \\"b\\"\\n" }', { kind: "object", entries: [{ key: "a-b", value: text }] }],
  ])("%s", (expected, value) => {
    expect(print(value)).toBe(expected);
  });
});

test("what is printed evaluates to the value", () => {
  const evaluate = new Function(`return ${print(record)}`);
  expect(evaluate()).toStrictEqual(evaluateSample(record));
});

test("what is printed is laid out as TypeScript, and still evaluates to the value", () => {
  const text = formatExample(`export const record = ${print(record)};`);
  expect(text).toBe(
    [
      "export const record = {",
      '  Name: "a \\"b\\"\\n",',
      '  "some-key": [-1.5],',
      '  ["__proto__"]: false,',
      '  At: new Date("2026-07-01T00:00:00Z"),',
      "  Data: new Uint8Array([1, 2, 3]),",
      "  Big: 1152921504606846976n,",
      "};",
    ].join("\n"),
  );
  const evaluate = new Function(text.replace("export const record =", "return"));
  expect(evaluate()).toStrictEqual(evaluateSample(record));
});
