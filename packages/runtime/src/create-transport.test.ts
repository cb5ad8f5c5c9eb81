import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import type { AwsCredentialIdentity, RetryErrorInfo, RetryStrategyV2 } from "@smithy/types";
import { describe, expect, it, vi } from "vitest";
import { contentMd5 } from "./body-checksum.ts";
import { createServiceTransport } from "./create-transport.ts";
import type { ResolvedEndpoint } from "./endpoints/endpoint.ts";
import {
  ConfigurationError,
  InvalidInputError,
  isConfigurationError,
  ResponseError,
  TransportError,
  UnmodeledServiceError,
} from "./errors.ts";
import {
  exampleService,
  FakeHttpHandler,
  type GetProductInput,
  type GetProductOutput,
  getProduct,
  respond,
  ThrottlingException,
} from "./example.test-service.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http-handler.ts";
import type { Interceptor } from "./interceptor.ts";
import { Sha256 } from "./node/sha256.ts";
import type { Operation } from "./operation.ts";
import type { TransportOptions } from "./options.ts";
import type { Platform } from "./platform.ts";
import type { Transport } from "./transport.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret" };
const input: GetProductInput = { Id: "a" };

const examplePlatform: Platform = {
  userAgent: "lang/js md/test#1",
  userAgentHeader: "user-agent",
  options: {},
  sha256: Sha256,
  createHttpHandler: () => new FakeHttpHandler(respond(200)),
};

function createTransport(
  requestHandler: HttpHandler | undefined,
  options: TransportOptions = {},
  platform: Partial<Platform> = {},
): Transport {
  return createServiceTransport(
    exampleService,
    { ...examplePlatform, ...platform },
    { region: "eu-west-1", credentials, requestHandler, ...options },
  );
}

/** The operation with another endpoint. */
function withEndpoint(endpoint: ResolvedEndpoint): Operation<GetProductInput, GetProductOutput> {
  return { ...getProduct, service: { ...exampleService, resolveEndpoint: () => endpoint } };
}

/** Sends one request to an endpoint, and gives that request. */
async function sendTo(
  endpoint: ResolvedEndpoint,
  options: TransportOptions = {},
): Promise<HttpRequest> {
  const handler = new FakeHttpHandler(respond(200));
  const operation = withEndpoint(endpoint);
  const transport = createServiceTransport(
    operation.service,
    { ...examplePlatform, createHttpHandler: () => handler },
    { region: "eu-west-1", credentials, ...options },
  );
  await transport.call(operation, input);
  return handler.requests[0] as HttpRequest;
}

function fail(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error,
  );
}

/** The day, region and service of a request's signature. */
function scopeOf({ headers }: HttpRequest): string | undefined {
  return /Credential=AKIDEXAMPLE\/(.*?)\/aws4_request/.exec(headers.authorization ?? "")?.[1];
}

