import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors.ts";
import { decimalJson, exactJson } from "./json.ts";
import {
  createIdempotencyToken,
  hostLabel,
  mapList,
  mapValues,
  parseBigDecimal,
  parseBigInteger,
  parseBlob,
  parseDocument,
  parseDouble,
  parseList,
  parseMap,
  parseObject,
  parseObjectWithoutNulls,
  parseTimestamp,
  parseUnion,
  serializeBigDecimal,
  serializeBlob,
  serializeDateTime,
  serializeDouble,
  serializeEpochSeconds,
  serializeHttpDate,
} from "./wire.ts";

describe("timestamps", () => {
  it.each([
    ["1970-01-01T00:00:00.000Z", 0],
    ["2014-04-29T18:30:38.000Z", 1398796238],
    ["2014-04-29T18:30:38.123Z", 1398796238.123],
    ["1969-12-31T23:59:59.999Z", -0.001],
    ["0001-01-01T00:00:00.000Z", -62135596800],
    ["9999-12-31T23:59:59.999Z", 253402300799.999],
    ["+275760-09-13T00:00:00.000Z", 8640000000000],
  ])("%s are %d epoch seconds, and back", (text, seconds) => {
    expect(serializeEpochSeconds(new Date(text))).toBe(seconds);
    expect(parseTimestamp(seconds)).toEqual(new Date(text));
  });

  it("keep every millisecond on the way through JSON", () => {
    const dates = Array.from({ length: 1_000 }, (_, index) => new Date(1398796238000 + index));
    const text = JSON.stringify(dates.map(serializeEpochSeconds));
    expect((JSON.parse(text) as unknown[]).map(parseTimestamp)).toEqual(dates);
  });

  it.each([
    [1.0004, 1000],
    [1.0005, 1001],
    [1.9999, 2000],
    [-1.0006, -1001],
    [1398796238.1234567, 1398796238123],
    [-0, 0],
  ])("of %d seconds are rounded to the millisecond", (seconds, milliseconds) => {
    expect(parseTimestamp(seconds).getTime()).toBe(milliseconds);
  });

  it.each([
    ["2014-04-29T18:30:38Z", "2014-04-29T18:30:38.000Z"],
    ["2014-04-29T18:30:38.5Z", "2014-04-29T18:30:38.500Z"],
    ["2014-04-29T18:30:38.123456789Z", "2014-04-29T18:30:38.123Z"],
    ["2014-04-29T18:30:38+02:00", "2014-04-29T16:30:38.000Z"],
    ["2014-04-29T18:30:38.1-00:30", "2014-04-29T19:00:38.100Z"],
    ["Tue, 29 Apr 2014 18:30:38 GMT", "2014-04-29T18:30:38.000Z"],
    ["Tue, 29 Apr 2014 18:30:38.123 GMT", "2014-04-29T18:30:38.123Z"],
  ])("may be text: %s", (text, expected) => {
    expect(parseTimestamp(text)).toEqual(new Date(expected));
  });

  it.each([
    "",
    "soon",
    "12",
    "1398796238",
    "2014",
    "2014-04-29",
    "2014-04-29T18:30:38",
    "2014-13-29T18:30:38Z",
    "29 Apr 2014",
    "Apr 29 2014 18:30 PDT",
  ])("are no text that engines or time zones read differently: %j", (text) => {
    expect(() => parseTimestamp(text)).toThrow("expected a timestamp, got string");
  });

  it.each([
    [null, "null"],
    [undefined, "undefined"],
    [true, "boolean"],
    [{}, "object"],
    [9e15, "number"],
    [Number.NaN, "number"],
  ])("are no other value: %s", (value, type) => {
    expect(() => parseTimestamp(value)).toThrow(`expected a timestamp, got ${type}`);
  });

  it.each([
    ["2014-04-29T18:30:38.000Z", "2014-04-29T18:30:38Z"],
    ["2014-04-29T18:30:38.120Z", "2014-04-29T18:30:38.120Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"],
  ])("%s are %s as date-time", (text, expected) => {
    expect(serializeDateTime(new Date(text))).toBe(expected);
  });

  it.each([
    ["2014-04-29T18:30:38.000Z", "Tue, 29 Apr 2014 18:30:38 GMT"],
    ["2014-04-29T18:30:38.120Z", "Tue, 29 Apr 2014 18:30:38.12 GMT"],
    ["2014-04-29T18:30:38.005Z", "Tue, 29 Apr 2014 18:30:38.005 GMT"],
    ["1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59.999 GMT"],
  ])("%s are %s as http-date", (text, expected) => {
    expect(serializeHttpDate(new Date(text))).toBe(expected);
    expect(parseTimestamp(expected)).toEqual(new Date(text));
  });

  it("of another realm are the same", () => {
    const date: Date = runInNewContext("new Date(1500)");
    expect(serializeEpochSeconds(date)).toBe(1.5);
    expect(serializeDateTime(date)).toBe("1970-01-01T00:00:01.500Z");
  });
});

