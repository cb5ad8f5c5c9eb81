import {
  isTransportError,
  type PawprintError,
  ResponseError,
  type ServiceError,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";
import type { MetadataBearer, Operation, ResponseMetadata } from "./operation.ts";
import type { ProtocolResponse } from "./protocol/protocol.ts";
import { readMessage } from "./thrown.ts";

/** What a whole response means: the result, the service's error, or that it cannot be read. */
export function readResult<Input extends object, Output extends object>(
  operation: Operation<Input, Output>,
  response: ProtocolResponse,
  $metadata: ResponseMetadata,
): (Output & MetadataBearer) | PawprintError {
  const { statusCode, body } = response;
  const { protocol } = operation.service;
  try {
    return statusCode >= 200 && statusCode < 300
      ? Object.assign(protocol.parseResponse(operation, response), { $metadata })
      : createServiceError(operation, response, $metadata);
  } catch (cause) {
    const problem = `${operation.name}: the response with status ${statusCode} cannot be read`;
    // What `JSON.parse` throws quotes the text that it was given.
    return operation.answersSecrets
      ? new ResponseError(`${problem}, and may have sensitive values`, "", { $metadata })
      : new ResponseError(`${problem}: ${readMessage(cause)}`, body, { cause, $metadata });
  }
}

function createServiceError(
  operation: Operation<never, object>,
  response: ProtocolResponse,
  $metadata: ResponseMetadata,
): ServiceError {
  const { code, message, members } = operation.service.protocol.parseError(operation, response);
  if (code !== undefined && Object.hasOwn(operation.errors, code)) {
    const ErrorClass = operation.errors[code] as new (options: object) => ServiceError;
    return new ErrorClass({ ...members, cause: undefined, message, $metadata });
  }
  const fault = response.statusCode < 500 ? "client" : "server";
  const error = new UnmodeledServiceError(code ?? "UnknownError", fault, {
    message: message === "" ? `status ${response.statusCode}` : message,
    members: { ...members },
    $metadata,
  });
  if (operation.answersSecrets) Object.defineProperty(error, "members", { enumerable: false });
  return error;
}

/** A foreign HTTP handler throws errors of its own; their names are what the platforms agree on. */
export function toTransportError(cause: unknown, progress: ResponseMetadata): PawprintError {
  const $metadata = { ...progress };
  if (isTransportError(cause)) {
    return new TransportError(cause.name, cause.message, {
      $metadata,
      ...("cause" in cause && { cause: cause.cause }),
    });
  }
  const { name } = Object(cause) as { readonly name?: unknown };
  const kind = name === "AbortError" || name === "TimeoutError" ? name : "ConnectionError";
  return new TransportError(kind, readMessage(cause), { cause, $metadata });
}
