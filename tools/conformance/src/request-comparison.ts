import type { ObservedRequest } from "./carrier.ts";
import { HarnessError } from "./harness-error.ts";
import type { ProtocolTests } from "./protocols.ts";
import type { RequestTest } from "./test-model.ts";
import { describeDifference } from "./value-comparison.ts";

export interface RequestContext {
  readonly protocol: ProtocolTests;
  /** Headers of which nothing can be said here. */
  readonly hiddenHeaders: readonly string[];
}

/** What a request lacks or has too much, by the words of a test; best nothing. */
export function compareRequest(
  test: RequestTest,
  request: ObservedRequest,
  context: RequestContext,
): readonly string[] {
  return [
    ...compareText("method", test.method, request.method),
    ...compareHost(test, request),
    ...compareText("uri", test.uri, request.path),
    ...compareQuery(test, request),
    ...compareHeaders(test, request, context),
    ...compareBody(test, request.body, context.protocol),
  ];
}

function compareText(
  what: string,
  expected: string,
  actual: string | undefined,
): readonly string[] {
  return expected === actual ? [] : [describeDifference(what, expected, actual)];
}

function compareHost(
  { host, resolvedHost }: RequestTest,
  request: ObservedRequest,
): readonly string[] {
  const agreed = compareText("header host", request.host, request.headers.host);
  if (host === undefined && resolvedHost === undefined) return agreed;
  const expected = resolvedHost ?? new URL(`https://${host}`).host;
  return [...compareText("host", expected, request.host), ...agreed];
}

/** `queryParams` is a minimum: a parameter that stands there twice must be sent twice. */
function compareQuery(
  { queryParams = [], forbidQueryParams = [], requireQueryParams = [] }: RequestTest,
  { query }: ObservedRequest,
): readonly string[] {
  const names = query.map((parameter) => parameter.split("=", 1)[0]);
  const count = (list: readonly string[], wanted: string): number =>
    list.filter((parameter) => parameter === wanted).length;
  return [
    ...[...new Set(queryParams)]
      .filter((parameter) => count(query, parameter) < count(queryParams, parameter))
      .map((parameter) => describeDifference("query", parameter, query)),
    ...forbidQueryParams
      .filter((name) => names.includes(name))
      .map((name) => `query: expected no ${name}, found ${query.join("&")}`),
    ...requireQueryParams
      .filter((name) => !names.includes(name))
      .map((name) => `query: expected some ${name}, found ${query.join("&") || "nothing"}`),
  ];
}

function compareHeaders(
  { headers = {}, forbidHeaders = [], requireHeaders = [] }: RequestTest,
  { headers: sent }: ObservedRequest,
  { hiddenHeaders }: RequestContext,
): readonly string[] {
  const isVisible = (name: string): boolean => !hiddenHeaders.includes(name.toLowerCase());
  return [
    ...Object.entries(headers)
      .filter(([name]) => isVisible(name))
      .flatMap(([name, value]) => compareText(`header ${name}`, value, sent[name.toLowerCase()])),
    ...forbidHeaders
      .filter((name) => isVisible(name) && Object.hasOwn(sent, name.toLowerCase()))
      .map((name) => `header ${name}: expected none, found ${sent[name.toLowerCase()]}`),
    ...requireHeaders
      .filter((name) => isVisible(name) && !Object.hasOwn(sent, name.toLowerCase()))
      .map((name) => `header ${name}: expected one, found none`),
  ];
}

/** A body that is absent from the test asserts nothing; an empty one asserts that nothing is sent. */
function compareBody(
  { id, body, bodyMediaType }: RequestTest,
  actual: Uint8Array,
  { name, readBody, bodies }: ProtocolTests,
): readonly string[] {
  if (body === undefined) return [];
  const expected = readBody(body);
  if (expected.length === 0 || bodyMediaType === undefined) {
    return compareText("body", printBytes(expected), printBytes(actual));
  }
  const compare = bodies[bodyMediaType];
  if (compare !== undefined) return compare(expected, actual);
  throw new HarnessError(`${name}: ${id}: nothing compares ${bodyMediaType}`);
}

/** One character for each byte, so that no two different bodies look the same. */
function printBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
