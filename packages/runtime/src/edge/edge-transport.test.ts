import { describe, expect, it, vi } from "vitest";
import { ConfigurationError, TransportError } from "../errors.ts";
import { exampleService, FakeHttpHandler, getProduct, respond } from "../example.test-service.ts";
import { createEdgeTransport, type EdgeTransportOptions } from "./edge-transport.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const required = { region: "eu-west-1", credentials };

describe("the transport of the edge", () => {
  it("sends signed requests with the fetch that it is given", async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ Name: "b" }));
    const transport = createEdgeTransport(exampleService, { ...required, fetch });
    expect(await transport.call(getProduct, { Id: "a" })).toMatchObject({ Name: "b" });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("https://example.eu-west-1.amazonaws.com/");
    expect(init).toMatchObject({ method: "POST", body: '{"Id":"a"}' });
    const headers = new Headers(init?.headers);
    expect(headers.get("authorization")).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//);
    expect(headers.get("x-amz-user-agent")).toBe(
      "pawprint/1.2.3 ua/2.1 lang/js md/edge api/example_service#1.2.3",
    );
    expect(headers.has("user-agent")).toBe(false);
  });

  it("looks the global fetch up at each call", async () => {
    const transport = createEdgeTransport(exampleService, required);
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({}));
    await transport.call(getProduct, { Id: "a" });
    expect(fetch).toHaveBeenCalledTimes(1);
    fetch.mockRestore();
  });

  it("sends the retries of a fetch that fails", async () => {
    const fetch = vi.fn<NonNullable<EdgeTransportOptions["fetch"]>>();
    fetch.mockRejectedValueOnce(new TypeError("fetch failed"));
    fetch.mockResolvedValue(Response.json({ Name: "b" }));
    const transport = createEdgeTransport(exampleService, { ...required, fetch });
    expect(await transport.call(getProduct, { Id: "a" })).toMatchObject({
      $metadata: { attempts: 2 },
    });
  });

  it("says so where a fetch never succeeds", async () => {
    const fetch = vi.fn(() => Promise.reject(new TypeError("fetch failed")));
    const transport = createEdgeTransport(exampleService, { ...required, fetch, maxAttempts: 2 });
    const error: unknown = await transport.call(getProduct, { Id: "a" }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ name: "ConnectionError", $metadata: { attempts: 2 } });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("sends nothing with fetch where it has another HTTP handler", async () => {
    const fetch = vi.fn(async () => Response.json({}));
    const requestHandler = new FakeHttpHandler(respond(200));
    const transport = createEdgeTransport(exampleService, { ...required, fetch, requestHandler });
    await transport.call(getProduct, { Id: "a" });
    expect(fetch).not.toHaveBeenCalled();
    expect(requestHandler.requests).toHaveLength(1);
  });

  it.each([
    [undefined, "options: must be an object"],
    [{ credentials }, "region: must be given, such as us-east-1"],
    [{ region: "eu-west-1" }, "credentials: must be given"],
    [{ ...required, connectionTimeout: 1 }, "connectionTimeout: there is no such option"],
    [{ ...required, fetch: "fetch" }, "fetch: must be a function"],
  ])("is refused where an option is missing or wrong: %o", (options, message) => {
    const create = () => createEdgeTransport(exampleService, options as EdgeTransportOptions);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(message);
  });
});
