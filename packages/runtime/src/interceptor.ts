import type { HttpRequest, HttpResponse } from "./http-handler.ts";

/**
 * Watches calls, or changes requests, on their way. Every method is optional and may be async; what
 * one throws ends the call with that error. Method names are those of Smithy's interceptors.
 * @see https://smithy.io/2.0/guides/client-guidance/interceptors.html
 */
export interface Interceptor {
  /** Once a call, before its input is checked. */
  readBeforeExecution?(context: CallContext): void | Promise<void>;
  /** Once an attempt, before it is signed. Gives back the request to send: the same one, changed, or another. */
  modifyBeforeSigning?(context: AttemptContext): HttpRequest | Promise<HttpRequest>;
  /** Once an attempt, with the signed request. */
  readBeforeTransmit?(context: AttemptContext): void | Promise<void>;
  /** Once an attempt that got a response; its body may be a stream that is yet to be read: leave it alone. */
  readAfterTransmit?(
    context: AttemptContext & { readonly response: HttpResponse },
  ): void | Promise<void>;
  /** Once a call, when it has settled: with its output, or with its error. */
  readAfterExecution?(
    context: CallContext & ({ readonly output: object } | { readonly error: unknown }),
  ): void | Promise<void>;
}

export interface CallContext {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

export interface AttemptContext extends CallContext {
  readonly request: HttpRequest;
  /** 1 for the first attempt. */
  readonly attempt: number;
}
