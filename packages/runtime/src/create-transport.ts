import type {
  AwsCredentialIdentityProvider,
  RequestSigner,
  RetryStrategyV2,
  RetryToken,
  SdkError,
} from "@smithy/types";
import { checkInput } from "./check-input.ts";
import { cacheCredentials, namedProvider } from "./credentials.ts";
import type { AuthScheme, EndpointParameters, ResolvedEndpoint } from "./endpoints/endpoint.ts";
import type { ServiceError } from "./errors.ts";
import {
  ConfigurationError,
  isTransportError,
  PawprintError,
  ResponseError,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http-handler.ts";
import type { AttemptContext, CallContext, Interceptor } from "./interceptor.ts";
import type { MetadataBearer, Operation, ResponseMetadata, Service } from "./operation.ts";
import type { CallOptions, TransportOptions } from "./options.ts";
import { checkOptions, isHostLabel } from "./options.ts";
import type { Platform } from "./platform.ts";
import type { ProtocolRequest, ProtocolResponse } from "./protocol/protocol.ts";
import { readResponse } from "./response.ts";
import { isClockSkewError, readRetryAfter, StandardRetryStrategy, selectRetry } from "./retry.ts";
import { createSigner } from "./signing/smithy-signature-v4.ts";
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
  private readonly service: Service;
  private readonly platform: Platform;
  private readonly options: TransportOptions;
  private readonly interceptors: readonly Interceptor[];
  private readonly retryStrategy: RetryStrategyV2;
  private readonly signer: RequestSigner;
  /** Signs for endpoints that want the path as it is, escaped once. */
  private readonly plainPathSigner: RequestSigner;
  private readonly credentials: AwsCredentialIdentityProvider;
  private readonly region: () => Promise<string>;
  private handler: HttpHandler | undefined;
  /** How far the service's clock is ahead of this machine's, in milliseconds, as far as known. */
  private clockOffset = 0;

  constructor(service: Service, platform: Platform, options: TransportOptions) {
    checkOptions(options, platform.options);
    this.service = service;
    this.platform = platform;
    this.options = options;
    this.interceptors = options.interceptors ?? [];
    this.handler = options.requestHandler;
    this.retryStrategy =
      options.retryStrategy ?? new StandardRetryStrategy({ maxAttempts: this.maxAttempts });
    this.region = selectRegion(options, platform);
    this.credentials = selectCredentials(options, platform);
    const signing = {
      service: service.signingName,
      region: this.region,
      credentials: this.credentials,
      sha256: platform.sha256,
    };
    this.signer = createSigner(signing);
    this.plainPathSigner = createSigner({ ...signing, uriEscapePath: false });
  }

  async call<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output & MetadataBearer> {
    if (this.interceptors.length === 0) return this.execute(operation, input, options);
    const context = { service: this.service.sdkId, operation: operation.name, input };
    for (const interceptor of this.interceptors) await interceptor.readBeforeExecution?.(context);
    try {
      const output = await this.execute(operation, input, options);
      for (const interceptor of this.interceptors) {
        await interceptor.readAfterExecution?.({ ...context, output });
      }
      return output;
    } catch (error) {
      for (const interceptor of this.interceptors) {
        await interceptor.readAfterExecution?.({ ...context, error });
      }
      throw error;
    }
  }

  destroy(): void {
    if (this.options.requestHandler !== undefined) return;
    this.handler?.destroy?.();
    this.handler = undefined;
  }

  private get maxAttempts(): number {
    return this.options.maxAttempts ?? 3;
  }

  private async execute<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions,
  ): Promise<Output & MetadataBearer> {
    if (this.options.validate ?? true) checkInput(operation.name, operation.input, input);
    const draft = this.service.protocol.createRequest(operation, input);
    const endpoint = await this.resolveEndpoint(operation, input);
    const call: Call<Input, Output> = {
      operation,
      options,
      authScheme: operation.unsigned ? undefined : selectAuthScheme(endpoint, operation.name),
      context: { service: this.service.sdkId, operation: operation.name, input },
      request: this.address(operation, input, draft, endpoint),
    };
    return this.attempt(call);
  }

  /** Sends the request until it succeeds or the retry strategy gives up. */
  private async attempt<Input extends object, Output extends object>(
    call: Call<Input, Output>,
  ): Promise<Output & MetadataBearer> {
    let token = await this.retryStrategy.acquireInitialRetryToken(this.service.sdkId);
    let totalRetryDelay = 0;
    let clockCorrected = false;
    for (let attempts = 1; ; attempts += 1) {
      const progress = { attempts, totalRetryDelay };
      throwIfAborted(call.options.abortSignal, progress);
      const outcome = await this.send(call, progress);
      if ("output" in outcome) {
        this.retryStrategy.recordSuccess(token);
        return outcome.output;
      }
      const { error, headers } = outcome;
      if (!clockCorrected && attempts < this.maxAttempts && this.correctClock(error, headers)) {
        clockCorrected = true;
        continue;
      }
      const next = await this.nextToken(token, error, headers);
      if (next === undefined) throw error;
      token = next;
      const delay = token.getRetryDelay();
      this.options.logger?.warn(
        `${describe(call)}: attempt ${attempts} failed with ${error.name}, the next one is in ${delay} ms`,
      );
      await sleep(delay, call.options.abortSignal, progress);
      totalRetryDelay += delay + (token.$retryLog?.acquisitionDelay ?? 0);
    }
  }

  /** The token of the next attempt, or nothing where the error is final or the retries are used up. */
  private async nextToken(
    token: RetryToken,
    error: PawprintError,
    headers: ProtocolResponse["headers"],
  ): Promise<RetryToken | undefined> {
    const errorType = selectRetry(error);
    if (errorType === undefined) return undefined;
    const retryAfterHint = readRetryAfter(headers, new Date());
    try {
      return await this.retryStrategy.refreshRetryTokenForRetry(token, {
        errorType,
        error: error as unknown as SdkError,
        ...(retryAfterHint !== undefined && { retryAfterHint }),
      });
    } catch {
      return undefined;
    }
  }

  /** One attempt: sign, transmit, read. Rejects where not even an attempt can be made. */
  private async send<Input extends object, Output extends object>(
    call: Call<Input, Output>,
    progress: Progress,
  ): Promise<Outcome<Output>> {
    const request = await this.sign(call, progress);
    const started = Date.now();
    let response: ProtocolResponse;
    try {
      response = await readResponse(await this.transmit(call, request, progress));
    } catch (cause) {
      return { error: toTransportError(cause, progress), headers: {} };
    }
    const { statusCode, headers } = response;
    const requestId = headers["x-amzn-requestid"] ?? headers["x-amz-request-id"];
    this.options.logger?.debug(
      `${describe(call)}: attempt ${progress.attempts}, status ${statusCode}, ${Date.now() - started} ms, request ${requestId ?? "without an id"}`,
    );
    const $metadata: ResponseMetadata = {
      httpStatusCode: statusCode,
      ...(requestId !== undefined && { requestId }),
      ...progress,
    };
    const result = readResult(call.operation, response, $metadata);
    return result instanceof PawprintError ? { error: result, headers } : { output: result };
  }

  private async sign(
    { operation, context, authScheme, request }: Call<never, object>,
    { attempts }: Progress,
  ): Promise<HttpRequest> {
    const headers = {
      ...request.headers,
      "amz-sdk-request": this.options.retryStrategy
        ? `attempt=${attempts}`
        : `attempt=${attempts}; max=${this.maxAttempts}`,
    };
    let unsigned: HttpRequest = { ...request, headers };
    for (const interceptor of this.interceptors) {
      unsigned =
        (await interceptor.modifyBeforeSigning?.({
          ...context,
          request: unsigned,
          attempt: attempts,
        })) ?? unsigned;
    }
    if (operation.unsigned) return unsigned;
    const { signingName, signingRegion, disableDoubleEncoding } = authScheme ?? {};
    const signer = disableDoubleEncoding ? this.plainPathSigner : this.signer;
    return signer.sign(unsigned, {
      signingDate: new Date(Date.now() + this.clockOffset),
      ...(signingName !== undefined && { signingService: signingName }),
      ...(signingRegion !== undefined && { signingRegion }),
    });
  }

  private async transmit(
    { context, options }: Call<never, object>,
    request: HttpRequest,
    { attempts }: Progress,
  ): Promise<HttpResponse> {
    const attempt: AttemptContext = { ...context, request, attempt: attempts };
    for (const interceptor of this.interceptors) await interceptor.readBeforeTransmit?.(attempt);
    this.handler ??= this.platform.createHttpHandler();
    const { response } = await this.handler.handle(request, {
      requestTimeout: options.requestTimeout ?? this.options.requestTimeout ?? 30_000,
      ...(options.abortSignal && { abortSignal: options.abortSignal }),
    });
    for (const interceptor of this.interceptors) {
      await interceptor.readAfterTransmit?.({ ...attempt, response });
    }
    return response;
  }

  private async resolveEndpoint<Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: Input,
  ): Promise<ResolvedEndpoint> {
    const given = Object.entries(operation.endpointParameters?.(input) ?? {});
    return this.service.resolveEndpoint({
      Region: await this.region(),
      UseDualStack: this.options.useDualstackEndpoint ?? false,
      UseFIPS: this.options.useFipsEndpoint ?? false,
      Endpoint: this.options.endpoint,
      ...(this.service.usesAccountId && !operation.unsigned && (await this.accountParameters())),
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    });
  }

  /**
   * The account of whoever signs, for endpoints that belong to one. Where the credentials do not
   * name it, "preferred" means the endpoint of all accounts.
   */
  private async accountParameters(): Promise<EndpointParameters> {
    const { accountId } = await this.credentials();
    return { AccountId: accountId, AccountIdEndpointMode: "preferred" };
  }

  /** Puts the endpoint and the headers that stay the same for all attempts on a protocol's request. */
  private address<Input extends object, Output extends object>(
    { hostPrefix }: Operation<Input, Output>,
    input: Input,
    draft: ProtocolRequest,
    endpoint: ResolvedEndpoint,
  ): HttpRequest {
    const url = new URL(endpoint.url);
    // A custom endpoint is where the caller wants the request to go: it gets no prefix.
    const prefix = this.options.endpoint === undefined ? (hostPrefix?.(input) ?? "") : "";
    const hostname = prefix + url.hostname;
    const { userAgentHeader } = this.platform;
    return {
      method: draft.method,
      protocol: url.protocol,
      hostname,
      ...(url.port !== "" && { port: Number(url.port) }),
      path: url.pathname === "/" ? draft.path : url.pathname.replace(/\/$/, "") + draft.path,
      query: Object.fromEntries(url.searchParams),
      headers: {
        host: prefix + url.host,
        ...draft.headers,
        ...joinValues(endpoint.headers ?? {}),
        [userAgentHeader]: this.userAgent(),
        "amz-sdk-invocation-id": crypto.randomUUID(),
        ...this.platform.requestHeaders?.(),
      },
      body: draft.body,
    };
  }

  private userAgent(): string {
    const { sdkId, packageVersion } = this.service;
    const { userAgentAppId } = this.options;
    const api = `api/${sdkId.toLowerCase().replaceAll(" ", "_")}#${packageVersion}`;
    const app = userAgentAppId === undefined ? [] : [`app/${toToken(userAgentAppId)}`];
    return [`pawprint/${packageVersion}`, "ua/2.1", this.platform.userAgent, api, ...app].join(" ");
  }

  /** Takes over the service's clock where an error says that this machine's is off. */
  private correctClock(error: PawprintError, headers: ProtocolResponse["headers"]): boolean {
    const serverTime = Date.parse(headers.date ?? "");
    if (Number.isNaN(serverTime) || !isClockSkewError(error)) return false;
    const offset = serverTime - Date.now();
    if (Math.abs(offset - this.clockOffset) < skewTolerance && Math.abs(offset) < skewTolerance)
      return false;
    this.clockOffset = offset;
    return true;
  }
}

