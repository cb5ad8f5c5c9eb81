import type { JsonObject } from "../protocol/json.ts";
import { parseJsonObject } from "../protocol/json.ts";

/** The other side of a protocol: how a service reads requests and writes responses. */
export interface ServerProtocol {
  /** Whether a request is one of this operation. */
  matches(request: Request, target: string): boolean;
  parseRequest(body: string, parse: (text: string) => unknown): JsonObject;
  createResponse(body: string, requestId: string): Response;
  createErrorResponse(
    error: WireError,
    stringify: (value: unknown) => string,
    requestId: string,
  ): Response;
}

export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  /** What else the error has, as it goes over the wire. */
  readonly members: object;
}

export const awsJson1_0Server: ServerProtocol = /* @__PURE__ */ createAwsJsonServer("1.0");
export const awsJson1_1Server: ServerProtocol = /* @__PURE__ */ createAwsJsonServer("1.1");
export const awsJson1_0ServerQueryCompatible: ServerProtocol =
  /* @__PURE__ */ createAwsJsonServer("1.0");
export const awsJson1_1ServerQueryCompatible: ServerProtocol =
  /* @__PURE__ */ createAwsJsonServer("1.1");

function createAwsJsonServer(version: "1.0" | "1.1"): ServerProtocol {
  const headers = (requestId: string): { readonly [name: string]: string } => ({
    "content-type": `application/x-amz-json-${version}`,
    "x-amzn-requestid": requestId,
  });
  return {
    matches: ({ headers: found }, target) => found.get("x-amz-target") === target,
    parseRequest: (body, parse) => parseJsonObject(body, parse),
    createResponse: (body, requestId) => new Response(body, { headers: headers(requestId) }),
    createErrorResponse: ({ name, message, status, members }, stringify, requestId) => {
      const body = stringify({ ...members, __type: name, message });
      return new Response(body, {
        status,
        headers: { ...headers(requestId), "x-amzn-errortype": name },
      });
    },
  };
}
