import type {
  AwsCredentialIdentityProvider,
  RequestSigner,
  RetryStrategyV2,
  RetryToken,
  SdkError,
} from "@smithy/types";
import { readResult, toTransportError } from "./call-outcome.ts";
import { checkInput } from "./check-input.ts";
import { cacheCredentials, namedProvider } from "./credentials.ts";
import type { AuthScheme, EndpointParameters, ResolvedEndpoint } from "./endpoints/endpoint.ts";
import {
  ConfigurationError,
  isConfigurationError,
  isTransportError,
  PawprintError,
  TransportError,
} from "./errors.ts";
import { createTimeoutError } from "./http-failure.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http-handler.ts";
import type { AttemptContext, CallContext, Interceptor } from "./interceptor.ts";
import { withLimits } from "./limits.ts";
import type { MetadataBearer, Operation, ResponseMetadata, Service } from "./operation.ts";
import type { CallOptions, TransportOptions } from "./options.ts";
import { checkCallOptions, checkOptions, isHostLabel } from "./options.ts";
import type { Platform } from "./platform.ts";
import type { ProtocolResponse } from "./protocol/protocol.ts";
import { addressRequest } from "./request-address.ts";
import { formatHost } from "./request-target.ts";
import { leaveResponse, readResponse } from "./response.ts";
import { isClockSkewError, readRetryAfter, StandardRetryStrategy, selectRetry } from "./retry.ts";
import { createSigner } from "./signing/smithy-signature-v4.ts";
import { sleep } from "./timeout.ts";
import type { Transport } from "./transport.ts";

/**
 * Makes the transport of one service on one platform. Nothing is connected, loaded or asked for
 * until the first call. Throws a `ConfigurationError` for an option that cannot be.
 */
export function createServiceTransport(
  service: Service,
  platform: Platform,
  options: TransportOptions,
): Transport {
  return new ServiceTransport(service, platform, options);
}

class ServiceTransport implements Transport {
  readonly #service: Service;
  readonly #platform: Platform;
  // Some know a secret: private members are in nothing that a log prints of a client.
  readonly #options: TransportOptions;
  readonly #credentials: AwsCredentialIdentityProvider;
  readonly #signer: RequestSigner;
  /** Signs for endpoints that want the path as it is, escaped once. */
  readonly #plainPathSigner: RequestSigner;
  readonly #interceptors: readonly Interceptor[];
  readonly #retryStrategy: RetryStrategyV2;
  /** How often a request is sent at most, as far as that is not up to a strategy of the caller's. */
  readonly #maxAttempts: number;
  readonly #region: () => Promise<string>;
  readonly #userAgent: string;
  #handler: HttpHandler | undefined;
  /** How far the service's clock is ahead of this machine's, in milliseconds, as far as known. */
  #clockOffset = 0;

  constructor(service: Service, platform: Platform, options: TransportOptions) {
    checkOptions(options, platform.options, service.endpointOptions);
    this.#service = service;
    this.#platform = platform;
    this.#options = options;
    this.#interceptors = options.interceptors ?? [];
    this.#handler = options.requestHandler;
    const { retryStrategy, maxAttempts = 3 } = options;
    this.#maxAttempts = retryStrategy === undefined ? maxAttempts : Number.POSITIVE_INFINITY;
    this.#retryStrategy = retryStrategy ?? new StandardRetryStrategy({ maxAttempts });
    this.#region = selectRegion(options, platform);
    this.#userAgent = describeUserAgent(service, platform, options);
    this.#credentials = selectCredentials(service, options, platform);
    const signing = {
      service: service.signingName,
      region: this.#region,
      credentials: this.#credentials,
      sha256: platform.sha256,
    };
    this.#signer = createSigner(signing);
    this.#plainPathSigner = createSigner({ ...signing, uriEscapePath: false });
  }

