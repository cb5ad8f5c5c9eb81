/**
 * What a server says so that the pages of other origins may call it and read all of its answer. `*`
 * does not stand for `authorization`, so the headers that are asked for are named.
 *
 * @see https://fetch.spec.whatwg.org/#http-new-header-syntax
 */
export function createCrossOriginHeaders(requested: string | null | undefined): {
  readonly [name: string]: string;
} {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "*",
    "access-control-allow-headers": requested ?? "*",
    "access-control-expose-headers": "*",
  };
}

/** The name of the header in which a browser asks for leave to send others. */
export const requestedHeaders = "access-control-request-headers";
