import { isServiceError, type ResponseMetadata, type ServiceErrorClass } from "@pawprint/runtime";
import type { ResponseTest } from "./test-model.ts";
import { compareValues, describeDifference } from "./value-comparison.ts";

/** How a call ended. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };

interface JsonObject {
  readonly [name: string]: unknown;
}

/** How a result differs from the members that a test expects; best not at all. */
export function compareResult(
  test: ResponseTest,
  expected: JsonObject,
  outcome: Outcome,
): readonly string[] {
  if ("error" in outcome) return [`the call failed: ${describeError(outcome.error)}`];
  const { $metadata, ...members } = outcome.result as JsonObject;
  return [...compareValues(expected, members, "result"), ...compareMetadata(test, $metadata)];
}

export interface ExpectedError {
  /** The name of the error in the model. */
  readonly name: string;
  readonly fault: "client" | "server";
  readonly class: ServiceErrorClass | undefined;
  /** With `message` or `Message` among them, where the model has it. */
  readonly members: JsonObject;
}

/** How an error differs from the one that a test expects: its class, its name, its message and its members. */
export function compareError(
  test: ResponseTest,
  expected: ExpectedError,
  outcome: Outcome,
): readonly string[] {
  if ("result" in outcome) return [`the call succeeded, and ${expected.name} was expected`];
  const { error } = outcome;
  if (!isServiceError(error)) {
    return [`expected ${expected.name}, found ${describeError(error)}`];
  }
  const { message, Message = message, ...members } = expected.members;
  const { $fault, $metadata, $retryable, ...ownMembers } = { ...error };
  return [
    ...(expected.class === undefined ? [`the package exports no class for ${expected.name}`] : []),
    ...(expected.class !== undefined && error.constructor !== expected.class
      ? [`class: expected ${expected.class.name}, found ${error.constructor.name}`]
      : []),
    ...compareValues(expected.name, error.name, "name"),
    ...compareValues(expected.fault, $fault, "$fault"),
    ...compareValues(Message ?? "", error.message, "message"),
    ...compareValues(members, ownMembers, "error"),
    ...compareMetadata(test, $metadata),
  ];
}

function compareMetadata(
  { code, headers = {} }: ResponseTest,
  metadata: unknown,
): readonly string[] {
  const { httpStatusCode, requestId, attempts } = (metadata ?? {}) as Partial<ResponseMetadata>;
  const [, id] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === "x-amzn-requestid") ?? [];
  return [
    ...compareValues(code, httpStatusCode, "$metadata.httpStatusCode"),
    ...compareValues(id, requestId, "$metadata.requestId"),
    ...compareValues(1, attempts, "$metadata.attempts"),
  ];
}

export function describeError(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message}`
    : describeDifference("thrown", "an error", error);
}
