import type { HttpHandlerOptions, RequestHandlerOutput } from "@smithy/types";
import {
  createAbortError,
  createConnectionError,
  createTimeoutError,
  type HttpStage,
} from "../http-failure.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http-handler.ts";
import { withLimits } from "../limits.ts";
import { formatHost, formatPath } from "../request-target.ts";
import { readFetchResponse } from "./fetch-response.ts";

export interface FetchHttpHandlerOptions {
  /**
   * Sends the requests, such as a service binding of a Worker or a `fetch` with a proxy. It is
   * called without a `this`. Default: the global `fetch`, looked up at each call, so that mocks and
   * instrumentation that replace it later take effect.
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * How long a request may take, in milliseconds, from the call to the last byte of the response.
   * 0: no limit. The `requestTimeout` of a call goes first. Default: 30,000, for an answer that
   * never comes must not hang its caller. Raise it for operations that are known to take longer.
   */
  readonly requestTimeout?: number | undefined;
}

/**
 * The HTTP handler of the edge, on `fetch`. It reads each response to its end, so that the time-out
 * covers the body, too.
 *
 * Redirects come back as they are: a signature holds for one host, and a followed redirect would
 * turn a POST into a GET.
 */
export class FetchHttpHandler implements HttpHandler {
  readonly metadata: { handlerProtocol: string } = { handlerProtocol: "fetch" };
  readonly #options: FetchHttpHandlerOptions;

  constructor(options: FetchHttpHandlerOptions = {}) {
    this.#options = options;
  }

  async handle(
    request: HttpRequest,
    {
      abortSignal,
      requestTimeout = this.#options.requestTimeout ?? 30_000,
    }: HttpHandlerOptions = {},
  ): Promise<RequestHandlerOutput<HttpResponse>> {
    const host = formatHost(request);
    // `@smithy/types` also allows a kind of signal from before `fetch`: nothing makes it now.
    const given = abortSignal as AbortSignal | undefined;
    if (given?.aborted) throw createAbortError(host, given);

    const isPlatformFetch = this.#options.fetch === undefined;
    const { fetch = globalThis.fetch } = this.#options;
    const init = createInit(request, isPlatformFetch);
    let stage: HttpStage = "waiting for the response";
    const limits = {
      signal: given,
      timeout: requestTimeout,
      createAbortError: (signal: AbortSignal) => createAbortError(host, signal),
      createTimeoutError: () => createTimeoutError(host, "requestTimeout", requestTimeout, stage),
    };
    const response = await withLimits(limits, async (signal) => {
      try {
        const url = `${request.protocol}//${host}${formatPath(request)}`;
        const answer = await fetch(url, { ...init, signal });
        stage = "reading the response";
        return await readFetchResponse(answer, { signal, isPlatformFetch });
      } catch (cause) {
        if (isPlatformFetch) checkHeaders(init);
        throw createConnectionError(host, stage, cause);
      }
    });
    return { response };
  }
}

function createInit({ method, headers, body }: HttpRequest, isPlatformFetch: boolean): RequestInit {
  const sent = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !fetchHeader.test(name)),
  );
  return {
    method,
    // The platform's `fetch` makes `Headers` of its own: to make them here, too, takes 10 µs in workerd.
    headers: isPlatformFetch ? sent : new Headers(sent),
    body: body || null,
    redirect: "manual",
  };
}

/** `fetch` sets these itself. */
const fetchHeader = /^(?:host|content-length)$/i;

/** Throws a `TypeError` where a header cannot be sent: that is no failure of the connection. */
function checkHeaders({ headers }: RequestInit): void {
  new Headers(headers);
}
