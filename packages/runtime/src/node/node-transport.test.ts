import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "../errors.ts";
import { exampleService, FakeHttpHandler, getProduct, respond } from "../example.test-service.ts";
import {
  createNodeTransport,
  type NodeDefaults,
  type NodeTransportOptions,
} from "./node-transport.ts";

beforeEach(() => {
  const names = Object.keys(process.env).filter((name) => /^(?:AWS_|_X_AMZN)/.test(name));
  for (const name of names) vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

const credentials = { accessKeyId: "AKIDOPTION", secretAccessKey: "secret" };

function createDefaults(defaults: Partial<NodeDefaults> = {}) {
  return vi.fn<() => Promise<NodeDefaults>>(async () => ({
    defaultRegion: async () => "ap-south-1",
    defaultCredentials: async () => ({ accessKeyId: "AKIDCHAIN", secretAccessKey: "secret" }),
    ...defaults,
  }));
}

/** What one call sends. */
async function send(
  options: NodeTransportOptions,
  loadDefaults: () => Promise<NodeDefaults> = createDefaults(),
): Promise<{
  accessKey: string | undefined;
  headers: { readonly [name: string]: string };
  hostname: string;
}> {
  const requestHandler = new FakeHttpHandler(respond(200));
  const transport = createNodeTransport(
    exampleService,
    { requestHandler, ...options },
    loadDefaults,
  );
  await transport.call(getProduct, { Id: "a" });
  const { headers = {}, hostname = "" } = requestHandler.requests[0] ?? {};
  return {
    accessKey: /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1],
    headers,
    hostname,
  };
}

function fail(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error,
  );
}

describe("the transport of Node", () => {
  it("loads nothing while it has nothing to ask for", async () => {
    const loadDefaults = createDefaults();
    const options = { region: "eu-west-1", credentials };
    expect(await send(options, loadDefaults)).toMatchObject({ accessKey: "AKIDOPTION" });
    createNodeTransport(exampleService, {}, loadDefaults);
    expect(loadDefaults).not.toHaveBeenCalled();
  });

  it("takes Region and credentials from the environment, without the chain", async () => {
    vi.stubEnv("AWS_REGION", "eu-north-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "token");
    const loadDefaults = createDefaults();
    expect(await send({}, loadDefaults)).toMatchObject({
      accessKey: "AKIDENVIRONMENT",
      hostname: "example.eu-north-1.amazonaws.com",
      headers: { "x-amz-security-token": "token" },
    });
    expect(loadDefaults).not.toHaveBeenCalled();
  });

  it("prefers its options to the environment", async () => {
    vi.stubEnv("AWS_REGION", "eu-north-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    expect(await send({ region: "eu-west-1", credentials })).toMatchObject({
      accessKey: "AKIDOPTION",
      hostname: "example.eu-west-1.amazonaws.com",
    });
  });

  it("looks at the environment at the first call", async () => {
    const requestHandler = new FakeHttpHandler(respond(200));
    const transport = createNodeTransport(exampleService, { requestHandler }, createDefaults());
    vi.stubEnv("AWS_REGION", "eu-north-1");
    await transport.call(getProduct, { Id: "a" });
    expect(requestHandler.requests[0]?.hostname).toBe("example.eu-north-1.amazonaws.com");
  });

  it("asks the chain where the environment has nothing", async () => {
    expect(await send({})).toMatchObject({
      accessKey: "AKIDCHAIN",
      hostname: "example.ap-south-1.amazonaws.com",
    });
  });

  it.each([
    ["a profile", { AWS_PROFILE: "production" }],
    ["no secret", { AWS_SECRET_ACCESS_KEY: "" }],
    ["no key", { AWS_ACCESS_KEY_ID: "" }],
  ])("asks the chain for credentials where the environment names %s", async (_name, changes) => {
    const variables = { AWS_ACCESS_KEY_ID: "AKIDENVIRONMENT", AWS_SECRET_ACCESS_KEY: "secret" };
    for (const [name, value] of Object.entries({ ...variables, ...changes })) {
      vi.stubEnv(name, value);
    }
    expect(await send({ region: "eu-west-1" })).toMatchObject({ accessKey: "AKIDCHAIN" });
  });

  it("asks the chain for the Region where the environment's is empty", async () => {
    vi.stubEnv("AWS_REGION", "");
    expect((await send({ credentials })).hostname).toBe("example.ap-south-1.amazonaws.com");
  });

  it("uses credentials of the environment while they hold", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", new Date(Date.now() + 60_000).toISOString());
    const requestHandler = new FakeHttpHandler(respond(200));
    const options = { region: "eu-west-1", requestHandler };
    const transport = createNodeTransport(exampleService, options, createDefaults());
    await transport.call(getProduct, { Id: "a" });
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDRENEWED");
    await transport.call(getProduct, { Id: "a" });
    expect(requestHandler.requests[1]?.headers.authorization).toContain("AKIDRENEWED");
  });

  it("says what is missing where the chain has nothing, and asks again", async () => {
    const defaultCredentials = vi.fn<NodeDefaults["defaultCredentials"]>();
    defaultCredentials.mockRejectedValueOnce(new Error("Could not load credentials"));
    defaultCredentials.mockResolvedValue({ accessKeyId: "AKIDCHAIN", secretAccessKey: "secret" });
    const requestHandler = new FakeHttpHandler(respond(200));
    const transport = createNodeTransport(
      exampleService,
      { region: "eu-west-1", requestHandler },
      createDefaults({ defaultCredentials }),
    );
    const error = await fail(transport.call(getProduct, { Id: "a" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty(
      "message",
      "credentials: none could be had: Could not load credentials",
    );
    await transport.call(getProduct, { Id: "a" });
    expect(requestHandler.requests).toHaveLength(1);
  });

  it("says so where the chain cannot be loaded", async () => {
    const error = await fail(send({}, () => Promise.reject(new Error("Cannot find package"))));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty("message", "region: none could be had: Cannot find package");
  });

  it("sends the trace id of Lambda, as it is at each call, and only there", async () => {
    vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-a");
    const requestHandler = new FakeHttpHandler(respond(200));
    const options = { region: "eu-west-1", credentials, requestHandler };
    const create = () => createNodeTransport(exampleService, options, createDefaults());
    await create().call(getProduct, { Id: "a" });
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "meter");
    const transport = create();
    for (const traceId of ["Root=1-a", "Root=1-b", ""]) {
      vi.stubEnv("_X_AMZN_TRACE_ID", traceId);
      await transport.call(getProduct, { Id: "a" });
    }
    const sent = requestHandler.requests.map(({ headers }) => headers["x-amzn-trace-id"]);
    expect(sent).toEqual([undefined, "Root=1-a", "Root=1-b", undefined]);
  });

  it("names Node in the user agent", async () => {
    const { headers } = await send({ region: "eu-west-1", credentials });
    expect(headers["user-agent"]).toBe(
      `pawprint/1.2.3 ua/2.1 lang/js md/nodejs#${process.versions.node} api/example_service#1.2.3`,
    );
  });

  it("has a connectionTimeout, and no fetch", () => {
    const create = (options: object) =>
      createNodeTransport(exampleService, options, createDefaults());
    expect(() => create({ connectionTimeout: 0 })).not.toThrow();
    expect(() => create({ connectionTimeout: -1 })).toThrow("connectionTimeout: must be a number");
    expect(() => create({ fetch })).toThrow("fetch: there is no such option");
    expect(() => create(null as never)).toThrow("options: must be an object");
  });
});