describe("blobs", () => {
  it.each([
    ["nothing", new Uint8Array(), ""],
    ["one byte", Uint8Array.of(255), "/w=="],
    ["two bytes", Uint8Array.of(251, 255), "+/8="],
    ["a part of a buffer", Uint8Array.from([1, 2, 3, 4]).subarray(1, 3), "AgM="],
    ["Node's own", Buffer.from("🐾"), "8J+Qvg=="],
    ["those of another realm", runInNewContext("Uint8Array.of(1)"), "AQ=="],
  ])("are base64: %s", (_name, bytes, text) => {
    expect(serializeBlob(bytes)).toBe(text);
    expect(Buffer.from(parseBlob(text))).toEqual(Buffer.from(bytes));
  });

  it.each([8191, 8192, 8193, 65_537, 1_000_000])("of %d bytes come back whole", (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    const text = serializeBlob(bytes);
    expect(text).toBe(Buffer.from(bytes).toString("base64"));
    expect(Buffer.compare(parseBlob(text), bytes)).toBe(0);
  });

  it("are Uint8Arrays and nothing else", () => {
    expect(Object.getPrototypeOf(parseBlob("AQ=="))).toBe(Uint8Array.prototype);
  });

  it.each(["a", "ab!c", "YQ=a", "-_8=", "🐾"])("are read from nothing but base64: %s", (text) => {
    expect(() => parseBlob(text)).toThrow(TypeError);
  });

  it.each([null, 1, {}, []])("are read from nothing but text: %j", (value) => {
    expect(() => parseBlob(value)).toThrow("expected base64 text, got");
  });
});

describe("numbers", () => {
  it("that are not finite are sent by name, and read back", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5, -0];
    expect(values.map((value) => serializeDouble(value))).toEqual([
      "NaN",
      "Infinity",
      "-Infinity",
      1.5,
      -0,
    ]);
    expect(values.map((value) => parseDouble(serializeDouble(value)))).toEqual(values);
    expect(serializeDouble(undefined)).toBeUndefined();
  });

  it("of type double are read as a codec gives them: rounded only here", () => {
    const text = "[0.30000000000000004441,12345678901234567890,1e-400,1.0E19]";
    const expected = [0.30000000000000004, 12345678901234567000, 0, 1e19];
    expect((decimalJson.parse(text) as unknown[]).map(parseDouble)).toEqual(expected);
    expect((exactJson.parse(text) as unknown[]).map(parseDouble)).toEqual(expected);
  });

  it.each(["one", "1-2", ".5", "+Infinity", "", " ", "0x10", null, true, {}])(
    "of type double are nothing else: %s",
    (value) => {
      expect(() => parseDouble(value)).toThrow("expected a number, got");
    },
  );

  it("that are whole become bigints", () => {
    expect([parseBigInteger(1), parseBigInteger(2n ** 70n), parseBigInteger(-0)]).toEqual([
      1n,
      2n ** 70n,
      0n,
    ]);
  });

  it.each([1.5, 2 ** 53, "1", null, Number.NaN])("that were rounded are refused: %s", (value) => {
    expect(() => parseBigInteger(value)).toThrow("expected a whole number, got");
  });

  it("that are decimal stay text on both ways", () => {
    expect([1.5, 2n ** 70n, "0.10"].map(parseBigDecimal)).toEqual([
      "1.5",
      "1180591620717411303424",
      "0.10",
    ]);
    expect(exactJson.stringify([serializeBigDecimal("0.10")])).toBe("[0.10]");
    expect(() => parseBigDecimal(true)).toThrow("expected a number, got boolean");
  });
});

