import type { ResolvedEndpoint } from "./endpoints/endpoint.ts";
import { ConfigurationError } from "./errors.ts";
import type { HttpRequest } from "./http-handler.ts";
import type { ProtocolRequest } from "./protocol/protocol.ts";

/**
 * Puts the endpoint on a protocol's request, and the headers that stay the same for all attempts.
 * Throws a `ConfigurationError` where the endpoint rules gave what is no URL.
 */
export function addressRequest(
  draft: ProtocolRequest,
  endpoint: ResolvedEndpoint,
  hostPrefix: string | undefined,
  headers: { readonly [name: string]: string },
): HttpRequest {
  const url = readUrl(endpoint.url);
  const prefix = takesPrefix(url.hostname) ? (hostPrefix ?? "") : "";
  return {
    method: draft.method,
    protocol: url.protocol,
    hostname: prefix + url.hostname,
    ...(url.port !== "" && { port: Number(url.port) }),
    path: url.pathname === "/" ? draft.path : url.pathname.replace(/\/$/, "") + draft.path,
    query: readQuery(url),
    headers: {
      host: prefix + url.host,
      ...draft.headers,
      ...joinValues(endpoint.headers ?? {}),
      ...headers,
    },
    body: draft.body,
  };
}

function readUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new ConfigurationError(`the endpoint ${JSON.stringify(text)} is no URL`, { cause });
  }
}

/** The query of an endpoint, in which a name may stand several times. */
function readQuery({ search, searchParams }: URL): { [name: string]: string | string[] } {
  if (search === "") return {};
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [value = "", ...more] = searchParams.getAll(name);
      return [name, more.length === 0 ? value : [value, ...more]];
    }),
  );
}

/** No name stands before an address, and nothing answers to one before `localhost`. */
function takesPrefix(hostname: string): boolean {
  return hostname !== "localhost" && !/^[\d.]+$|^\[/.test(hostname);
}

function joinValues(headers: NonNullable<ResolvedEndpoint["headers"]>): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(", ")]),
  );
}
