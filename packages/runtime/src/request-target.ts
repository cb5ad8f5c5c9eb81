import { uriEncode } from "./endpoints/url.ts";
import type { HttpRequest } from "./http-handler.ts";

/** The request's host and port as a URL has them: an IPv6 address stands in brackets. */
export function formatHost({ hostname, port }: HttpRequest): string {
  const host = hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
  return port === undefined ? host : `${host}:${port}`;
}

/** The request's path as it is, and its query bag escaped the way that a signature escapes it. */
export function formatPath({ path, query = {} }: HttpRequest): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === null
      ? uriEncode(name)
      : [value].flat().map((element) => `${uriEncode(name)}=${uriEncode(element)}`),
  );
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}
