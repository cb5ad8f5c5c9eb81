import { normalizeProvider } from "@smithy/core/client";
import { escapeUri, HttpRequest } from "@smithy/core/protocols";
import { hasOwn, isArrayBuffer, toHex, toUint8Array, writeKey } from "@smithy/core/serde";
import { describe, expect, it } from "vitest";
import * as own from "./smithy-core.ts";

describe("what stands for @smithy/core does the same as that", () => {
  it.each(["", "/", "a b", "~!*'()", "%2F", "ü🐾", "a/b?c=d&e"])("for text such as %j", (text) => {
    expect(own.escapeUri(text)).toBe(escapeUri(text));
    expect(Array.from(own.toUint8Array(text))).toEqual(Array.from(toUint8Array(text)));
    expect(own.toHex(own.fromUtf8(text))).toBe(toHex(toUint8Array(text)));
  });

  it.each([
    ["bytes", Uint8Array.of(0, 15, 255)],
    ["a buffer", Uint8Array.of(1, 2).buffer],
    ["a view", new DataView(Uint8Array.of(1, 2, 3).buffer, 1, 1)],
  ])("for %s", (_, data) => {
    expect(Array.from(own.toUint8Array(data))).toEqual(Array.from(toUint8Array(data)));
    expect(own.isArrayBuffer(data)).toBe(isArrayBuffer(data));
  });

  it("for members that every object has, and one named __proto__", () => {
    const [ours, theirs]: [object, object] = [{}, {}];
    own.writeKey(ours);
    writeKey(theirs);
    expect(Object.getOwnPropertyDescriptors(ours)).toEqual(
      Object.getOwnPropertyDescriptors(theirs),
    );
    for (const name of ["__proto__", "toString"]) {
      expect(own.hasOwn(ours, name)).toBe(hasOwn(theirs, name));
    }
  });

  it("for values and functions that give them", async () => {
    for (const input of ["value", async () => "value"]) {
      expect(await own.normalizeProvider(input)()).toBe(await normalizeProvider(input)());
    }
  });

  it("for a copy of a request, whose headers are its own", () => {
    const request = {
      method: "POST",
      protocol: "https:",
      hostname: "example.com",
      path: "/a",
      query: { a: ["1", "2"] },
      headers: { host: "example.com" },
      body: "{}",
    };
    const copy = own.HttpRequest.clone(request);
    expect(copy).toEqual({ ...HttpRequest.clone(new HttpRequest(request)) });
    expect(copy.headers).not.toBe(request.headers);
  });
});
