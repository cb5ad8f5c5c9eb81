import { describe, expect, test } from "vitest";
import { parseUrl, uriEncode } from "./url.ts";

describe("a URL is taken apart", () => {
  test.each([
    ["https://example.com", "https", "example.com", "/", "/", false],
    ["https://example.com/", "https", "example.com", "/", "/", false],
    ["http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false],
    ["HTTPS://example.com/a/", "https", "example.com", "/a/", "/a/", false],
    ["https://user:secret@example.com/a", "https", "example.com", "/a", "/a/", false],
    ["http://99_ab-.com", "http", "99_ab-.com", "/", "/", false],
    ["https://999.999.abc.blah", "https", "999.999.abc.blah", "/", "/", false],
    ["https://256.0.0.1", "https", "256.0.0.1", "/", "/", false],
    ["https://127.0.0.1", "https", "127.0.0.1", "/", "/", true],
    ["http://192.168.1.1:1234/foo/", "http", "192.168.1.1:1234", "/foo/", "/foo/", true],
    ["https://[fe80::1]", "https", "[fe80::1]", "/", "/", true],
    ["https://[fe80::1]:443/a", "https", "[fe80::1]:443", "/a", "/a/", true],
  ])("%s", (value, scheme, authority, path, normalizedPath, isIp) => {
    expect(parseUrl(value)).toEqual({ scheme, authority, path, normalizedPath, isIp });
  });
});

describe("what is no plain http or https URL is refused", () => {
  test.each([
    "https://example.com:8443?foo=bar&faz=baz",
    "https://example.com/path?query1=foo",
    "https://example.com/path#fragment",
    "http://abc.com:a/foo",
    "acbd://example.com",
    "https://",
    "https:///path",
    "https://exa mple.com",
    "example.com",
    "",
  ])("%j", (value) => {
    expect(parseUrl(value)).toBeUndefined();
  });
});

test("everything but unreserved characters is percent-encoded", () => {
  expect(uriEncode("/:,?#[]{}|@! $&'()*+;=%<>\"^`\\")).toBe(
    "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C",
  );
  expect(uriEncode("0123456789.underscore_dash-Tilda~")).toBe("0123456789.underscore_dash-Tilda~");
  expect(uriEncode("😹")).toBe("%F0%9F%98%B9");
  expect(uriEncode("")).toBe("");
});