  async call<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output & MetadataBearer> {
    checkCallOptions(options);
    const context = { service: this.#service.sdkId, operation: operation.name, input };
    const progress: Progress = { attempts: 0, totalRetryDelay: 0 };
    const { abortSignal, callTimeout = 0 } = options;
    const limits = {
      signal: abortSignal,
      timeout: callTimeout,
      createAbortError: (signal: AbortSignal) => createAbortError(signal, progress),
      createTimeoutError: () =>
        new TransportError(
          "TimeoutError",
          `${operation.name}: callTimeout of ${callTimeout} ms passed`,
          { $metadata: { ...progress } },
        ),
    };
    const run = (signal?: AbortSignal) =>
      this.#execute({ operation, options, signal, context, progress }, input);
    const outcome = await (abortSignal || callTimeout ? withLimits(limits, run) : run()).then(
      (output) => ({ output }),
      (error: unknown) => ({ error: addProgress(error, progress) }),
    );
    for (const interceptor of this.#interceptors) {
      await interceptor.readAfterExecution?.({ ...context, ...outcome });
    }
    if ("error" in outcome) throw outcome.error;
    return outcome.output;
  }

  destroy(): void {
    if (this.#options.requestHandler !== undefined) return;
    this.#handler?.destroy?.();
    this.#handler = undefined;
  }

  async #execute<Input extends object, Output extends object>(
    call: Call<Input, Output>,
    input: Input,
  ): Promise<Output & MetadataBearer> {
    throwIfAborted(call);
    const { operation, context } = call;
    for (const interceptor of this.#interceptors) await interceptor.readBeforeExecution?.(context);
    if (this.#options.validate ?? true) {
      checkInput(operation.name, operation.input, input, this.#service.inputChecks);
    }
    const draft = this.#service.protocol.createRequest(operation, input);
    const endpoint = await this.#resolveEndpoint(operation, input);
    const request = addressRequest(draft, endpoint, operation.hostPrefix?.(input), {
      [this.#platform.userAgentHeader]: this.#userAgent,
      "amz-sdk-invocation-id": crypto.randomUUID(),
      ...this.#platform.requestHeaders?.(),
    });
    const { compression } = operation;
    return this.#attempt(call, {
      endpoint,
      request: compression === undefined ? request : await compression(request),
    });
  }

  /** Sends the request until it succeeds or the retry strategy gives up. */
  async #attempt<Input extends object, Output extends object>(
    call: Call<Input, Output>,
    addressed: AddressedRequest,
  ): Promise<Output & MetadataBearer> {
    const { progress } = call;
    let token = await this.#retryStrategy.acquireInitialRetryToken(this.#service.sdkId);
    let clockCorrected = false;
    for (;;) {
      const outcome = await this.#send(call, addressed);
      if ("output" in outcome) {
        this.#retryStrategy.recordSuccess(token);
        return outcome.output;
      }
      throwIfAborted(call);
      const { error, headers, clockOffset } = outcome;
      const isClockOff = this.#correctClock(error, headers, clockOffset);
      if (progress.attempts >= this.#maxAttempts) throw error;
      if (isClockOff && !clockCorrected) {
        clockCorrected = true;
        continue;
      }
      const next = await this.#nextToken(token, error, headers);
      if (next === undefined) throw error;
      token = next;
      const delay = token.getRetryDelay();
      this.#options.logger?.warn(
        `${describe(call)}: attempt ${progress.attempts} failed with ${toToken(error.name)}, the next one is in ${delay} ms`,
      );
      await sleep(delay, call.signal);
      throwIfAborted(call);
      progress.totalRetryDelay += delay + (token.$retryLog?.acquisitionDelay ?? 0);
    }
  }

  /** The token of the next attempt, or nothing where the error is final or the retries are used up. */
  async #nextToken(
    token: RetryToken,
    error: PawprintError,
    headers: ProtocolResponse["headers"],
  ): Promise<RetryToken | undefined> {
    const errorType = selectRetry(error);
    if (errorType === undefined) return undefined;
    const retryAfterHint = readRetryAfter(headers, new Date());
    try {
      return await this.#retryStrategy.refreshRetryTokenForRetry(token, {
        errorType,
        error: error as unknown as SdkError,
        ...(retryAfterHint !== undefined && { retryAfterHint }),
      });
    } catch {
      return undefined;
    }
  }

  /** One attempt: sign, transmit, read. Rejects where not even an attempt can be made. */
  async #send<Input extends object, Output extends object>(
    call: Call<Input, Output>,
    addressed: AddressedRequest,
  ): Promise<Outcome<Output>> {
    const { context, progress } = call;
    const attempt = progress.attempts + 1;
    const { request, clockOffset } = await this.#sign(call, addressed, attempt);
    const failed = (
      error: PawprintError,
      headers: ProtocolResponse["headers"] = {},
    ): Outcome<Output> => ({ error, headers, clockOffset });
    for (const interceptor of this.#interceptors) {
      await interceptor.readBeforeTransmit?.({ ...context, request, attempt });
    }
    throwIfAborted(call);
    progress.attempts = attempt;
    const started = Date.now();
    const transmitted = await this.#transmit(call, request);
    if (transmitted instanceof PawprintError) return failed(transmitted);
    for (const interceptor of this.#interceptors) {
      await interceptor.readAfterTransmit?.({
        ...context,
        request,
        attempt,
        response: transmitted,
      });
    }
    const requestTimeout = this.#requestTimeout(call);
    const response = await readResponse(transmitted, {
      signal: call.signal,
      timeout: requestTimeout && Math.max(1, requestTimeout - (Date.now() - started)),
    }).catch((cause: unknown) => toTransportError(cause, progress));
    if (response instanceof PawprintError) return failed(response);
    const { statusCode, headers } = response;
    const requestId = headers["x-amzn-requestid"] ?? headers["x-amz-request-id"];
    this.#options.logger?.debug(
      `${describe(call)}: attempt ${attempt}, status ${statusCode}, ${Date.now() - started} ms, request ${requestId ?? "without an id"}`,
    );
    const $metadata: ResponseMetadata = {
      httpStatusCode: statusCode,
      ...(requestId !== undefined && { requestId }),
      ...progress,
    };
    const result = readResult(call.operation, response, $metadata);
    if (!(result instanceof PawprintError)) return { output: result };
    await this.#platform.explainError?.(call.operation.name, result, this.#credentials);
    return failed(result, headers);
  }

  async #sign(
    { operation, context }: Call<never, object>,
    { endpoint, request }: AddressedRequest,
    attempt: number,
  ): Promise<SignedRequest> {
    const headers = {
      ...request.headers,
      "amz-sdk-request": Number.isFinite(this.#maxAttempts)
        ? `attempt=${attempt}; max=${this.#maxAttempts}`
        : `attempt=${attempt}`,
    };
    let unsigned: HttpRequest = { ...request, headers };
    for (const interceptor of this.#interceptors) {
      const given: AttemptContext = { ...context, request: unsigned, attempt };
      unsigned = (await interceptor.modifyBeforeSigning?.(given)) ?? unsigned;
    }
    // The signature covers it, and an interceptor may have changed the body.
    unsigned = operation.checksum?.(unsigned) ?? unsigned;
    const isSigned = await this.#isSigned(operation);
    // Another call may correct the clock at any time: it counts which one this request has.
    const clockOffset = this.#clockOffset;
    if (!isSigned) return { request: unsigned, clockOffset };
    const { signingName, signingRegion, disableDoubleEncoding } = selectAuthScheme(endpoint) ?? {};
    const signer = disableDoubleEncoding ? this.#plainPathSigner : this.#signer;
    const signed = await signer.sign(unsigned, {
      signingDate: new Date(Date.now() + clockOffset),
      ...(signingName !== undefined && { signingService: signingName }),
      ...(signingRegion !== undefined && { signingRegion }),
    });
    return { request: signed, clockOffset };
  }

  /** Credentials that are given have to work; that there are none elsewhere need not be a fault. */
  async #isSigned({ auth }: Operation<never, object>): Promise<boolean> {
    if (auth !== "optional" || this.#options.credentials !== undefined) return auth !== "none";
    return this.#credentials().then(
      () => true,
      () => false,
    );
  }

  /** Hands the request to the HTTP handler. What that one throws means that there is no response. */
  async #transmit(
    call: Call<never, object>,
    request: HttpRequest,
  ): Promise<HttpResponse | PawprintError> {
    const { progress } = call;
    try {
      const response = await this.#handle(call, request);
      throwIfAborted(call);
      return response;
    } catch (cause) {
      // Our own handlers tell every failure of the network: anything else is a request that cannot be sent.
      const isOurs = this.#options.requestHandler === undefined;
      if (isOurs && !isTransportError(cause)) throw cause;
      return toTransportError(cause, progress);
    }
  }

  async #handle(call: Call<never, object>, request: HttpRequest): Promise<HttpResponse> {
    this.#handler ??= this.#platform.createHttpHandler();
    const handler = this.#handler;
    const timeout = this.#requestTimeout(call);
    const ask = async (signal: AbortSignal | undefined): Promise<HttpResponse> => {
      const options = { requestTimeout: timeout, ...(signal && { abortSignal: signal }) };
      const { response } = await handler.handle(request, options);
      if (signal?.aborted) leaveResponse(response);
      return response;
    };
    if (this.#options.requestHandler === undefined) return ask(call.signal);
    // A foreign handler need not heed either: that of the AWS SDK for Node only warns of a time-out.
    const limits = {
      signal: call.signal,
      timeout,
      createAbortError: ({ reason }: AbortSignal) => reason,
      createTimeoutError: () =>
        createTimeoutError(
          formatHost(request),
          "requestTimeout",
          timeout,
          "waiting for the response",
        ),
    };
    return withLimits(limits, ask);
  }

  #requestTimeout({ options }: Call<never, object>): number {
    return options.requestTimeout ?? this.#options.requestTimeout ?? 30_000;
  }

  async #resolveEndpoint<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
  ): Promise<ResolvedEndpoint> {
    const parameters: { [name: string]: EndpointParameters[string] } = {
      Region: await this.#region(),
      UseDualStack: this.#options.useDualstackEndpoint ?? false,
      UseFIPS: this.#options.useFipsEndpoint ?? false,
      Endpoint: this.#options.endpoint,
      ...readEndpointOptions(this.#service, this.#options),
    };
    if (this.#service.usesAccountId && (await this.#isSigned(operation))) {
      Object.assign(parameters, await this.#accountParameters());
    }
    const given = operation.endpointParameters?.(input) ?? {};
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) parameters[name] = value;
    }
    return this.#service.resolveEndpoint(parameters);
  }

  /**
   * The account of whoever signs, for endpoints that belong to one. Where the credentials do not
   * name it, "preferred" means the endpoint of all accounts.
   */
  async #accountParameters(): Promise<EndpointParameters> {
    const { accountId } = await this.#credentials();
    return { AccountId: accountId, AccountIdEndpointMode: "preferred" };
  }

  /**
   * Takes over the service's clock where an error says that the time of a request, signed with this
   * offset, was off. Calls that were under way meanwhile come to the same clock on their own.
   */
  #correctClock(
    error: PawprintError,
    headers: ProtocolResponse["headers"],
    signedWith: number,
  ): boolean {
    const serverTime = Date.parse(headers.date ?? "");
    if (Number.isNaN(serverTime) || !isClockSkewError(error)) return false;
    const offset = serverTime - Date.now();
    if (Math.abs(offset - signedWith) < skewTolerance) return false;
    this.#clockOffset = offset;
    return true;
  }
}

