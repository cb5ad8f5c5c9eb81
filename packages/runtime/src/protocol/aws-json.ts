import type { Operation } from "../operation.ts";
import type { JsonObject } from "./json.ts";
import { dropNullMembersDeep, parseJsonObject } from "./json.ts";
import type { Protocol, ProtocolError, ProtocolRequest, ProtocolResponse } from "./protocol.ts";

/** @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export const awsJson1_0: Protocol = /* @__PURE__ */ createAwsJson("1.0");

/** @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const awsJson1_1: Protocol = /* @__PURE__ */ createAwsJson("1.1");

/** awsJson for a service that spoke the query protocol before and keeps its error codes. */
export const awsJson1_0QueryCompatible: Protocol = /* @__PURE__ */ createAwsJson("1.0", true);
export const awsJson1_1QueryCompatible: Protocol = /* @__PURE__ */ createAwsJson("1.1", true);

function createAwsJson(version: "1.0" | "1.1", queryCompatible = false): Protocol {
  return {
    createRequest<Input extends object, Output extends object>(
      { name, service, serialize, json = JSON }: Operation<Input, Output>,
      input: Input,
    ): ProtocolRequest {
      return {
        method: "POST",
        path: "/",
        headers: {
          "content-type": `application/x-amz-json-${version}`,
          "x-amz-target": `${service.shapeName}.${name}`,
          ...(queryCompatible && { "x-amzn-query-mode": "true" }),
        },
        body: json.stringify(serialize === undefined ? input : serialize(input)),
      };
    },

    parseResponse<Input extends object, Output extends object>(
      { json = JSON, keepsNulls, noOutput, parse }: Operation<Input, Output>,
      { body }: ProtocolResponse,
    ): Output {
      if (noOutput) return {} as Output;
      // A proxy may answer 200 with nothing: taken for an empty result, it would pass for success.
      if (body === "") throw new SyntaxError("the body is empty");
      const wire = parseJsonObject(body, json.parse);
      if (keepsNulls === undefined && body.includes("null")) dropNullMembersDeep(wire);
      return parse === undefined ? (wire as Output) : parse(wire);
    },

    parseError({ errors, json = JSON, parseError = {} }, { headers, body }): ProtocolError {
      const { __type: type, message, Message, ...members } = readErrorBody(body, json.parse);
      const typeName = readErrorName(headers["x-amzn-errortype"]) ?? readErrorName(type);
      const shapeName = typeName ?? readErrorName(members.code);
      // Only what names the error is no member of it.
      if (typeName === undefined && shapeName !== undefined) delete members.code;
      const queryCode = queryCompatible ? readQueryCode(headers["x-amzn-query-error"]) : undefined;
      const isModeled = shapeName !== undefined && Object.hasOwn(errors, shapeName);
      const code = isModeled ? shapeName : (queryCode ?? shapeName);
      const parse =
        code !== undefined && Object.hasOwn(parseError, code) ? parseError[code] : undefined;
      const text = [message, Message, members.errorMessage].find(
        (value) => typeof value === "string",
      );
      return {
        code,
        message: text ?? "",
        members: parse === undefined ? members : readMembers(members, parse),
      };
    },
  };
}

/** An error may come from a proxy or a load balancer that knows nothing of JSON. */
function readErrorBody(body: string, parse: (text: string) => unknown): JsonObject {
  try {
    const wire = parseJsonObject(body, parse);
    dropNullMembersDeep(wire);
    return wire;
  } catch {
    return {};
  }
}

/** A member that is not what the model says must not hide which error it is. */
function readMembers(wire: JsonObject, parse: (wire: JsonObject) => object): object {
  try {
    return parse(wire);
  } catch {
    return {};
  }
}

/**
 * The name without namespace and URI:
 * `aws.protocoltests#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/` is `FooError`.
 */
function readErrorName(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const name = value.split(":", 1)[0] ?? "";
  return name.slice(name.indexOf("#") + 1) || undefined;
}

/** The code in `AWS.SimpleQueueService.NonExistentQueue;Sender`. */
function readQueryCode(header: string | undefined): string | undefined {
  return header?.split(";", 1)[0] || undefined;
}
