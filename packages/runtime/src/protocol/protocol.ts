import type { Operation } from "../operation.ts";

/** A request as a protocol makes it: it has no host, no signature and no user agent yet. */
export interface ProtocolRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array;
}

/** A response with its body read to the end. Header names are in lower case. */
export interface ProtocolResponse {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What a protocol reads from a response that says that the call failed. */
export interface ProtocolError {
  /** The error's shape name or code, without namespace. Absent where the response names none. */
  readonly code: string | undefined;
  /** Empty where the response has none. */
  readonly message: string;
  readonly members: object;
}

/** How an operation becomes an HTTP request, and a response becomes a result or an error. */
export interface Protocol {
  createRequest<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
  ): ProtocolRequest;

  /** Reads a response with status 2xx. Throws where it cannot be read. */
  parseResponse<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    response: ProtocolResponse,
  ): Output;

  /** Reads any other response. What cannot be read is left out. */
  parseError(operation: Operation<never, object>, response: ProtocolResponse): ProtocolError;
}
