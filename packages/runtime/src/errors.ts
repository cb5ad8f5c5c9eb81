import type { ResponseMetadata } from "./operation.ts";

/**
 * Every error of Pawprint carries this brand and, under it, its kind. A registered symbol is the
 * same in every copy of this package and in every realm, so the `is…` functions work where
 * `instanceof` would not.
 */
const kind: unique symbol = Symbol.for("pawprint.error.kind") as never;

type ErrorKind =
  | "configuration"
  | "input"
  | "pagination"
  | "response"
  | "service"
  | "transport"
  | "waiter";

/** What every error of Pawprint has in common. */
export abstract class PawprintError extends Error {
  /** How the call went until it failed. */
  readonly $metadata: ResponseMetadata;

  constructor(errorKind: ErrorKind, name: string, message: string, options: PawprintErrorOptions) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.$metadata = options.$metadata ?? { attempts: 0, totalRetryDelay: 0 };
    Object.defineProperty(this, kind, { value: errorKind });
    // Not enumerable, like the `name` of the language's own errors, so that a log prints it once.
    Object.defineProperty(this, "name", { value: name, configurable: true, writable: true });
  }
}

export interface PawprintErrorOptions {
  readonly $metadata?: ResponseMetadata | undefined;
  readonly cause?: unknown;
}

export interface ServiceErrorOptions extends PawprintErrorOptions {
  /** Default: empty. */
  readonly message?: string | undefined;
}

/** An error that the service answered with. `name` is the error's shape name, or its code where the model knows none. */
export abstract class ServiceError extends PawprintError {
  /** Whose fault it is, as the model or else the status says: the request's, or the service's. */
  readonly $fault: "client" | "server";
  /** Present where the model says that the call may be tried again. */
  readonly $retryable: { readonly throttling: boolean } | undefined;

  constructor(
    name: string,
    fault: "client" | "server",
    options: ServiceErrorOptions,
    { members = [], sensitive = [], retryable }: ServiceErrorTraits = {},
  ) {
    const { message = "", $metadata, cause } = options;
    const isSecret = sensitive.includes("message");
    const shown = isSecret ? "(a sensitive message)" : message;
    super("service", name, shown, cause === undefined ? { $metadata } : { $metadata, cause });
    // The stack is what gets printed, and may not be written before someone looks at it.
    if (isSecret && this.stack !== "") Object.defineProperty(this, "message", { value: message });
    this.$fault = fault;
    this.$retryable = retryable;
    const values: { readonly [name: string]: unknown } = { ...options };
    for (const member of members) {
      // A model may use any name: nothing that every error has is overwritten.
      if (values[member] === undefined || member in this) continue;
      const enumerable = !sensitive.includes(member);
      Object.defineProperty(this, member, { value: values[member], enumerable });
    }
  }
}

/** What the model says of an error. */
export interface ServiceErrorTraits {
  /** The names of its members beside the message: whatever else a response has is left out. */
  readonly members?: readonly string[];
  /** Those of them, and `message`, that nothing should print: a log shows the stack, and what is enumerable. */
  readonly sensitive?: readonly string[];
  readonly retryable?: { readonly throttling: boolean };
}

/** The class of a modelled error. */
export type ServiceErrorClass = new (options: never) => ServiceError;

/** An error that the service answered with and that its model does not list, such as `AccessDeniedException`. */
export class UnmodeledServiceError extends ServiceError {
  /** The error's members as they came, without `message`. */
  readonly members: { readonly [name: string]: unknown };

  constructor(
    name: string,
    fault: "client" | "server",
    options: ServiceErrorOptions & { readonly members?: { readonly [name: string]: unknown } } = {},
  ) {
    const { members = {}, ...rest } = options;
    super(name, fault, rest);
    this.members = members;
  }
}

/**
 * There is no response, or only a part of one. The service may or may not have done what it was
 * asked to: the call is safe to repeat where the operation is idempotent.
 *
 * - `AbortError`: the caller's signal fired.
 * - `TimeoutError`: one of the time-outs passed; the message says which.
 * - `ConnectionError`: no connection could be made, or it broke.
 */
export class TransportError extends PawprintError {
  declare readonly name: "AbortError" | "ConnectionError" | "TimeoutError";

  constructor(
    name: "AbortError" | "ConnectionError" | "TimeoutError",
    message: string,
    options: PawprintErrorOptions = {},
  ) {
    super("transport", name, message, options);
  }
}

