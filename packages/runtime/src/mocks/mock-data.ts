import type { InputProblem, ServiceError } from "../errors.ts";
import { isServiceError } from "../errors.ts";
import { findProblems } from "../find-problems.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { StructureShape } from "../shape.ts";
import { readMessage } from "../thrown.ts";
import { RequestProblem } from "./request-problem.ts";
import type { WireError } from "./server-protocol.ts";

/** How a modelled error goes over the wire. */
export interface MockedError {
  readonly status: number;
  /** What the model allows in it. */
  readonly shape: StructureShape;
  /** Gets the members of the error, under its class's type. */
  readonly serialize?: (error: never) => object;
}

/** The modelled errors of an operation, by name. */
export interface MockedErrors {
  readonly [name: string]: MockedError;
}

/** Throws a `TypeError` that lists every way in which an output breaks the model. */
export function checkOutput(operation: string, shape: StructureShape, output: unknown): void {
  refuse(operation, "an output", findProblems(shape, output));
}

/** Throws a `TypeError` that lists every way in which the members of an error break the model. */
export function checkError(operation: string, errors: MockedErrors, error: unknown): void {
  if (!isServiceError(error) || !Object.hasOwn(errors, error.name)) return;
  const { shape } = errors[error.name] as MockedError;
  const members = membersOf(error);
  // The message goes over the wire in any case, and tests need not invent one.
  const unsaid = Object.keys(shape.members).find((name) => messageNames.has(name));
  if (unsaid !== undefined) members[unsaid] ??= error.message || undefined;
  const problems = findProblems(shape, members).filter(
    ({ path }) => path !== unsaid || members[unsaid] !== undefined,
  );
  refuse(operation, `an error (${error.name})`, problems);
}

function refuse(operation: string, what: string, problems: readonly InputProblem[]): void {
  if (problems.length === 0) return;
  throw new TypeError(
    `the mock of ${operation} has ${what} that the model does not allow: ${listProblems(problems)}`,
  );
}

export function listProblems(problems: readonly InputProblem[]): string {
  return problems
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
}

/** An error as it goes over the wire: one that is none of the service's is a fault of the service. */
export function describeError(errors: MockedErrors, error: unknown): WireError {
  if (error instanceof RequestProblem) {
    const { code: name, message, status } = error;
    return { name, message, status, members: {} };
  }
  if (!isServiceError(error)) {
    return { name: "InternalFailure", message: readMessage(error), status: 500, members: {} };
  }
  const { name, message } = error;
  const modelled = Object.hasOwn(errors, name) ? errors[name] : undefined;
  const status = modelled?.status ?? (error.$fault === "client" ? 400 : 500);
  const members = modelled?.serialize?.(membersOf(error) as never) ?? membersOf(error);
  return { name, message, status, members };
}

/** What the model gives an error beside its message. */
function membersOf(error: ServiceError): JsonObject {
  const own = error as object as JsonObject;
  // Sensitive members are not enumerable.
  const names = Object.getOwnPropertyNames(own).filter((name) => !inherentNames.has(name));
  return {
    ...(own.members as JsonObject | undefined),
    ...Object.fromEntries(names.map((name) => [name, own[name]])),
  };
}

const messageNames: ReadonlySet<string> = /* @__PURE__ */ new Set(["message", "Message"]);

const inherentNames: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "$fault",
  "$metadata",
  "$retryable",
  "cause",
  "members",
  "message",
  "name",
  "stack",
]);
