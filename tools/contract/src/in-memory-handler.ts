import type { HttpHandler } from "@pawprint/runtime";
import { getResponse, type RequestHandler } from "msw";

/** Hands each request to msw's handlers, and takes their answer for the service's. */
export function createInMemoryHandler(handlers: readonly RequestHandler[]): HttpHandler {
  return createFunctionHandler(async (request) => {
    const response = await getResponse([...handlers], request);
    if (response === undefined) throw new Error(`no handler answers ${request.url}`);
    return response;
  });
}

/** Hands each request to a function. */
export function createFunctionHandler(
  respond: (request: Request) => Promise<Response> | Response,
): HttpHandler {
  return {
    handle: async ({ protocol, hostname, path, method, headers, body }) => {
      const url = `${protocol}//${hostname}${path}`;
      const response = await respond(new Request(url, { method, headers, body }));
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: new Uint8Array(await response.arrayBuffer()),
        },
      };
    },
  };
}