describe("lists, maps and objects", () => {
  it("convert each element but null", () => {
    expect(mapList([1, 2], (element) => element * 2)).toEqual([2, 4]);
    expect(parseList([0, null], parseTimestamp)).toEqual([new Date(0), null]);
    expect(mapValues({ a: 1 }, (value) => value * 2)).toEqual({ a: 2 });
    expect(parseMap({ a: 0, b: null }, parseTimestamp)).toEqual({ a: new Date(0), b: null });
  });

  it("keep keys named like members of every object", () => {
    const map = mapValues(JSON.parse('{"__proto__":1,"constructor":2}'), (value: number) => value);
    expect(Object.entries(map)).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
  });

  it("name what is no list and no object", () => {
    expect(() => parseList({}, parseDouble)).toThrow("expected a list, got object");
    expect(() => parseList(null, parseDouble)).toThrow("expected a list, got null");
    expect(() => parseMap([], parseDouble)).toThrow("expected an object, got object");
    expect(() => parseObject("a")).toThrow("expected an object, got string");
    expect(() => parseObject(undefined)).toThrow("expected an object, got undefined");
  });

  it("lose their null members where null means absent", () => {
    expect(parseObjectWithoutNulls({ a: null, b: 1 })).toStrictEqual({ b: 1 });
  });
});

describe("parseUnion", () => {
  it("gives the one member", () => {
    expect(parseUnion({ Text: "a" }, ["Text", "Count"])).toStrictEqual({ Text: "a" });
  });

  it("does not count null and __type", () => {
    expect(parseUnion({ __type: "Value", Text: null, Count: 0 }, ["Text", "Count"])).toStrictEqual({
      Count: 0,
    });
  });

  it("gives a member that the package does not know as $unknown", () => {
    expect(parseUnion({ Added: [1] }, ["Text"])).toStrictEqual({ $unknown: ["Added", [1]] });
    expect(parseUnion({ constructor: 1 }, ["Text"])).toStrictEqual({
      $unknown: ["constructor", 1],
    });
    expect(parseUnion(JSON.parse('{"__proto__":1}'), ["Text"])).toStrictEqual({
      $unknown: ["__proto__", 1],
    });
  });

  it("prefers a member that it knows, and the first where it knows several", () => {
    expect(parseUnion({ Added: 1, Text: "a" }, ["Text"])).toStrictEqual({ Text: "a" });
    expect(parseUnion({ Count: 1, Text: "a" }, ["Text", "Count"])).toStrictEqual({ Count: 1 });
  });

  it.each([{}, { Text: null }, { __type: "Value" }])("refuses %j, which has no member", (value) => {
    expect(() => parseUnion(value, ["Text"])).toThrow("expected an object with one member");
  });

  it.each([null, [], "Text"])("refuses %j, which is no object", (value) => {
    expect(() => parseUnion(value, ["Text"])).toThrow("expected an object, got");
  });
});

describe("createIdempotencyToken", () => {
  it("makes a UUID of version 4, another one each time", () => {
    const tokens = Array.from({ length: 100 }, createIdempotencyToken);
    expect(new Set(tokens)).toHaveProperty("size", 100);
    expect(
      tokens.every((token) =>
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(token),
      ),
    ).toBe(true);
  });
});

describe("hostLabel", () => {
  it("gives a label back", () => {
    expect(hostLabel("AccountId", "111122223333")).toBe("111122223333");
    expect(hostLabel("Name", "a-B-1")).toBe("a-B-1");
  });

  it.each(["", "a.b", "evil.com/", "a@b", "-a", "a-", "ä", "a b", "a".repeat(64)])(
    "lets nothing else into a host name: %j",
    (value) => {
      expect(() => hostLabel("Name", value)).toThrow(ConfigurationError);
      expect(() => hostLabel("Name", value)).toThrow(/^Name: .* letters, digits and dashes$/);
    },
  );
});

describe("documents", () => {
  it("have numbers of one type, whatever the codec made of large ones", () => {
    const text = '{"large":[9007199254740993],"small":{"number":1,"nothing":null},"text":"9"}';
    expect(parseDocument(exactJson.parse(text))).toEqual(JSON.parse(text));
  });
});
