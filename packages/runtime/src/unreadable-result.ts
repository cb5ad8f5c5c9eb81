import { ResponseError } from "./errors.ts";
import type { MetadataBearer } from "./operation.ts";
import { readMessage } from "./thrown.ts";

/** What to throw where a result is not what its model says: it comes too late to be the call's own error. */
export function createUnreadableError(what: string, result: object, cause: unknown): ResponseError {
  const { $metadata } = result as Partial<MetadataBearer>;
  const message = `${what} cannot be read: ${readMessage(cause)}`;
  return new ResponseError(message, "", { cause, $metadata });
}