interface Call<Input extends object, Output extends object> {
  readonly operation: Operation<Input, Output>;
  readonly options: CallOptions;
  /** What the endpoint says of how to sign. */
  readonly authScheme: AuthScheme | undefined;
  readonly context: CallContext;
  readonly request: HttpRequest;
}

type Progress = Pick<ResponseMetadata, "attempts" | "totalRetryDelay">;

type Outcome<Output> =
  | { readonly output: Output & MetadataBearer }
  | { readonly error: PawprintError; readonly headers: ProtocolResponse["headers"] };

/** Services refuse a signature whose time is 5 minutes off; Date headers are a little late. */
const skewTolerance = 4 * 60 * 1000;

function readResult<Input extends object, Output extends object>(
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
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new ResponseError(
      `${operation.name}: the response with status ${statusCode} cannot be read: ${reason}`,
      body,
      { cause, $metadata },
    );
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
    return new ErrorClass({ ...members, message, $metadata });
  }
  const fault = response.statusCode < 500 ? "client" : "server";
  return new UnmodeledServiceError(code ?? "UnknownError", fault, {
    message: message === "" ? `status ${response.statusCode}` : message,
    members: { ...members },
    $metadata,
  });
}

/** A foreign HTTP handler throws errors of its own; their names are what the platforms agree on. */
function toTransportError(cause: unknown, progress: Progress): PawprintError {
  if (isTransportError(cause)) {
    return new TransportError(cause.name, cause.message, {
      $metadata: progress,
      ...("cause" in cause && { cause: cause.cause }),
    });
  }
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const kind = name === "AbortError" || name === "TimeoutError" ? name : "ConnectionError";
  return new TransportError(kind, message, { cause, $metadata: progress });
}