interface Call<Input extends object, Output extends object> {
  readonly operation: Operation<Input, Output>;
  readonly options: CallOptions;
  /** Fires when the caller's does, or when the time for the whole call is over. */
  readonly signal: AbortSignal | undefined;
  readonly context: CallContext;
  readonly progress: Progress;
}

/** What all attempts of a call have in common. */
interface AddressedRequest {
  readonly endpoint: ResolvedEndpoint;
  readonly request: HttpRequest;
}

/** How far a call is. It grows with each attempt. */
interface Progress {
  attempts: number;
  totalRetryDelay: number;
}

type Outcome<Output> =
  | { readonly output: Output & MetadataBearer }
  | {
      readonly error: PawprintError;
      readonly headers: ProtocolResponse["headers"];
      readonly clockOffset: number;
    };

interface SignedRequest {
  readonly request: HttpRequest;
  /** How far the clock of the signature was ahead of this machine's, in milliseconds. */
  readonly clockOffset: number;
}

/** In milliseconds. Services refuse a signature whose time is 5 minutes off; Date headers are a little late. */
const skewTolerance = 240_000;

function selectRegion(
  { region }: TransportOptions,
  { defaultRegion }: Platform,
): () => Promise<string> {
  if (typeof region === "string") return async () => region;
  const provider = region ?? defaultRegion;
  if (provider === undefined) {
    throw new ConfigurationError("region: must be given, such as us-east-1");
  }
  let pending: Promise<string> | undefined;
  const named = namedProvider("region", async () => {
    const value = await provider();
    if (!isHostLabel(value)) throw new TypeError(`${JSON.stringify(value)} is no AWS Region`);
    return value;
  });
  return () => {
    pending ??= named().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
}

function selectCredentials(
  { needsNoCredentials }: Service,
  { credentials }: TransportOptions,
  { defaultCredentials }: Platform,
): AwsCredentialIdentityProvider {
  if (typeof credentials === "object") return async () => credentials;
  const provider = credentials ?? defaultCredentials;
  if (provider === undefined) {
    const error = new ConfigurationError("credentials: must be given");
    if (needsNoCredentials) return () => Promise.reject(error);
    throw error;
  }
  return namedProvider("credentials", cacheCredentials(provider));
}

function describeUserAgent(
  { sdkId, packageVersion }: Service,
  { userAgent }: Platform,
  { userAgentAppId }: TransportOptions,
): string {
  const api = `api/${sdkId.toLowerCase().replaceAll(" ", "_")}#${packageVersion}`;
  const app = userAgentAppId === undefined ? [] : [`app/${toToken(userAgentAppId)}`];
  return [`pawprint/${packageVersion}`, "ua/2.1", userAgent, api, ...app].join(" ");
}

/** What the options say of parameters that only the rules of this service have. */
function readEndpointOptions(
  { endpointOptions }: Service,
  options: TransportOptions,
): EndpointParameters | undefined {
  if (endpointOptions === undefined) return undefined;
  const values = options as { readonly [option: string]: EndpointParameters[string] };
  return Object.fromEntries(
    endpointOptions.map(({ option, parameter }) => [parameter, values[option]]),
  );
}

/** Keeps a call that has been aborted from going on behind its caller's back. */
function throwIfAborted({ signal, progress }: Call<never, object>): void {
  if (signal?.aborted) throw createAbortError(signal, progress);
}

function createAbortError(signal: AbortSignal | undefined, progress: Progress): TransportError {
  return new TransportError("AbortError", "the call was aborted", {
    cause: signal?.reason,
    $metadata: { ...progress },
  });
}

/** Credentials may be missing for a later attempt only: then it must not look as if nothing was sent. */
function addProgress(error: unknown, progress: Progress): unknown {
  if (progress.attempts === 0 || !isConfigurationError(error)) return error;
  const { message, cause } = error;
  return new ConfigurationError(message, { cause, $metadata: { ...progress } });
}

/** The first way to sign that an endpoint accepts and that is known: any other would only be refused. */
function selectAuthScheme({ url, authSchemes = [] }: ResolvedEndpoint): AuthScheme | undefined {
  const scheme = authSchemes.find(({ name }) => name === "sigv4");
  if (scheme !== undefined || authSchemes.length === 0) return scheme;
  const names = authSchemes.map(({ name }) => name).join(" or ");
  throw new ConfigurationError(
    `the endpoint ${url} wants a signature of ${names}: only sigv4 is known`,
  );
}

/** What a user agent allows in a name, and a log in a line; anything else becomes a dash. */
function toToken(text: string): string {
  return text.slice(0, 128).replace(/[^\w!#$%&'*+.^`|~-]/g, "-");
}

function describe({ context }: Call<never, object>): string {
  return `${context.service} ${context.operation}`;
}