/** The input breaks the model. Nothing was sent. */
export class InvalidInputError extends PawprintError {
  declare readonly name: "InvalidInputError";
  /** Every problem of the input, in the order of its members. */
  readonly problems: readonly InputProblem[];

  constructor(operation: string, problems: readonly InputProblem[]) {
    super("input", "InvalidInputError", describeProblems(operation, problems), {});
    this.problems = problems;
  }
}

export interface InputProblem {
  /** Where in the input, such as `UsageRecords[3].Quantity`; empty for the input itself. */
  readonly path: string;
  /** What is wrong there, such as `2147483648 is above 2147483647`. */
  readonly message: string;
}

/** A response that came whole and cannot be read. Where its status is 2xx, the service did what it was asked to. */
export class ResponseError extends PawprintError {
  declare readonly name: "ResponseError";
  /** The first 1,024 characters of the body; empty where the model says that it may have sensitive values. */
  readonly body: string;

  constructor(message: string, body: string, options: PawprintErrorOptions) {
    super("response", "ResponseError", message, options);
    this.body = body.slice(0, 1024);
  }
}

/**
 * An option is missing or wrong, or no region, credentials or endpoint can be had. Nothing was sent,
 * unless `$metadata` says otherwise: new credentials can be missing for another attempt alone.
 */
export class ConfigurationError extends PawprintError {
  declare readonly name: "ConfigurationError";

  constructor(message: string, options: PawprintErrorOptions = {}) {
    super("configuration", "ConfigurationError", message, options);
  }
}

/**
 * A service gave a token that it had given some pages before: to go on would bring the same pages
 * again and again. What came until then is right, and whether it is all is unknown.
 */
export class PaginationError extends PawprintError {
  declare readonly name: "PaginationError";

  constructor(message: string, options: PawprintErrorOptions = {}) {
    super("pagination", "PaginationError", message, options);
  }
}

export interface WaiterErrorOptions extends PawprintErrorOptions {
  /** Absent where no answer came. */
  readonly reason?: object | undefined;
}

/**
 * A waiter ended without what it waited for.
 *
 * - `AbortError`: the caller's signal fired.
 * - `FailureError`: the service answered with a state that leads nowhere, or with an error.
 * - `TimeoutError`: `maxWaitTime` passed.
 */
export class WaiterError extends PawprintError {
  declare readonly name: "AbortError" | "FailureError" | "TimeoutError";
  /** The last answer: an output with its `$metadata`, or a `ServiceError`. Absent where none came. */
  readonly reason: object | undefined;

  constructor(
    name: "AbortError" | "FailureError" | "TimeoutError",
    message: string,
    options: WaiterErrorOptions = {},
  ) {
    super("waiter", name, message, options);
    this.reason = options.reason;
  }
}

/** Whether the service answered with an error, modelled or not. */
export function isServiceError(error: unknown): error is ServiceError {
  return kindOf(error) === "service";
}

/** Whether there was no whole response: time-out, abort, or a connection that broke. */
export function isTransportError(error: unknown): error is TransportError {
  return kindOf(error) === "transport";
}

/** Whether the input was refused before anything was sent. */
export function isInvalidInputError(error: unknown): error is InvalidInputError {
  return kindOf(error) === "input";
}

/** Whether a response came that cannot be read. */
export function isResponseError(error: unknown): error is ResponseError {
  return kindOf(error) === "response";
}

/** Whether an option, the region, the credentials or the endpoint is missing or wrong. */
export function isConfigurationError(error: unknown): error is ConfigurationError {
  return kindOf(error) === "configuration";
}

/** Whether a service's tokens led back to pages that it had given before. */
export function isPaginationError(error: unknown): error is PaginationError {
  return kindOf(error) === "pagination";
}

/** Whether a waiter ended without what it waited for: failure, time-out or abort. */
export function isWaiterError(error: unknown): error is WaiterError {
  return kindOf(error) === "waiter";
}

function kindOf(error: unknown): unknown {
  return typeof error === "object" && error !== null
    ? (error as { [kind]?: unknown })[kind]
    : undefined;
}

function describeProblems(operation: string, problems: readonly InputProblem[]): string {
  const lines = problems.map(({ path, message }) =>
    path === "" ? message : `${path}: ${message}`,
  );
  return lines.length === 1
    ? `${operation}: ${lines[0]}`
    : `${operation}: ${lines.length} problems\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
