import type { JsonObject } from "../protocol/json.ts";
import { parseJsonObject } from "../protocol/json.ts";

/** The other side of a protocol: how a service reads requests and writes responses. */
export interface ServerProtocol {
  /** The content type of its requests and responses. */
  readonly contentType: string;
  /** Whether a request is one of this operation. */
  matches(request: Request, target: string): boolean;
  parseRequest(body: string, parse: (text: string) => unknown): JsonObject;
  createResponse(body: string, envelope: ResponseEnvelope): Response;
  createErrorResponse(
    error: WireError,
    stringify: (value: unknown) => string,
    envelope: ResponseEnvelope,
  ): Response;
}

/** What stands around an answer, whatever it is. */
export interface ResponseEnvelope {
  readonly requestId: string;
  readonly date: Date;
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
  const contentType = `application/x-amz-json-${version}`;
  const headers = ({ requestId, date }: ResponseEnvelope): { readonly [name: string]: string } => ({
    "content-type": contentType,
    date: date.toUTCString(),
    "x-amzn-requestid": requestId,
  });
  return {
    contentType,
    matches: ({ headers: found }, target) => found.get("x-amz-target") === target,
    parseRequest: (body, parse) => parseJsonObject(body, parse),
    createResponse: (body, envelope) => new Response(body, { headers: headers(envelope) }),
    createErrorResponse: ({ name, message, status, members }, stringify, envelope) => {
      const body = stringify({ ...members, __type: name, message });
      return new Response(body, {
        status,
        headers: { ...headers(envelope), "x-amzn-errortype": name },
      });
    },
  };
}
