import { describe, expect, test } from "vitest";
import { code, printCode } from "../emit/code.ts";
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

function print(value: SampleValue, width?: number): string {
  return printCode(emitSample(value, { width }));
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

test("a literal that is wider than its room has a line for each property and element", () => {
  expect(print(record, 40)).toBe(
    [
      "{",
      '  Name: "a \\"b\\"\\n",',
      '  "some-key": [-1.5],',
      '  ["__proto__"]: false,',
      '  At: new Date("2026-07-01T00:00:00Z"),',
      "  Data: new Uint8Array([1, 2, 3]),",
      "  Big: 1152921504606846976n,",
      "}",
    ].join("\n"),
  );
});

test("a nested literal keeps one line where that fits, with its key and comma", () => {
  const item: SampleValue = { kind: "list", items: [text, text] };
  const outer: SampleValue = { kind: "object", entries: [{ key: "Items", value: item }] };
  expect(print(outer, 36)).toBe('{\n  Items: ["a \\"b\\"\\n", "a \\"b\\"\\n"],\n}');
  expect(print(outer, 35)).toBe('{\n  Items: [\n    "a \\"b\\"\\n",\n    "a \\"b\\"\\n",\n  ],\n}');
});

test("a literal takes the indentation of the place it is put in", () => {
  const printed = printCode(code`
    f({
      input: ${emitSample(record, { width: 40 })},
    });
  `);
  expect(printed).toContain('\n    Name: "a');
  expect(printed).toContain("\n  },\n});");
});

test.each([40, 400])("what is printed evaluates to the value, at %i columns", (width) => {
  const evaluate = new Function(`return ${print(record, width)}`);
  expect(evaluate()).toStrictEqual(evaluateSample(record));
});
