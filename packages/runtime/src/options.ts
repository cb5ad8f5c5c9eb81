import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  Logger,
  Provider,
  RetryStrategyV2,
} from "@smithy/types";
import { isValidHostLabel } from "./endpoints/host-label.ts";
import { ConfigurationError } from "./errors.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { Interceptor } from "./interceptor.ts";
import type { EndpointOption } from "./operation.ts";

/** The options that every transport has. */
export interface TransportOptions {
  /** The AWS Region to call, such as `us-east-1`, or a function that gives it, called once. */
  readonly region?: string | Provider<string> | undefined;
  /**
   * Who signs. A function is called again once what it gave expires; parallel calls share one
   * request for new credentials.
   */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Send requests to this URL instead of the service's own. It cannot go with the next two options. */
  readonly endpoint?: string | undefined;
  /** Use the endpoint that has IPv6 beside IPv4. Default: false. */
  readonly useDualstackEndpoint?: boolean | undefined;
  /** Use the endpoint whose cryptography follows FIPS 140. Default: false. */
  readonly useFipsEndpoint?: boolean | undefined;
  /** How often a request is sent at most, the first time included. Default: 3. Ignored beside `retryStrategy`. */
  readonly maxAttempts?: number | undefined;
  /** Replaces the standard retries: exponential backoff with full jitter, and a budget for all calls together. */
  readonly retryStrategy?: RetryStrategyV2 | undefined;
  /** Replaces the HTTP handler: any handler written for `@smithy/types`. It stays the caller's to destroy. */
  readonly requestHandler?: HttpHandler | undefined;
  /** Milliseconds from the start of an attempt to the last byte of its response. Default: 30,000; 0: no limit. */
  readonly requestTimeout?: number | undefined;
  /** Gets a line for each attempt (`debug`) and each retry (`warn`). No input, output or credential is logged. */
  readonly logger?: Logger | undefined;
  /** Watch and change what goes over the wire, in this order. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Whether input that breaks the model is refused before anything is sent. Default: true. */
  readonly validate?: boolean | undefined;
  /** A name for your application, at most 50 characters, sent in the user agent. */
  readonly userAgentAppId?: string | undefined;
}

/** The options of one call. */
export interface CallOptions {
  /** Ends the call wherever it is, with an `AbortError`. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Replaces the transport's `requestTimeout`, which is for each attempt. */
  readonly requestTimeout?: number | undefined;
  /** Milliseconds for the whole call, retries and waits included. It ends with a `TimeoutError`. Default: 0, no limit. */
  readonly callTimeout?: number | undefined;
}

/** What an option must be: whether a value is it, and how a message says it. */
export type OptionCheck = readonly [holds: (value: unknown) => boolean, expected: string];

export interface OptionChecks {
  readonly [option: string]: OptionCheck;
}

const milliseconds: OptionCheck = [isMilliseconds, "a number of milliseconds from 0"];
const trueOrFalse: OptionCheck = [(value) => typeof value === "boolean", "true or false"];

const transportChecks: OptionChecks = {
  region: [isRegion, "an AWS Region such as us-east-1, or a function that gives one"],
  credentials: [
    isCredentials,
    "an object with accessKeyId and secretAccessKey, or a function that gives one",
  ],
  endpoint: [isHttpUrl, "a URL such as https://example.com, without user name and #"],
  useDualstackEndpoint: trueOrFalse,
  useFipsEndpoint: trueOrFalse,
  maxAttempts: [(value) => Number.isInteger(value) && Number(value) >= 1, "a whole number from 1"],
  retryStrategy: [
    (value) => hasMethod(value, "acquireInitialRetryToken"),
    "a retry strategy of version 2",
  ],
  requestHandler: [(value) => hasMethod(value, "handle"), "an HTTP handler with a method handle"],
  requestTimeout: milliseconds,
  logger: [
    (value) => hasMethod(value, "debug") && hasMethod(value, "warn"),
    "an object with methods debug and warn",
  ],
  interceptors: [isArrayOfObjects, "an array of objects"],
  validate: trueOrFalse,
  userAgentAppId: [
    (value) => typeof value === "string" && value.length <= 50,
    "a string of at most 50 characters",
  ],
};

/** What only transports on Node have. */
export const nodeChecks: OptionChecks = { connectionTimeout: milliseconds };

/** What only transports on the edge have. */
export const edgeChecks: OptionChecks = {
  fetch: [(value) => typeof value === "function", "a function"],
};

const callChecks: OptionChecks = {
  abortSignal: [() => true, ""],
  requestTimeout: milliseconds,
  callTimeout: milliseconds,
};

/** Throws a `ConfigurationError` that names the first option that cannot be. */
export function checkOptions(
  options: object,
  platformChecks: OptionChecks,
  endpointOptions: readonly EndpointOption[] = [],
): void {
  // JavaScript has no compiler that asks for them.
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("options: must be an object");
  }
  const own = endpointOptions.map(({ option, type }) => [option, endpointChecks[type]] as const);
  check(options, { ...transportChecks, ...platformChecks, ...Object.fromEntries(own) });
}

/** Throws a `ConfigurationError` that names the option of a call that cannot be. */
export function checkCallOptions(options: CallOptions): void {
  check(options, callChecks);
}

function check(options: object, checks: OptionChecks): void {
  const given: { readonly [option: string]: unknown } = { ...options };
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `${unknown}: there is no such option; there are ${Object.keys(checks).join(", ")}`,
    );
  }
  for (const [name, [holds, expected]] of Object.entries(checks)) {
    const value = given[name];
    if (value === undefined || holds(value)) continue;
    // Secrets must not get into a message (an endpoint may have one before its @), and other objects
    // would only make it long.
    const isShown =
      typeof value !== "object" && name !== "credentials" && !String(value).includes("@");
    const found = isShown ? `, not ${print(value)}` : "";
    throw new ConfigurationError(`${name}: must be ${expected}${found}`);
  }
}

function isMilliseconds(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) >= 0;
}

const endpointChecks: { readonly [type in EndpointOption["type"]]: OptionCheck } = {
  boolean: trueOrFalse,
  string: [(value) => typeof value === "string", "a string"],
  stringArray: [
    (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
    "an array of strings",
  ],
};

function print(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "function" || typeof value === "symbol" ? typeof value : String(value);
}

function isRegion(value: unknown): boolean {
  return typeof value === "function" || isHostLabel(value);
}

/** A Region becomes a part of a host name, so nothing else may get into it. */
export function isHostLabel(value: unknown): boolean {
  return typeof value === "string" && isValidHostLabel(value, false);
}

function isCredentials(value: unknown): boolean {
  return typeof value === "function" || isCredentialIdentity(value);
}

/** Whether a value has what it takes to sign. */
export function isCredentialIdentity(value: unknown): boolean {
  if (!hasText(value, "accessKeyId") || !hasText(value, "secretAccessKey")) return false;
  const { sessionToken } = value as { readonly sessionToken?: unknown };
  return sessionToken === undefined || typeof sessionToken === "string";
}

function hasText(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  const member = (value as { readonly [name: string]: unknown })[name];
  return typeof member === "string" && member !== "";
}

function hasMethod(value: unknown, name: string): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { readonly [name: string]: unknown })[name] === "function"
  );
}

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== "string" || !/^https?:\/\//i.test(value) || !URL.canParse(value))
    return false;
  const { username, password, hash } = new URL(value);
  return username + password + hash === "";
}

function isArrayOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
}
