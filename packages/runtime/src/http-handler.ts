import type {
  HttpHandlerOptions,
  HttpRequest,
  HttpResponse,
  RequestHandler,
  RequestHandlerOutput,
} from "@smithy/types";

export type { HttpRequest, HttpResponse };

/**
 * The lower seam: what carries bytes. Any HTTP handler written for `@smithy/types` fits, such as
 * those of `@smithy/node-http-handler` and `@smithy/fetch-http-handler`.
 *
 * `handle` settles with the response of one request, whatever its status, or rejects where there is
 * none. The body of the response is bytes, text, or a stream of bytes (web or Node).
 */
export interface HttpHandler
  extends Omit<RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>, "handle"> {
  // A method, for the types of those handlers ask for a subclass of what they are given and need.
  handle(
    request: HttpRequest,
    options?: HttpHandlerOptions,
  ): Promise<RequestHandlerOutput<HttpResponse>>;
}