function signingTimeOf({ headers }: HttpRequest): number {
  const [, ...parts] = /^(....)(..)(..T..)(..)(..Z)$/.exec(headers["x-amz-date"] ?? "") ?? [];
  const [year, month, dayAndHour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${dayAndHour}:${minute}:${second}`);
}

const quick: RetryStrategyV2 = {
  acquireInitialRetryToken: async () => createToken(0),
  refreshRetryTokenForRetry: async (token) => createToken(token.getRetryCount() + 1),
  recordSuccess: () => {},
};

function createToken(
  retries: number,
): ReturnType<RetryStrategyV2["recordSuccess"]> extends void
  ? { getRetryCount: () => number; getRetryDelay: () => number; getRetryCost: () => number }
  : never {
  return { getRetryCount: () => retries, getRetryDelay: () => 0, getRetryCost: () => 1 };
}

describe("a request", () => {
  it("is the protocol's, with the endpoint's host and a signature", async () => {
    const handler = new FakeHttpHandler(respond(200, { Name: "b" }));
    await createTransport(handler).call(getProduct, input);
    const [request] = handler.requests;
    expect(request).toMatchObject({
      method: "POST",
      protocol: "https:",
      hostname: "example.eu-west-1.amazonaws.com",
      path: "/",
      query: {},
      body: '{"Id":"a"}',
      headers: {
        host: "example.eu-west-1.amazonaws.com",
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "ExampleFrontEnd.GetProduct",
        "amz-sdk-request": "attempt=1; max=3",
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//),
      },
    });
    expect(request?.port).toBeUndefined();
  });

  it("is signed with the time at which it is sent", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const before = Math.floor(Date.now() / 1000) * 1000;
    await createTransport(handler).call(getProduct, input);
    expect(signingTimeOf(handler.requests[0] as HttpRequest)).toBeGreaterThanOrEqual(before);
    expect(signingTimeOf(handler.requests[0] as HttpRequest)).toBeLessThanOrEqual(Date.now());
  });

  it("is signed for the Region and the service's signing name", async () => {
    const request = await sendTo({ url: "https://example.com" });
    expect(scopeOf(request)).toMatch(/^\d{8}\/eu-west-1\/example$/);
  });

  it("is signed as the endpoint's sigv4 scheme says", async () => {
    const authSchemes = [
      { name: "sigv4a", signingName: "ignored", signingRegionSet: ["*"] },
      { name: "sigv4", signingName: "other", signingRegion: "us-east-1" },
    ];
    const request = await sendTo({ url: "https://example.com", authSchemes });
    expect(scopeOf(request)).toMatch(/^\d{8}\/us-east-1\/other$/);
  });

  it("is signed for the transport's Region where the scheme names none", async () => {
    const request = await sendTo({ url: "https://example.com", authSchemes: [{ name: "sigv4" }] });
    expect(scopeOf(request)).toMatch(/^\d{8}\/eu-west-1\/example$/);
  });

  it("is not sent where the endpoint wants a signature that cannot be made", async () => {
    const authSchemes = [{ name: "sigv4a", signingRegionSet: ["*"] }];
    const error = await fail(sendTo({ url: "https://example.com", authSchemes }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty("message", expect.stringContaining("sigv4a"));
  });

  it("has no signature where the operation needs none", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const provider = vi.fn(async () => credentials);
    const transport = createTransport(handler, { credentials: provider });
    await transport.call({ ...getProduct, auth: "none" }, input);
    expect(handler.requests[0]?.headers).not.toHaveProperty("authorization");
    expect(provider).not.toHaveBeenCalled();
  });

  describe("of an operation that takes a signature or none", () => {
    const operation = { ...getProduct, auth: "optional" } as const;
    const withoutKeys = { credentials: undefined };

    it("is signed where there are credentials", async () => {
      const handler = new FakeHttpHandler(respond(200));
      await createTransport(handler).call(operation, input);
      expect(handler.requests[0]?.headers).toHaveProperty("authorization");
    });

    it("is signed with what the platform's own provider gives", async () => {
      const handler = new FakeHttpHandler(respond(200));
      const platform = { defaultCredentials: async () => credentials };
      await createTransport(handler, withoutKeys, platform).call(operation, input);
      expect(handler.requests[0]?.headers).toHaveProperty("authorization");
    });

    it("has no signature where there are none", async () => {
      const handler = new FakeHttpHandler(respond(200));
      const platform = { defaultCredentials: () => Promise.reject(new Error("nothing here")) };
      await createTransport(handler, withoutKeys, platform).call(operation, input);
      expect(handler.requests[0]?.headers).not.toHaveProperty("authorization");
    });

    it("is not sent where the credentials that are given do not come", async () => {
      const handler = new FakeHttpHandler(respond(200));
      const provider = () => Promise.reject(new Error("expired"));
      const call = createTransport(handler, { credentials: provider }).call(operation, input);
      await expect(call).rejects.toThrow("credentials: none could be had: expired");
      expect(handler.requests).toEqual([]);
    });
  });

  it("needs no credentials where the service asks for none", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const service = { ...exampleService, needsNoCredentials: true } as const;
    const transport = createServiceTransport(service, examplePlatform, {
      region: "eu-west-1",
      requestHandler: handler,
    });
    await transport.call({ ...getProduct, service, auth: "none" }, input);
    expect(handler.requests).toHaveLength(1);
    await expect(transport.call({ ...getProduct, service }, input)).rejects.toThrow(
      "credentials: must be given",
    );
  });

  it("has a checksum of the body as it is sent, under the signature", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const interceptor: Interceptor = {
      modifyBeforeSigning: ({ request }) => ({ ...request, body: "hello" }),
    };
    const transport = createTransport(handler, { interceptors: [interceptor] });
    await transport.call({ ...getProduct, checksum: contentMd5 }, input);
    const headers = handler.requests[0]?.headers;
    expect(headers).toMatchObject({ "content-md5": "XUFAKrxLKna5cZ2REBfFkg==" });
    expect(headers?.authorization).toContain("content-md5");
  });

  it("keeps the checksum that an interceptor gave it", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const interceptor: Interceptor = {
      modifyBeforeSigning: ({ request }) => ({
        ...request,
        headers: { ...request.headers, "content-md5": "own" },
      }),
    };
    const transport = createTransport(handler, { interceptors: [interceptor] });
    await transport.call({ ...getProduct, checksum: contentMd5 }, input);
    expect(handler.requests[0]?.headers["content-md5"]).toBe("own");
  });

  it("carries a session token", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const session = { ...credentials, sessionToken: "token" };
    await createTransport(handler, { credentials: session }).call(getProduct, input);
    expect(handler.requests[0]?.headers["x-amz-security-token"]).toBe("token");
  });

  it("has the headers of the endpoint and of the platform", async () => {
    const request = await sendTo({
      url: "https://example.com",
      headers: { "X-Backend": ["a", "b"], "X-One": ["c"] },
    });
    expect(request.headers).toMatchObject({ "x-backend": "a, b", "x-one": "c" });
    const handler = new FakeHttpHandler(respond(200));
    const requestHeaders = () => ({ "x-amzn-trace-id": "Root=1" });
    await createTransport(handler, {}, { requestHeaders }).call(getProduct, input);
    expect(handler.requests[0]?.headers["x-amzn-trace-id"]).toBe("Root=1");
    expect(handler.requests[0]?.headers.authorization).not.toContain("x-amzn-trace-id");
  });

  it("says who sends it", async () => {
    const handler = new FakeHttpHandler(respond(200));
    await createTransport(handler, { userAgentAppId: "shop (EU) ü" }).call(getProduct, input);
    expect(handler.requests[0]?.headers["user-agent"]).toBe(
      "pawprint/1.2.3 ua/2.1 lang/js md/test#1 api/example_service#1.2.3 app/shop--EU---",
    );
    const browser = new FakeHttpHandler(respond(200));
    const platform = { userAgentHeader: "x-amz-user-agent" } as const;
    await createTransport(browser, {}, platform).call(getProduct, input);
    expect(browser.requests[0]?.headers["x-amz-user-agent"]).toMatch(/^pawprint\/1\.2\.3 /);
    expect(browser.requests[0]?.headers).not.toHaveProperty("user-agent");
  });

  it("gets what the call and the transport say of time-outs", async () => {
    const { signal } = new AbortController();
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler, { requestTimeout: 5_000 });
    await transport.call(getProduct, input);
    await transport.call(getProduct, input, { requestTimeout: 0, abortSignal: signal });
    await createTransport(handler).call(getProduct, input);
    const abortSignal = expect.any(AbortSignal);
    expect(handler.options).toEqual([
      { requestTimeout: 5_000, abortSignal },
      { requestTimeout: 0, abortSignal },
      { requestTimeout: 30_000, abortSignal },
    ]);
  });

  it("is left with a TimeoutError where it does not heed the requestTimeout", async () => {
    let given: AbortSignal | undefined;
    const handle: HttpHandler["handle"] = (_request, options) => {
      given = options?.abortSignal as AbortSignal;
      return new Promise(() => {});
    };
    const transport = createTransport({ handle }, { requestTimeout: 10, maxAttempts: 1 });
    expect(await fail(transport.call(getProduct, input))).toMatchObject({
      name: "TimeoutError",
      message:
        "example.eu-west-1.amazonaws.com: requestTimeout of 10 ms passed while waiting for the response",
      $metadata: { attempts: 1 },
    });
    expect(given?.aborted).toBe(true);
  });

  it("that answers too late has its answer let go, and no interceptor sees it", async () => {
    const cancel = vi.fn();
    const readAfterTransmit = vi.fn();
    const controller = new AbortController();
    let answer = (_output: { response: HttpResponse }): void => {};
    const handle = () =>
      new Promise<{ response: HttpResponse }>((resolve) => {
        answer = resolve;
        controller.abort();
      });
    const transport = createTransport({ handle }, { interceptors: [{ readAfterTransmit }] });
    const error = await fail(transport.call(getProduct, input, { abortSignal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError" });
    const body = new ReadableStream({ cancel });
    answer({ response: { statusCode: 200, headers: {}, body } });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
    expect(readAfterTransmit).not.toHaveBeenCalled();
  });

  it("that gives a silent stream is left when the requestTimeout has passed", async () => {
    const cancel = vi.fn();
    const handle = async () => ({
      response: { statusCode: 200, headers: {}, body: new ReadableStream({ cancel }) },
    });
    const transport = createTransport({ handle }, { requestTimeout: 20, maxAttempts: 1 });
    expect(await fail(transport.call(getProduct, input))).toMatchObject({
      name: "TimeoutError",
      message: "requestTimeout passed while reading the response",
      $metadata: { attempts: 1 },
    });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  });
});

describe("a callTimeout", () => {
  const hanging = { handle: () => new Promise<never>(() => {}) };

  it("ends a call with a TimeoutError that says how it went", async () => {
    const call = createTransport(hanging).call(getProduct, input, { callTimeout: 10 });
    const error = await fail(call);
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: "GetProduct: callTimeout of 10 ms passed",
      $metadata: { attempts: 1, totalRetryDelay: 0 },
    });
  });

  it("leaves the word to the caller's signal where that is first", async () => {
    const options = { callTimeout: 10_000, abortSignal: AbortSignal.timeout(10) };
    const error = await fail(createTransport(hanging).call(getProduct, input, options));
    expect(error).toMatchObject({ name: "AbortError", cause: { name: "TimeoutError" } });
    const aborted = { callTimeout: 10_000, abortSignal: AbortSignal.abort("left") };
    expect(await fail(createTransport(hanging).call(getProduct, input, aborted))).toMatchObject({
      name: "AbortError",
      cause: "left",
      $metadata: { attempts: 0 },
    });
  });

  it("leaves neither timer nor listener behind", async () => {
    const { signal: abortSignal } = new AbortController();
    vi.useFakeTimers();
    const handler = new FakeHttpHandler(respond(200));
    const options = { callTimeout: 10_000, abortSignal };
    await createTransport(handler).call(getProduct, input, options);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(getEventListeners(abortSignal, "abort")).toEqual([]);
  });
});

describe("an endpoint", () => {
  it.each([
    ["https://example.com", { protocol: "https:", hostname: "example.com", path: "/" }],
    ["https://example.com/", { hostname: "example.com", path: "/" }],
    ["https://example.com/base", { path: "/base/" }],
    ["https://example.com/base/", { path: "/base/" }],
    ["https://example.com/a%20b/c", { path: "/a%20b/c/" }],
    ["http://example.com:8080", { protocol: "http:", hostname: "example.com", port: 8080 }],
    ["https://example.com?a=b&c=d%20e", { path: "/", query: { a: "b", c: "d e" } }],
    ["https://example.com?a=1&a=2&b=3", { query: { a: ["1", "2"], b: "3" } }],
    ["http://127.0.0.1:4566/path", { hostname: "127.0.0.1", port: 4566, path: "/path/" }],
    ["http://[::1]:4566", { hostname: "[::1]", port: 4566 }],
    ["https://EXAMPLE.com", { hostname: "example.com" }],
  ])("may be %s", async (url, request) => {
    expect(await sendTo({ url })).toMatchObject(request);
  });

  it.each([
    ["https://example.com:443", "example.com"],
    ["https://example.com:8443/base", "example.com:8443"],
    ["http://[::1]:4566", "[::1]:4566"],
  ])("%s is the host %s", async (url, host) => {
    expect((await sendTo({ url })).headers.host).toBe(host);
  });

  it("is resolved from the options and the operation", async () => {
    const resolveEndpoint = vi.fn(() => ({ url: "https://example.com" }));
    const service = { ...exampleService, resolveEndpoint };
    const platform = {
      userAgent: "",
      userAgentHeader: "user-agent",
      options: {},
      sha256: Sha256,
      createHttpHandler: () => new FakeHttpHandler(respond(200)),
    } as const;
    const options = { region: "eu-west-1", credentials, useFipsEndpoint: true };
    await createServiceTransport(service, platform, options).call(
      { ...getProduct, endpointParameters: ({ Id }) => ({ ProductId: Id, None: undefined }) },
      input,
    );
    expect(resolveEndpoint).toHaveBeenCalledWith({
      Region: "eu-west-1",
      UseDualStack: false,
      UseFIPS: true,
      Endpoint: undefined,
      ProductId: "a",
    });
  });

  it("gets the operation's prefix", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const operation = { ...getProduct, hostPrefix: ({ Id }: GetProductInput) => `${Id}.` };
    await createTransport(handler).call(operation, input);
    expect(handler.requests[0]).toMatchObject({
      hostname: "a.example.eu-west-1.amazonaws.com",
      headers: { host: "a.example.eu-west-1.amazonaws.com" },
    });
  });

  it.each(["http://localhost:4566", "http://127.0.0.1:4566", "http://[::1]:4566"])(
    "gets no prefix where nothing could answer to it: %s",
    async (endpoint) => {
      const handler = new FakeHttpHandler(respond(200));
      const operation = { ...getProduct, hostPrefix: () => "data." };
      await createTransport(handler, { endpoint }).call(operation, input);
      expect(handler.requests[0]?.headers.host).toBe(new URL(endpoint).host);
    },
  );

  it("that cannot be resolved fails the call with what the rules say", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const service = {
      ...exampleService,
      resolveEndpoint: () => {
        throw new ConfigurationError("Invalid Configuration: Missing Region");
      },
    };
    const transport = createServiceTransport(service, examplePlatform, {
      region: "a",
      credentials,
      requestHandler: handler,
    });
    expect(await fail(transport.call(getProduct, input))).toHaveProperty(
      "message",
      "Invalid Configuration: Missing Region",
    );
    expect(handler.requests).toHaveLength(0);
  });
});

describe("the options of a call", () => {
  it.each([
    { requestTimeout: Number.NaN },
    { requestTimeout: -5 },
    { callTimeout: "soon" },
    { timeout: 1 },
  ])("that cannot be are refused with their name: %o", async (options) => {
    const handler = new FakeHttpHandler(respond(200));
    const call = createTransport(handler).call(getProduct, input, options as object);
    const [name = ""] = Object.keys(options);
    await expect(call).rejects.toThrow(name);
    expect(handler.requests).toEqual([]);
  });
});

it("an endpoint that the rules make no URL of is refused", async () => {
  await expect(sendTo({ url: "https://a b" })).rejects.toThrow(
    'the endpoint "https://a b" is no URL',
  );
});

it("a foreign retry strategy is asked about every error of the service, and may try again", async () => {
  const asked: RetryErrorInfo["errorType"][] = [];
  const token = { getRetryCount: () => 0, getRetryDelay: () => 0 };
  const retryStrategy: RetryStrategyV2 = {
    acquireInitialRetryToken: async () => token,
    refreshRetryTokenForRetry: async (_token, { errorType }) => {
      asked.push(errorType);
      return token;
    },
    recordSuccess: () => {},
  };
  const handler = new FakeHttpHandler(
    respond(400, { __type: "ConflictException" }),
    respond(501),
    respond(200),
  );
  const result = await createTransport(handler, { retryStrategy }).call(getProduct, input);
  expect(result.$metadata.attempts).toBe(3);
  expect(asked).toEqual(["CLIENT_ERROR", "SERVER_ERROR"]);
});

describe("a result", () => {
  it("is the output with how the call went", async () => {
    const handler = new FakeHttpHandler(respond(200, { Name: "b" }));
    expect(await createTransport(handler).call(getProduct, input)).toStrictEqual({
      Name: "b",
      $metadata: { httpStatusCode: 200, requestId: "id-200", attempts: 1, totalRetryDelay: 0 },
    });
  });

  it("keeps its own $metadata where the response has a member of that name", async () => {
    const handler = new FakeHttpHandler(respond(200, { $metadata: { attempts: 99 } }));
    const { $metadata } = await createTransport(handler).call(getProduct, input);
    expect($metadata.attempts).toBe(1);
  });

  it("keeps its prototype where the response has a member named __proto__", async () => {
    const body = '{"__proto__":{"polluted":true}}';
    const handler = new FakeHttpHandler({ statusCode: 200, headers: {}, body });
    const result = await createTransport(handler).call(getProduct, input);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect("polluted" in result).toBe(false);
  });

  it.each([
    ["text", '{"Name":"b"}'],
    ["bytes", Buffer.from('{"Name":"b"}')],
    ["a web stream", new Response('{"Name":"b"}').body],
    ["a Node stream", Readable.from(['{"Na', Buffer.from('me":"b"}')])],
    ["a Blob", new Blob(['{"Name":"b"}'])],
  ])("is read from %s, with headers in any case", async (_name, body) => {
    const headers = { "X-Amzn-RequestId": "id-1", "Content-Type": "application/x-amz-json-1.1" };
    const handler = new FakeHttpHandler({ statusCode: 200, headers, body });
    expect(await createTransport(handler).call(getProduct, input)).toMatchObject({
      Name: "b",
      $metadata: { requestId: "id-1" },
    });
  });

  it("is empty where the operation gives nothing back, whatever the response is", async () => {
    const handler = new FakeHttpHandler({ statusCode: 204, headers: {}, body: undefined });
    const operation = { ...getProduct, noOutput: true } as const;
    expect(await createTransport(handler).call(operation, input)).toStrictEqual({
      $metadata: { httpStatusCode: 204, attempts: 1, totalRetryDelay: 0 },
    });
  });

  it("that is missing is not taken for an empty one", async () => {
    const handler = new FakeHttpHandler({ statusCode: 200, headers: {}, body: "" });
    expect(await fail(createTransport(handler).call(getProduct, input))).toMatchObject({
      name: "ResponseError",
      message: "GetProduct: the response with status 200 cannot be read: the body is empty",
    });
  });

  it("that cannot be read and may have sensitive values shows nothing of itself", async () => {
    const handler = new FakeHttpHandler({ statusCode: 200, headers: {}, body: '{"Name":"hush' });
    const operation = { ...getProduct, answersSecrets: true } as const;
    const error = await fail(createTransport(handler).call(operation, input));
    expect(error).toMatchObject({ name: "ResponseError", body: "" });
    expect(String(error)).toContain("may have sensitive values");
    expect(inspect(error)).not.toContain("hush");
  });

  it("that cannot be read is no failure of the service, and is not asked for again", async () => {
    const handler = new FakeHttpHandler({ statusCode: 200, headers: {}, body: '{"Name":' });
    const error = await fail(createTransport(handler).call(getProduct, input));
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^GetProduct: the response with status 200 cannot be read: /),
      body: '{"Name":',
      cause: expect.any(SyntaxError),
      $metadata: { httpStatusCode: 200, attempts: 1 },
    });
    expect(handler.requests).toHaveLength(1);
  });
});

describe("an error of the service", () => {
  it("is of its class, with how the call went", async () => {
    const body = { __type: "ThrottlingException", message: "slow down", Reason: "quota" };
    const handler = new FakeHttpHandler(respond(400, body));
    const error = await fail(createTransport(handler, { maxAttempts: 1 }).call(getProduct, input));
    expect(error).toBeInstanceOf(ThrottlingException);
    expect(error).toMatchObject({
      name: "ThrottlingException",
      message: "slow down",
      Reason: "quota",
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: "id-400", attempts: 1, totalRetryDelay: 0 },
    });
  });

  it.each([
    [301, "client"],
    [307, "client"],
    [400, "client"],
    [404, "client"],
    [501, "server"],
  ])("with status %d that the model does not know is the %s's", async (status, fault) => {
    const handler = new FakeHttpHandler(respond(status, { __type: "a#FooError", Why: "b" }));
    const error = await fail(createTransport(handler).call(getProduct, input));
    expect(error).toBeInstanceOf(UnmodeledServiceError);
    expect(error).toMatchObject({ name: "FooError", $fault: fault, members: { Why: "b" } });
    expect(error).toHaveProperty("message", `status ${status}`);
    expect(handler.requests).toHaveLength(1);
  });

  it("of a proxy has no name but its status", async () => {
    const answer = { statusCode: 418, headers: {}, body: "<html>" };
    const error = await fail(createTransport(new FakeHttpHandler(answer)).call(getProduct, input));
    expect(error).toMatchObject({ name: "UnknownError", message: "status 418", members: {} });
  });

  it("takes nothing from the response that every error has", async () => {
    const body =
      '{"__type":"ThrottlingException","message":"a","name":"b","stack":"c","cause":"d",' +
      '"$fault":"server","$metadata":{},"$retryable":{},"toString":"e","__proto__":{"f":1}}';
    const handler = new FakeHttpHandler({ statusCode: 400, headers: {}, body });
    const error = await fail(createTransport(handler, { maxAttempts: 1 }).call(getProduct, input));
    expect(error).toBeInstanceOf(ThrottlingException);
    expect(error).toMatchObject({ name: "ThrottlingException", message: "a", $fault: "client" });
    expect(error).toHaveProperty("$metadata.attempts", 1);
    expect(error).not.toHaveProperty("cause");
    expect(error).not.toHaveProperty("f");
    expect(String(error)).toBe("ThrottlingException: a");
  });

  it.each(["constructor", "__proto__", "toString"])("may be called %s", async (name) => {
    const handler = new FakeHttpHandler(respond(400, { __type: name, message: "a" }));
    const error = await fail(createTransport(handler).call(getProduct, input));
    expect(error).toBeInstanceOf(UnmodeledServiceError);
    expect(error).toMatchObject({ name, message: "a" });
  });
});

describe("input", () => {
  it("that breaks the model is refused before anything is asked for or sent", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const provider = vi.fn(async () => credentials);
    const transport = createTransport(handler, { credentials: provider });
    const error = await fail(transport.call(getProduct, { Id: "a".repeat(37) }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toHaveProperty("message", "GetProduct: Id: 37 characters are more than 36");
    expect(handler.requests).toHaveLength(0);
    expect(provider).not.toHaveBeenCalled();
  });

  it("is sent as it is where nothing is to be checked", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler, { validate: false });
    await transport.call(getProduct, { Id: "a".repeat(37) });
    expect(handler.requests).toHaveLength(1);
  });
});

describe("retries", () => {
  it("send the same request again, signed anew, with the attempt in a header", async () => {
    const handler = new FakeHttpHandler(respond(500), respond(503), respond(200, { Name: "b" }));
    const { $metadata } = await createTransport(handler).call(getProduct, input);
    expect($metadata).toMatchObject({ attempts: 3, httpStatusCode: 200, requestId: "id-200" });
    expect(handler.requests.map(({ headers }) => headers["amz-sdk-request"])).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
      "attempt=3; max=3",
    ]);
    const ids = handler.requests.map(({ headers }) => headers["amz-sdk-invocation-id"]);
    expect(new Set(ids)).toHaveProperty("size", 1);
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
    expect(new Set(handler.requests.map(({ body }) => body))).toHaveProperty("size", 1);
  });

  it("have another invocation id in another call", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler);
    await transport.call(getProduct, input);
    await transport.call(getProduct, input);
    const [first, second] = handler.requests.map(({ headers }) => headers["amz-sdk-invocation-id"]);
    expect(first).not.toBe(second);
  });

  it("end with the last error", async () => {
    const handler = new FakeHttpHandler(respond(500), respond(502), respond(503));
    const error = await fail(createTransport(handler).call(getProduct, input));
    expect(error).toMatchObject({
      $metadata: { httpStatusCode: 503, requestId: "id-503", attempts: 3 },
    });
  });

  it("are none where maxAttempts is 1", async () => {
    const handler = new FakeHttpHandler(respond(500));
    await fail(createTransport(handler, { maxAttempts: 1 }).call(getProduct, input));
    expect(handler.requests).toHaveLength(1);
    expect(handler.requests[0]?.headers["amz-sdk-request"]).toBe("attempt=1; max=1");
  });

  it("count the time between attempts", async () => {
    const handler = new FakeHttpHandler(
      respond(503, {}, { "x-amz-retry-after": "120" }),
      respond(200),
    );
    const started = performance.now();
    const { $metadata } = await createTransport(handler).call(getProduct, input);
    expect($metadata.totalRetryDelay).toBeGreaterThan(60);
    expect($metadata.totalRetryDelay).toBeLessThanOrEqual(performance.now() - started + 2);
  });

  it.each([
    ["an Error", new Error("socket hang up"), "ConnectionError", "socket hang up"],
    ["a time-out", new DOMException("too slow", "TimeoutError"), "TimeoutError", "too slow"],
    [
      "an error of another realm",
      runInNewContext('Object.assign(new Error("too slow"), { name: "TimeoutError" })'),
      "TimeoutError",
      "too slow",
    ],
    ["an error without a message", new AggregateError([]), "ConnectionError", "AggregateError"],
    ["a string", "reset", "ConnectionError", "reset"],
    ["nothing", undefined, "ConnectionError", "undefined"],
    ["an empty object", Object.create(null), "ConnectionError", "an object that is no error"],
    ["our own", new TransportError("TimeoutError", "late"), "TimeoutError", "late"],
  ])("follow %s that a handler throws", async (_name, thrown, name, message) => {
    const handler = new FakeHttpHandler(() => Promise.reject(thrown));
    const transport = createTransport(handler, { retryStrategy: new Limited(2) });
    const error = await fail(transport.call(getProduct, input));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ name, message, $metadata: { attempts: 2 } });
    expect(error).not.toHaveProperty("$metadata.httpStatusCode");
    expect(handler.requests).toHaveLength(2);
  });

  it("follow a body that breaks off", async () => {
    const broken = {
      statusCode: 200,
      headers: {},
      body: new ReadableStream({ pull: (stream) => stream.error(new Error("reset")) }),
    };
    const handler = new FakeHttpHandler(broken, respond(200, { Name: "b" }));
    const transport = createTransport(handler, { retryStrategy: quick });
    expect(await transport.call(getProduct, input)).toMatchObject({
      Name: "b",
      $metadata: { attempts: 2 },
    });
  });

  it("keep what the handler threw as the cause", async () => {
    const thrown = new Error("socket hang up");
    const handler = new FakeHttpHandler(() => Promise.reject(thrown));
    const transport = createTransport(handler, { maxAttempts: 1 });
    expect(await fail(transport.call(getProduct, input))).toHaveProperty("cause", thrown);
  });

  describe("by a strategy of the caller's", () => {
    it("ask it how long to wait and when to stop", async () => {
      const handler = new FakeHttpHandler(
        respond(400, { __type: "ThrottlingException" }, { "retry-after": "0" }),
        respond(500),
        respond(200),
      );
      const strategy = new Limited(5);
      const transport = createTransport(handler, { retryStrategy: strategy, maxAttempts: 1 });
      const { $metadata } = await transport.call(getProduct, input);
      expect($metadata).toMatchObject({ attempts: 3, totalRetryDelay: 2 });
      expect(strategy.errors).toMatchObject([
        { errorType: "THROTTLING", retryAfterHint: expect.any(Date) },
        { errorType: "TRANSIENT", error: { $metadata: { httpStatusCode: 500 } } },
      ]);
      expect(strategy.errors[1]).not.toHaveProperty("retryAfterHint");
      expect(strategy.successes).toBe(1);
      expect(handler.requests[2]?.headers["amz-sdk-request"]).toBe("attempt=3");
    });

    it("end with the service's error where it refuses", async () => {
      const handler = new FakeHttpHandler(respond(500));
      const strategy = new Limited(2);
      const transport = createTransport(handler, { retryStrategy: strategy });
      expect(await fail(transport.call(getProduct, input))).toMatchObject({
        $metadata: { httpStatusCode: 500, attempts: 2 },
      });
      expect(strategy.successes).toBe(0);
    });

    it("count the wait of a strategy that waits itself", async () => {
      const strategy: RetryStrategyV2 = {
        ...quick,
        refreshRetryTokenForRetry: async () => ({
          ...createToken(1),
          $retryLog: { acquisitionDelay: 250 },
        }),
      };
      const handler = new FakeHttpHandler(respond(500), respond(200));
      const transport = createTransport(handler, { retryStrategy: strategy });
      expect((await transport.call(getProduct, input)).$metadata.totalRetryDelay).toBe(250);
    });

    it("are not asked for where the error is final", async () => {
      const strategy = new Limited(5);
      const handler = new FakeHttpHandler({ statusCode: 200, headers: {}, body: "{" });
      await fail(createTransport(handler, { retryStrategy: strategy }).call(getProduct, input));
      expect(strategy.errors).toEqual([]);
    });
  });
});

/** Waits a millisecond between attempts, and notes what it is told. */
class Limited implements RetryStrategyV2 {
  readonly errors: RetryErrorInfo[] = [];
  successes = 0;
  private readonly attempts: number;

  constructor(attempts: number) {
    this.attempts = attempts;
  }

  async acquireInitialRetryToken(): Promise<ReturnType<typeof createToken>> {
    return createToken(0);
  }

  async refreshRetryTokenForRetry(
    token: ReturnType<typeof createToken>,
    error: RetryErrorInfo,
  ): Promise<ReturnType<typeof createToken>> {
    this.errors.push(error);
    const retries = token.getRetryCount() + 1;
    if (retries >= this.attempts) throw new Error("enough");
    return { ...createToken(retries), getRetryDelay: () => 1 };
  }

  recordSuccess(): void {
    this.successes += 1;
  }
}

describe("an abort", () => {
  const never = (): Promise<never> => new Promise(() => {});

  it("before the call sends nothing", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const abortSignal = AbortSignal.abort("user left");
    const error = await fail(createTransport(handler).call(getProduct, input, { abortSignal }));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      name: "AbortError",
      message: "the call was aborted",
      cause: "user left",
      $metadata: { attempts: 0, totalRetryDelay: 0 },
    });
    expect(handler.requests).toHaveLength(0);
  });

  it.each([
    ["the region", { region: never }],
    ["credentials", { credentials: never }],
    ["an interceptor", { interceptors: [{ modifyBeforeSigning: never }] }],
    ["a retry token", { retryStrategy: { ...quick, acquireInitialRetryToken: never } }],
  ])("ends the wait for %s", async (_name, options) => {
    const handler = new FakeHttpHandler(respond(200));
    const abortSignal = AbortSignal.timeout(10);
    const transport = createTransport(handler, options);
    expect(await fail(transport.call(getProduct, input, { abortSignal }))).toMatchObject({
      name: "AbortError",
      $metadata: { attempts: 0 },
    });
    expect(handler.requests).toHaveLength(0);
  });

  it("ends the wait between two attempts at once, and sends nothing more", async () => {
    const handler = new FakeHttpHandler(respond(503, {}, { "retry-after": "30" }), respond(200));
    const started = performance.now();
    const abortSignal = AbortSignal.timeout(20);
    const error = await fail(createTransport(handler).call(getProduct, input, { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", $metadata: { attempts: 1 } });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(handler.requests).toHaveLength(1);
  });

  it("ends the wait for a strategy that waits itself", async () => {
    const strategy = { ...quick, refreshRetryTokenForRetry: never };
    const abortSignal = AbortSignal.timeout(20);
    const transport = createTransport(new FakeHttpHandler(respond(500)), {
      retryStrategy: strategy,
    });
    expect(await fail(transport.call(getProduct, input, { abortSignal }))).toMatchObject({
      name: "AbortError",
      $metadata: { attempts: 1 },
    });
  });

  it.each([
    ["that does not heed it", never],
    [
      "that rejects with the signal's reason",
      (_request: HttpRequest, { abortSignal }: { abortSignal?: unknown }) =>
        new Promise<never>((_, reject) => {
          const signal = abortSignal as AbortSignal;
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    ],
    ["whose body never ends", () => ({ statusCode: 200, headers: {}, body: new ReadableStream() })],
  ])("ends an attempt in a handler %s, and is not retried", async (_name, answer) => {
    const handler = new FakeHttpHandler(answer);
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const abortSignal = AbortSignal.timeout(20);
    const transport = createTransport(handler, { logger });
    const error = await fail(transport.call(getProduct, input, { abortSignal }));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      name: "AbortError",
      cause: expect.objectContaining({ name: "TimeoutError" }),
      $metadata: { attempts: 1 },
    });
    expect(handler.requests).toHaveLength(1);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it("after the call does nothing, and leaves no listener behind", async () => {
    const controller = new AbortController();
    const add = vi.spyOn(controller.signal, "addEventListener");
    const remove = vi.spyOn(controller.signal, "removeEventListener");
    const handler = new FakeHttpHandler(respond(500), respond(200, { Name: "b" }));
    const transport = createTransport(handler);
    const result = transport.call(getProduct, input, { abortSignal: controller.signal });
    expect(await result).toMatchObject({ Name: "b" });
    expect(add.mock.calls.length).toBeGreaterThan(0);
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
    controller.abort();
  });
});

describe("a clock that is off", () => {
  const hour = 60 * 60 * 1000;

  /** Refuses what is not signed within 5 minutes of its own time. */
  function createService(ahead: number, code = "RequestTimeTooSkewed"): FakeHttpHandler {
    return new FakeHttpHandler((request) => {
      const now = Date.now() + ahead;
      const date = new Date(now).toUTCString();
      const isOnTime = Math.abs(signingTimeOf(request) - now) < 5 * 60 * 1000;
      return isOnTime
        ? respond(200, { Name: "b" }, { date })
        : respond(403, { __type: code }, { date });
    });
  }

  it.each([
    ["RequestTimeTooSkewed", hour],
    ["InvalidSignatureException", -hour],
    ["SignatureDoesNotMatch", 24 * hour],
    ["AccessDeniedException", 6 * 60 * 1000],
  ])("is corrected after %s, at once and once", async (code, ahead) => {
    const handler = createService(ahead, code);
    const transport = createTransport(handler);
    const { $metadata } = await transport.call(getProduct, input);
    expect($metadata).toMatchObject({ attempts: 2, totalRetryDelay: 0 });
    await transport.call(getProduct, input);
    expect(handler.requests).toHaveLength(3);
  });

  it("is corrected for 20 parallel calls, each with one attempt more", async () => {
    const handler = createService(hour);
    const transport = createTransport(handler);
    const calls = Array.from({ length: 20 }, () => transport.call(getProduct, input));
    const attempts = (await Promise.all(calls)).map(({ $metadata }) => $metadata.attempts);
    expect(attempts).toEqual(new Array(20).fill(2));
    expect(handler.requests).toHaveLength(40);
  });

  it("is corrected by a call whose attempt was under way when another one corrected it", async () => {
    const inner = createService(hour);
    const corrected = new EventTarget();
    const handler = new FakeHttpHandler(async (request, options) => {
      const { response } = await inner.handle(request, options);
      if (handler.requests.length === 1) {
        await new Promise((resolve) => corrected.addEventListener("done", resolve));
      }
      return response;
    });
    const transport = createTransport(handler);
    const slow = transport.call(getProduct, input);
    await transport.call(getProduct, input);
    corrected.dispatchEvent(new Event("done"));
    expect((await slow).$metadata.attempts).toBe(2);
  });

  it("is corrected again where it changes", async () => {
    const ahead = [hour, hour, 0];
    const handler = new FakeHttpHandler(
      async (request) => (await createService(ahead.shift() ?? 0).handle(request)).response,
    );
    const transport = createTransport(handler);
    expect((await transport.call(getProduct, input)).$metadata.attempts).toBe(2);
    expect((await transport.call(getProduct, input)).$metadata.attempts).toBe(2);
  });

  it("is no reason to send again what is refused for another reason", async () => {
    const inner = createService(hour);
    const denied = new FakeHttpHandler(async (request, options) => {
      const { response } = await inner.handle(request, options);
      const isDenied = response.statusCode === 200;
      return isDenied
        ? respond(403, { __type: "AccessDeniedException" }, response.headers)
        : response;
    });
    const transport = createTransport(denied);
    expect(await fail(transport.call(getProduct, input))).toMatchObject({
      name: "AccessDeniedException",
      $metadata: { attempts: 2 },
    });
    expect(await fail(transport.call(getProduct, input))).toMatchObject({
      name: "AccessDeniedException",
      $metadata: { attempts: 1 },
    });
  });

  it.each([
    ["on time", { date: new Date().toUTCString() }],
    ["of no date", {}],
    ["of an unreadable date", { date: "soon" }],
  ])("is not suspected after a refusal %s", async (_name, headers) => {
    const handler = new FakeHttpHandler(respond(403, { __type: "SignatureDoesNotMatch" }, headers));
    expect(await fail(createTransport(handler).call(getProduct, input))).toMatchObject({
      name: "SignatureDoesNotMatch",
      $metadata: { attempts: 1 },
    });
  });

  it("is not corrected where the call has no attempt left, but for the next call", async () => {
    const handler = createService(hour);
    const transport = createTransport(handler, { maxAttempts: 1 });
    await fail(transport.call(getProduct, input));
    expect(await transport.call(getProduct, input)).toMatchObject({ Name: "b" });
  });

  it("is corrected whatever a strategy of the caller's thinks of attempts", async () => {
    const handler = createService(hour);
    const transport = createTransport(handler, { retryStrategy: new Limited(1), maxAttempts: 1 });
    expect((await transport.call(getProduct, input)).$metadata.attempts).toBe(2);
  });

  it("costs one of the attempts", async () => {
    const date = new Date(Date.now() + hour).toUTCString();
    const handler = new FakeHttpHandler(
      respond(403, { __type: "RequestExpired" }, { date }),
      respond(500),
    );
    const error = await fail(createTransport(handler).call(getProduct, input));
    expect(error).toMatchObject({ $metadata: { attempts: 3 } });
    expect(handler.requests).toHaveLength(3);
  });
});

describe("credentials", () => {
  it("are asked for once by parallel calls", async () => {
    const provider = vi.fn(async () => credentials);
    const transport = createTransport(new FakeHttpHandler(respond(200)), { credentials: provider });
    await Promise.all([1, 2, 3].map(() => transport.call(getProduct, input)));
    await transport.call(getProduct, input);
    expect(provider).toHaveBeenCalledTimes(1);
  });

  it("are asked for again before they expire", async () => {
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>(async () => ({
      ...credentials,
      expiration: new Date(Date.now() + 60_000),
    }));
    const transport = createTransport(new FakeHttpHandler(respond(200)), { credentials: provider });
    await transport.call(getProduct, input);
    await transport.call(getProduct, input);
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it("that cannot be had are a ConfigurationError with its cause", async () => {
    const cause = new Error("no profile");
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler, { credentials: () => Promise.reject(cause) });
    const error = await fail(transport.call(getProduct, input));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({
      message: "credentials: none could be had: no profile",
      cause,
      $metadata: { attempts: 0, totalRetryDelay: 0 },
    });
    expect(handler.requests).toHaveLength(0);
  });

  it("that are missing for another attempt do not hide that one was made", async () => {
    const expired = { ...credentials, expiration: new Date(Date.now() + 1) };
    const provider = vi.fn<() => Promise<AwsCredentialIdentity>>();
    provider.mockResolvedValueOnce(expired).mockRejectedValue(new Error("no metadata"));
    const handler = new FakeHttpHandler(respond(500, {}, { "x-amz-retry-after": "20" }));
    const error = await fail(
      createTransport(handler, { credentials: provider }).call(getProduct, input),
    );
    expect(isConfigurationError(error)).toBe(true);
    expect(error).toMatchObject({ $metadata: { attempts: 1 } });
    expect(handler.requests).toHaveLength(1);
  });

  it("are the platform's where there are none, or else must be given", async () => {
    const defaultCredentials = async () => ({ ...credentials, sessionToken: "default" });
    const handler = new FakeHttpHandler(respond(200));
    const options = { credentials: undefined };
    await createTransport(handler, options, { defaultCredentials }).call(getProduct, input);
    expect(handler.requests[0]?.headers["x-amz-security-token"]).toBe("default");
    expect(() => createTransport(handler, options)).toThrow("credentials: must be given");
  });
});

describe("the region", () => {
  it("is asked for once, also by parallel calls", async () => {
    const region = vi.fn(async () => "eu-north-1");
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler, { region });
    await Promise.all([1, 2, 3].map(() => transport.call(getProduct, input)));
    await transport.call(getProduct, input);
    expect(region).toHaveBeenCalledTimes(1);
    expect(scopeOf(handler.requests[0] as HttpRequest)).toContain("/eu-north-1/");
    expect(handler.requests[0]?.hostname).toBe("example.eu-north-1.amazonaws.com");
  });

  it("is asked for again after a failure", async () => {
    const region = vi.fn<() => Promise<string>>();
    region.mockRejectedValueOnce(new Error("no metadata")).mockResolvedValue("eu-north-1");
    const transport = createTransport(new FakeHttpHandler(respond(200)), { region });
    const error = await fail(transport.call(getProduct, input));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty("message", "region: none could be had: no metadata");
    await transport.call(getProduct, input);
    await transport.call(getProduct, input);
    expect(region).toHaveBeenCalledTimes(2);
  });

  it.each([undefined, null, "", 1, "evil.com/", "a b", {}])(
    "that a provider gives is a Region, not %j",
    async (value) => {
      const handler = new FakeHttpHandler(respond(200));
      const transport = createTransport(handler, { region: async () => value as string });
      expect(await fail(transport.call(getProduct, input))).toHaveProperty(
        "message",
        expect.stringMatching(/^region: none could be had: .* is no AWS Region$/),
      );
      expect(handler.requests).toHaveLength(0);
    },
  );

  it("is the platform's where there is none, or else must be given", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const options = { region: undefined };
    const defaultRegion = async () => "ap-south-1";
    await createTransport(handler, options, { defaultRegion }).call(getProduct, input);
    expect(handler.requests[0]?.hostname).toContain("ap-south-1");
    expect(() => createTransport(handler, options)).toThrow("region: must be given");
  });
});

describe("the HTTP handler", () => {
  it("is made at the first call, and destroyed with the transport", async () => {
    const handlers: FakeHttpHandler[] = [];
    const createHttpHandler = () => {
      handlers.push(new FakeHttpHandler(respond(200)));
      return handlers.at(-1) as FakeHttpHandler;
    };
    const transport = createTransport(undefined, {}, { createHttpHandler });
    transport.destroy();
    expect(handlers).toHaveLength(0);
    await transport.call(getProduct, input);
    await transport.call(getProduct, input);
    expect(handlers).toHaveLength(1);
    transport.destroy();
    transport.destroy();
    expect(handlers[0]?.destroyed).toBe(1);
    await transport.call(getProduct, input);
    expect(handlers).toHaveLength(2);
  });

  it("stays the caller's where the caller gave it", async () => {
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler);
    await transport.call(getProduct, input);
    transport.destroy();
    expect(handler.destroyed).toBe(0);
    await transport.call(getProduct, input);
    expect(handler.requests).toHaveLength(2);
  });
});

describe("interceptors", () => {
  /** Notes what it is called with, and in which order. */
  function createRecorder(name: string, log: string[]): Interceptor {
    return {
      readBeforeExecution: ({ service, operation }) => {
        log.push(`${name} before ${service} ${operation}`);
      },
      modifyBeforeSigning: async ({ request, attempt }) => {
        log.push(`${name} modify ${attempt}`);
        return { ...request, headers: { ...request.headers, [`x-${name}`]: String(attempt) } };
      },
      readBeforeTransmit: ({ request }) => {
        log.push(`${name} send ${"authorization" in request.headers}`);
      },
      readAfterTransmit: ({ response }) => {
        log.push(`${name} got ${response.statusCode}`);
      },
      readAfterExecution: (context) => {
        log.push(`${name} after ${"output" in context ? "output" : "error"}`);
      },
    };
  }

  it("are called in their order, around each attempt and around the call", async () => {
    const log: string[] = [];
    const interceptors = [createRecorder("a", log), createRecorder("b", log)];
    const handler = new FakeHttpHandler(respond(500), respond(200));
    await createTransport(handler, { interceptors, retryStrategy: quick }).call(getProduct, input);
    expect(log).toEqual([
      "a before Example Service GetProduct",
      "b before Example Service GetProduct",
      ...["a modify 1", "b modify 1", "a send true", "b send true", "a got 500", "b got 500"],
      ...["a modify 2", "b modify 2", "a send true", "b send true", "a got 200", "b got 200"],
      "a after output",
      "b after output",
    ]);
  });

  it("change what is signed, for their attempt alone", async () => {
    const interceptors = [createRecorder("a", [])];
    const handler = new FakeHttpHandler(respond(500), respond(200));
    await createTransport(handler, { interceptors, retryStrategy: quick }).call(getProduct, input);
    expect(handler.requests.map(({ headers }) => headers["x-a"])).toEqual(["1", "2"]);
    expect(handler.requests[0]?.headers.authorization).toMatch(/SignedHeaders=[^,]*;x-a[;,]/);
  });

  it("change nothing for the next attempt by changing the request they get", async () => {
    const interceptor: Interceptor = {
      modifyBeforeSigning: ({ request, attempt }) => {
        request.headers[`x-attempt-${attempt}`] = "yes";
        return request;
      },
    };
    const handler = new FakeHttpHandler(respond(500), respond(200));
    const options = { interceptors: [interceptor], retryStrategy: quick };
    await createTransport(handler, options).call(getProduct, input);
    expect(handler.requests[1]?.headers).toHaveProperty("x-attempt-2");
    expect(handler.requests[1]?.headers).not.toHaveProperty("x-attempt-1");
  });

  it.each([
    "readBeforeExecution",
    "modifyBeforeSigning",
    "readBeforeTransmit",
    "readAfterTransmit",
    "readAfterExecution",
  ] as const)("end the call with what %s throws, and nothing is sent again", async (method) => {
    const thrown = new RangeError("stop");
    const interceptor: Interceptor = {
      [method]: () => {
        throw thrown;
      },
    };
    const handler = new FakeHttpHandler(respond(200));
    const transport = createTransport(handler, { interceptors: [interceptor] });
    expect(await fail(transport.call(getProduct, input))).toBe(thrown);
    expect(handler.requests.length).toBeLessThanOrEqual(1);
  });

  it.each([
    "readBeforeExecution",
    "modifyBeforeSigning",
    "readBeforeTransmit",
    "readAfterTransmit",
  ] as const)("are told once of an error, also where %s threw it", async (method) => {
    const thrown = new RangeError("stop");
    const readAfterExecution = vi.fn();
    const throwing: Interceptor = {
      [method]: () => Promise.reject(thrown),
    };
    const interceptors = [throwing, { readAfterExecution }];
    const transport = createTransport(new FakeHttpHandler(respond(200)), { interceptors });
    await fail(transport.call(getProduct, input));
    expect(readAfterExecution).toHaveBeenCalledTimes(1);
    expect(readAfterExecution).toHaveBeenCalledWith({
      service: "Example Service",
      operation: "GetProduct",
      input,
      error: thrown,
    });
  });

  it("are told once of the end of a call, even where the first of them throws there", async () => {
    const first = vi.fn(() => {
      throw new RangeError("stop");
    });
    const second = vi.fn();
    const interceptors = [{ readAfterExecution: first }, { readAfterExecution: second }];
    const handler = new FakeHttpHandler(respond(200, { Name: "b" }));
    await fail(createTransport(handler, { interceptors }).call(getProduct, input));
    expect(first).toHaveBeenCalledTimes(1);
    expect(second.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it("are told of input that is refused", async () => {
    const readAfterExecution = vi.fn();
    const transport = createTransport(new FakeHttpHandler(respond(200)), {
      interceptors: [{ readAfterExecution }],
    });
    const error = await fail(transport.call(getProduct, { Id: "a".repeat(99) }));
    expect(readAfterExecution).toHaveBeenCalledWith(expect.objectContaining({ error }));
  });
});

describe("a logger", () => {
  it("gets a line for each attempt and each retry, without input, output or credentials", async () => {
    const logger = {
      trace: vi.fn(),
      debug: vi.fn(),
      info: vi.fn(),
      warn: vi.fn(),
      error: vi.fn(),
    };
    const session = { ...credentials, sessionToken: "session-token" };
    const handler = new FakeHttpHandler(
      respond(400, { __type: "ThrottlingException", message: "message-text", Reason: "reason" }),
      respond(200, { Name: "output-value" }),
    );
    const transport = createTransport(handler, {
      logger,
      credentials: session,
      retryStrategy: quick,
    });
    await transport.call(getProduct, { Id: "input-value" });
    expect(logger.debug.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^Example Service GetProduct: attempt 1, status 400, \d+ ms, request id-400$/,
        ),
      ],
      [
        expect.stringMatching(
          /^Example Service GetProduct: attempt 2, status 200, \d+ ms, request id-200$/,
        ),
      ],
    ]);
    expect(logger.warn.mock.calls).toEqual([
      [
        "Example Service GetProduct: attempt 1 failed with ThrottlingException, the next one is in 0 ms",
      ],
    ]);
    const others = [
      ...logger.trace.mock.calls,
      ...logger.info.mock.calls,
      ...logger.error.mock.calls,
    ];
    expect(others).toEqual([]);
  });

  it("gets one line where the service names an error over several", async () => {
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const name = `Foo\nERROR all is lost\u001b[2J${"x".repeat(10_000)}`;
    const handler = new FakeHttpHandler(respond(500, { __type: name }), respond(200));
    await createTransport(handler, { logger, retryStrategy: quick }).call(getProduct, input);
    const line: string = logger.warn.mock.calls[0]?.[0];
    expect(line).toMatch(/^[\x20-\x7e]{1,250}$/);
  });
});

describe("a transport that cannot be", () => {
  it("is refused when it is made", () => {
    expect(() => createTransport(undefined, { maxAttempts: 0 })).toThrow(ConfigurationError);
    expect(() => createTransport(undefined, { typo: true } as object)).toThrow("typo");
  });

  it("prints no secret where it is printed or serialized", () => {
    const transport = createTransport(undefined);
    expect(inspect(transport, { depth: 10, showHidden: true })).not.toContain("example-secret");
    expect(JSON.stringify(transport)).not.toContain("example-secret");
  });
});
