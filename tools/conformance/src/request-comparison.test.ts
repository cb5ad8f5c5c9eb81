import { expect, test } from "vitest";
import type { ObservedRequest } from "./carrier.ts";
import { awsJson1_1 } from "./protocols/aws-json.ts";
import { compareRequest } from "./request-comparison.ts";
import type { RequestTest } from "./test-model.ts";

const expected: RequestTest = {
  id: "Everything",
  protocol: awsJson1_1.trait,
  method: "POST",
  uri: "/a%20b",
  host: "example.com",
  resolvedHost: "data.example.com",
  queryParams: ["tag=a%26b", "tag=a%26b", "flag"],
  forbidQueryParams: ["secret"],
  requireQueryParams: ["time"],
  headers: { "X-Amz-Target": "Sample.Put" },
  forbidHeaders: ["X-Amzn-Query-Mode"],
  requireHeaders: ["Content-Length"],
  body: '{"Name":"n"}',
  bodyMediaType: "application/json",
};

const sent: ObservedRequest = {
  method: "POST",
  host: "data.example.com",
  path: "/a%20b",
  query: ["tag=a%26b", "flag", "tag=a%26b", "time=1", "more=1"],
  headers: {
    host: "data.example.com",
    "x-amz-target": "Sample.Put",
    "content-length": "12",
    "x-more": "1",
  },
  body: new TextEncoder().encode('{ "Name": "n" }'),
};

const compare = (
  test: RequestTest,
  request: ObservedRequest,
  hiddenHeaders: readonly string[] = [],
): readonly string[] => compareRequest(test, request, { protocol: awsJson1_1, hiddenHeaders });

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const { "x-amz-target": _target, ...untargeted } = sent.headers;
const { "content-length": _length, ...unframed } = sent.headers;

test("a request that does what it must, and more, has no difference", () => {
  expect(compare(expected, sent)).toEqual([]);
});

test.each<[string, Partial<ObservedRequest>, string]>([
  ["method", { method: "GET" }, "method: expected 'POST', found 'GET'"],
  ["path", { path: "/a b" }, "uri: expected '/a%20b', found '/a b'"],
  [
    "host",
    { host: "example.com", headers: { ...sent.headers, host: "example.com" } },
    "host: expected 'data.example.com', found 'example.com'",
  ],
  [
    "Host header",
    { headers: { ...sent.headers, host: "example.com" } },
    "header host: expected 'data.example.com', found 'example.com'",
  ],
  [
    "header",
    { headers: { ...sent.headers, "x-amz-target": "Sample.Get" } },
    "header X-Amz-Target: expected 'Sample.Put', found 'Sample.Get'",
  ],
  [
    "missing header",
    { headers: untargeted },
    "header X-Amz-Target: expected 'Sample.Put', found undefined",
  ],
  [
    "header that is required",
    { headers: unframed },
    "header Content-Length: expected one, found none",
  ],
  [
    "header that is forbidden",
    { headers: { ...sent.headers, "x-amzn-query-mode": "true" } },
    "header X-Amzn-Query-Mode: expected none, found true",
  ],
  [
    "query parameter that is not escaped",
    { query: ["tag=a&b", "tag=a%26b", "flag", "time=1"] },
    "query: expected 'tag=a%26b', found [ 'tag=a&b', 'tag=a%26b', 'flag', 'time=1' ]",
  ],
  [
    "query parameter with a value too much",
    { query: ["tag=a%26b", "tag=a%26b", "flag=", "time=1"] },
    "query: expected 'flag', found [ 'tag=a%26b', 'tag=a%26b', 'flag=', 'time=1' ]",
  ],
  [
    "query parameter that is required",
    { query: ["tag=a%26b", "tag=a%26b", "flag"] },
    "query: expected some time, found tag=a%26b&tag=a%26b&flag",
  ],
  [
    "query parameter that is forbidden",
    { query: [...sent.query, "secret="] },
    "query: expected no secret, found tag=a%26b&flag&tag=a%26b&time=1&more=1&secret=",
  ],
  ["body", { body: encode('{"Name":"m"}') }, "body.Name: expected 'n', found 'm'"],
])("a wrong %s is a difference", (_dimension, wrong, difference) => {
  expect(compare(expected, { ...sent, ...wrong })).toEqual([difference]);
});

test("without a media type, each byte of the body counts", () => {
  const { bodyMediaType: _type, ...plain } = expected;
  expect(compare(plain, sent)).toHaveLength(1);
  expect(compare(plain, { ...sent, body: encode('{"Name":"n"}') })).toEqual([]);
});

test("an empty body in a test asserts that the body is empty", () => {
  expect(compare({ ...expected, body: "" }, sent)).toHaveLength(1);
  expect(compare({ ...expected, body: "" }, { ...sent, body: new Uint8Array() })).toEqual([]);
});

test("a body that is absent from a test asserts nothing", () => {
  const { body: _body, ...rest } = expected;
  expect(compare(rest, { ...sent, body: encode("anything") })).toEqual([]);
});

test("a host alone is the host that the request goes to", () => {
  const { resolvedHost: _host, ...plain } = expected;
  expect(compare(plain, sent)).toEqual(["host: expected 'example.com', found 'data.example.com'"]);
});

test("nothing is said of a header that comes into being further down", () => {
  expect(compare(expected, { ...sent, headers: unframed }, ["content-length"])).toEqual([]);
});