/**
 * The first way to sign that an endpoint accepts and this transport knows, or nothing where the
 * endpoint leaves it to the service. Signing in another way than it accepts would only be refused.
 */
function selectAuthScheme(
  { url, authSchemes = [] }: ResolvedEndpoint,
  operation: string,
): AuthScheme | undefined {
  const scheme = authSchemes.find(({ name }) => name === "sigv4");
  if (scheme !== undefined || authSchemes.length === 0) return scheme;
  const names = authSchemes.map(({ name }) => name).join(", ");
  throw new ConfigurationError(
    `${operation}: the endpoint ${url} takes requests signed with ${names}, which is not supported`,
  );
}

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
  { credentials }: TransportOptions,
  { defaultCredentials }: Platform,
): AwsCredentialIdentityProvider {
  if (typeof credentials === "object") return async () => credentials;
  const provider = credentials ?? defaultCredentials;
  if (provider === undefined) {
    throw new ConfigurationError("credentials: must be given");
  }
  return namedProvider("credentials", cacheCredentials(provider));
}

function throwIfAborted(signal: AbortSignal | undefined, progress: Progress): void {
  if (signal?.aborted) throw abortError(signal, { ...progress, attempts: progress.attempts - 1 });
}

function abortError(signal: AbortSignal, $metadata: Progress): TransportError {
  return new TransportError("AbortError", "the call was aborted", {
    cause: signal.reason,
    $metadata,
  });
}

function sleep(
  milliseconds: number,
  signal: AbortSignal | undefined,
  progress: Progress,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      signal?.removeEventListener("abort", abort);
      resolve();
    };
    const abort = (): void => {
      clearTimeout(timer);
      if (signal !== undefined) reject(abortError(signal, progress));
    };
    const timer = setTimeout(finish, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

function joinValues(headers: NonNullable<ResolvedEndpoint["headers"]>): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(", ")]),
  );
}

/** What a user agent allows in a name; anything else becomes a dash. */
function toToken(text: string): string {
  return text.replace(/[^\w!#$%&'*+.^`|~-]/g, "-");
}

function describe({ context }: Call<never, object>): string {
  return `${context.service} ${context.operation}`;
}
