import { describe, expect, it, onTestFinished } from "vitest";
import {
  decimalJson,
  dropNullMembers,
  dropNullMembersDeep,
  exactJson,
  JsonNumber,
  parseJsonObject,
} from "./json.ts";

describe("exactJson.parse", () => {
  it.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740993", 9007199254740993n],
    ["-9007199254740993", -9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    ["1000000000000000", 1000000000000000],
    ["-0", -0],
    ["0", 0],
  ])("reads %s exactly", (text, value) => {
    expect(exactJson.parse(text)).toBe(value);
    expect(exactJson.parse(` { "a" : [ ${text} ] } `)).toEqual({ a: [value] });
  });

  it.each(["0.1234567890123456789", "1.5", "1e3", "1E-7", "1e400", "12345678901234567890e-1"])(
    "reads %s, which is not whole, as JSON.parse does",
    (text) => {
      expect(exactJson.parse(text)).toBe(JSON.parse(text));
    },
  );

  it.each(["{12345678901234567890:1}", "{12345678901234567890 : 1}", "[1234567890123456789"])(
    "refuses what is no JSON, as JSON.parse does: %s",
    (text) => {
      expect(() => exactJson.parse(text)).toThrow(SyntaxError);
    },
  );

  it("refuses a number of so many digits that it would keep the process busy", () => {
    expect(exactJson.parse("9".repeat(4_096))).toBe(BigInt("9".repeat(4_096)));
    expect(() => exactJson.parse(`[${"9".repeat(5_000_000)}]`)).toThrow(
      "a number of 5000000 characters is too long",
    );
  });

  it("reads a string of many escapes beside a large number", () => {
    const escaped = '\\"\\\\'.repeat(2_000_000);
    expect(exactJson.parse(`["${escaped}",9007199254740993]`)).toEqual([
      '"\\'.repeat(2_000_000),
      9007199254740993n,
    ]);
  });

  it("finds numbers at any depth and position", () => {
    const text =
      '{"a":9007199254740993,"b":[9007199254740993,{"c":-9007199254740993}],"d":9007199254740993}';
    expect(exactJson.parse(text)).toEqual({
      a: 9007199254740993n,
      b: [9007199254740993n, { c: -9007199254740993n }],
      d: 9007199254740993n,
    });
  });

  it("leaves strings alone, whatever is in them", () => {
    const value = {
      "9007199254740993": "9007199254740993",
      quotes: '\\"9007199254740993\\\\"',
      '"': ":9007199254740993",
      control: "\u0000number:9007199254740993",
      "\u0000number:9007199254740993": "\u0000",
    };
    const text = JSON.stringify({ ...value, marked: 1 }).replace(/1}$/, "9007199254740993}");
    expect(exactJson.parse(text)).toEqual({ ...value, marked: 9007199254740993n });
  });

  it("makes members named like those of every object the object's own", () => {
    const value = exactJson.parse('{"__proto__":{"a":9007199254740993},"constructor":1}');
    expect(Object.entries(value as object)).toEqual([
      ["__proto__", { a: 9007199254740993n }],
      ["constructor", 1],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    "",
    "{",
    "[9007199254740993",
    "9007199254740993 9007199254740993",
    "12345678901234567.",
    "--9007199254740993",
    "01234567890123456789",
    "'9007199254740993'",
  ])("refuses what is no JSON: %s", (text) => {
    expect(() => exactJson.parse(text)).toThrow(SyntaxError);
  });

  it("reads a string of 20 MB beside a long number", () => {
    const long = "\\n0123456789".repeat(2_000_000);
    const value = exactJson.parse(`{"a":"${long}","b":9007199254740993}`) as { a: string };
    expect(value.a).toHaveLength(22_000_000);
    expect(value).toMatchObject({ b: 9007199254740993n });
  });

  it.each([
    ["a string that never ends", `"${'\\"'.repeat(100_000)}`],
    ["a string that ends in a backslash", `"${'\\"'.repeat(100_000)}\\`],
    ["line breaks in strings", '"\\\n'.repeat(100_000)],
    ["nothing but quotes", `[${'"'.repeat(100_001)}`],
    ["nothing but digits and signs", "1-".repeat(100_000)],
    ["nothing but backslashes", "\\".repeat(100_001)],
  ])("takes no longer than in proportion to the text for %s", (_name, text) => {
    const started = performance.now();
    expect(() => exactJson.parse(text)).toThrow(SyntaxError);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("decimalJson.parse", () => {
  it.each([
    ["0.1234567890123456789", "0.1234567890123456789"],
    ["-12345678901234567.5", "-12345678901234567.5"],
    ["1.0000000000000000000001e-30", "1.0000000000000000000001e-30"],
    ["1e400", "1e400"],
    ["-1E400", "-1E400"],
    ["1e-400", "1e-400"],
    ["0.5", 0.5],
    ["-1.25e2", -125],
    ["1e3", 1000],
    ["42", 42],
    ["9007199254740993", 9007199254740993n],
  ])("reads %s without a loss", (text, value) => {
    expect(decimalJson.parse(text)).toBe(value);
    expect(decimalJson.parse(`[${text}]`)).toEqual([value]);
  });

  it("reads a string that looks like a number as the string it is", () => {
    expect(decimalJson.parse('["1e400", 1e400]')).toEqual(["1e400", "1e400"]);
  });
});

describe("exactJson.stringify", () => {
  it("writes bigints and decimals as numbers", () => {
    const value = { a: 9007199254740993n, b: [new JsonNumber("0.1000"), -1n], c: { d: 2n ** 70n } };
    expect(exactJson.stringify(value)).toBe(
      '{"a":9007199254740993,"b":[0.1000,-1],"c":{"d":1180591620717411303424}}',
    );
    expect(exactJson.stringify(1n)).toBe("1");
  });

  it.each([
    ["nothing unusual", { a: [1, "b", true, null], c: {} }],
    ["undefined", { a: undefined, b: [undefined, 1] }],
    ["holes", [new Array(2), 1]],
    ["functions and symbols", { a: () => 1, b: Symbol("b"), c: [() => 1, Symbol("c")] }],
    ["numbers that are not finite", [Number.NaN, Number.POSITIVE_INFINITY, -0]],
    ["escapes", { 'a"\n\u2028\ud800': "🐾\u0000\\" }],
    ["dates", { a: new Date(0), b: [new Date(Number.NaN)] }],
    ["toJSON", { a: { toJSON: (name: string) => ({ name }) }, b: { toJSON: () => undefined } }],
    ["boxed values", [new String("a"), new Number(1), new Boolean(false)]],
    [
      "inherited and symbolic members",
      Object.assign(Object.create({ a: 1 }), { [Symbol.iterator]: 1 }),
    ],
    ["text", "text"],
    ["null", null],
  ])("writes %s as JSON.stringify does", (_name, value) => {
    expect(exactJson.stringify(value)).toBe(JSON.stringify(value));
  });

  it("writes what toJSON gives, exactly", () => {
    expect(exactJson.stringify([{ toJSON: () => [2n ** 60n] }])).toBe("[[1152921504606846976]]");
  });

  it("writes bigints as numbers where a program has given them a toJSON", () => {
    const prototype = BigInt.prototype as { toJSON?: () => string };
    prototype.toJSON = () => "text";
    onTestFinished(() => {
      delete prototype.toJSON;
    });
    expect(exactJson.stringify({ a: 1n })).toBe('{"a":1}');
  });

  it("writes members named like those of every object", () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"toString":3}';
    expect(exactJson.stringify(JSON.parse(text))).toBe(text);
  });

  it.each(['{"number:5":1}', '"number:5"', '\\"number:5\\"', "_number:5"])(
    "leaves the text %s alone, beside a bigint or not",
    (text) => {
      expect(JSON.parse(exactJson.stringify({ [text]: text }))).toEqual({ [text]: text });
      expect(JSON.parse(exactJson.stringify([text, 1n]))).toEqual([text, 1]);
    },
  );

  it("takes time in proportion to the text, whatever that is", () => {
    const started = performance.now();
    const text = `${"_".repeat(50_000)}number:`;
    expect(exactJson.stringify([text, 1n])).toBe(`["${text}",1]`);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("writes again what it read", () => {
    const text = '{"a":[9007199254740993,-1,0.5],"b":{"c":"9007199254740993"}}';
    expect(exactJson.stringify(exactJson.parse(text))).toBe(text);
  });
});

describe("parseJsonObject", () => {
  it("reads an object, and nothing as an empty one", () => {
    expect(parseJsonObject('{"a":1}', JSON.parse)).toEqual({ a: 1 });
    expect(parseJsonObject("", JSON.parse)).toEqual({});
  });

  it.each(["[]", "null", "1", '"a"', "true"])("refuses %s, which is no object", (text) => {
    expect(() => parseJsonObject(text, JSON.parse)).toThrow("the body is JSON, but no object");
  });
});

describe("dropNullMembers", () => {
  it("removes the members of one object that are null", () => {
    const value = { a: null, b: 0, c: "", d: false, e: { f: null }, g: undefined };
    dropNullMembers(value);
    expect(value).toStrictEqual({ b: 0, c: "", d: false, e: { f: null }, g: undefined });
  });

  it("does so at every depth, and leaves the elements of lists", () => {
    const value = { a: null, b: [null, { c: null, d: 1 }, [{ e: null }]], f: { g: { h: null } } };
    dropNullMembersDeep(value);
    expect(value).toStrictEqual({ b: [null, { d: 1 }, [{}]], f: { g: {} } });
  });

  it("removes a member named __proto__ and nothing else", () => {
    const value: unknown = JSON.parse('{"__proto__":null,"a":{"__proto__":null,"b":1}}');
    dropNullMembersDeep(value);
    expect(JSON.stringify(value)).toBe('{"a":{"b":1}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

it("a string that looks like what exact numbers go through as stays a string", () => {
  const value = { "number:1": "number:2", list: ["_number:3", 'number:"', 4n], n: 5n };
  expect(exactJson.stringify(value)).toBe(
    '{"number:1":"number:2","list":["_number:3","number:\\"",4],"n":5}',
  );
});
