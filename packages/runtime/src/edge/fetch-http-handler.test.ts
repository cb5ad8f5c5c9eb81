import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { http, HttpResponse as MockResponse } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, it, type Mock, onTestFinished, vi } from "vitest";
import type { HttpRequest } from "../http-handler.ts";
import { FetchHttpHandler } from "./fetch-http-handler.ts";

it("looks up the global fetch at each call and calls it without a this", async () => {
  const handler = new FetchHttpHandler();
  const receivers: unknown[] = [];
  vi.stubGlobal("fetch", async function (this: unknown) {
    receivers.push(this);
    return new Response("{}");
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  await handler.handle(request);
  expect(receivers).toEqual([undefined]);
});

it("calls a fetch that it is given without a this", async () => {
  const receivers: unknown[] = [];
  const handler = new FetchHttpHandler({
    async fetch(this: unknown) {
      receivers.push(this);
      return new Response("{}");
    },
  });
  await handler.handle(request);
  expect(receivers).toEqual([undefined]);
});

it("leaves host and content-length to fetch, in whatever case they come", async () => {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response("{}"));
  await new FetchHttpHandler({ fetch }).handle(request);
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect(url).toBe("https://metering.example/");
  expect(init).toMatchObject({ method: "POST", body: "{}", redirect: "manual" });
  expect([...new Headers(init?.headers)]).toEqual([["x-amz-target", "Service.Operation"]]);
});

it("times out although fetch does not heed the signal", async () => {
  const handler = new FetchHttpHandler({ fetch: () => new Promise(() => {}), requestTimeout: 20 });
  await expect(handler.handle(request)).rejects.toMatchObject({
    name: "TimeoutError",
    message: "metering.example: requestTimeout of 20 ms passed while waiting for the response",
  });
});

it("can be aborted although fetch does not heed the signal", async () => {
  const handler = new FetchHttpHandler({ fetch: () => new Promise(() => {}) });
  const controller = new AbortController();
  const sent = handler.handle(request, { abortSignal: controller.signal });
  controller.abort("no longer wanted");
  await expect(sent).rejects.toMatchObject({ name: "AbortError", cause: "no longer wanted" });
});

describe("the body of a response", () => {
  /** A body that never ends, and whether it was cancelled. */
  function createEndlessBody(): { body: ReadableStream<Uint8Array>; cancel: Mock<() => void> } {
    const cancel = vi.fn<() => void>();
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
      controller.enqueue(new Uint8Array(1));
    return { body: new ReadableStream({ start, cancel }), cancel };
  }

  it("is cancelled on a time-out, although fetch does not heed the signal", async () => {
    const { body, cancel } = createEndlessBody();
    const handler = new FetchHttpHandler({
      fetch: async () => new Response(body),
      requestTimeout: 20,
    });
    await expect(handler.handle(request)).rejects.toMatchObject({
      message: "metering.example: requestTimeout of 20 ms passed while reading the response",
    });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  });

  it("is cancelled on an abort, although fetch does not heed the signal", async () => {
    const { body, cancel } = createEndlessBody();
    const controller = new AbortController();
    const handler = new FetchHttpHandler({ fetch: async () => new Response(body) });
    const sent = handler.handle(request, { abortSignal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  });

  it("is cancelled where fetch answers after the time-out", async () => {
    const { body, cancel } = createEndlessBody();
    let resolve = (_response: Response): void => {};
    const answered = new Promise<Response>((fulfil) => {
      resolve = fulfil;
    });
    const handler = new FetchHttpHandler({ fetch: () => answered, requestTimeout: 20 });
    await expect(handler.handle(request)).rejects.toMatchObject({ name: "TimeoutError" });
    resolve(new Response(body));
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  });

  it("comes whole in pieces, and is not cancelled then", async () => {
    const cancel = vi.fn();
    const pieces = ["{", '"a":', "1}"].map((text) => new TextEncoder().encode(text));
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    };
    const body = new ReadableStream({ pull, cancel });
    const handler = new FetchHttpHandler({ fetch: async () => new Response(body) });
    const { response } = await handler.handle(request);
    expect(new TextDecoder().decode(response.body)).toBe('{"a":1}');
    expect(cancel).not.toHaveBeenCalled();
  });

  it("leaves no connection open on a time-out, with the fetch of the platform", async () => {
    let closed = false;
    const server = createServer((incoming, outgoing) => {
      incoming.socket.on("close", () => {
        closed = true;
      });
      outgoing.write("{");
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", listening);
    });
    const { port } = server.address() as AddressInfo;
    const local: HttpRequest = { ...request, protocol: "http:", hostname: "127.0.0.1", port };
    const sent = new FetchHttpHandler({ requestTimeout: 200 }).handle(local);
    await expect(sent).rejects.toMatchObject({
      message: `127.0.0.1:${port}: requestTimeout of 200 ms passed while reading the response`,
    });
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it("is read where fetch gives no stream", async () => {
    const fetch = async () =>
      Object.create(new Response("{}"), {
        body: { value: null },
        status: { value: 200 },
        statusText: { value: "" },
        headers: { value: new Headers() },
        arrayBuffer: { value: () => new Response("{}").arrayBuffer() },
      });
    const { response } = await new FetchHttpHandler({ fetch }).handle(request);
    expect(new TextDecoder().decode(response.body)).toBe("{}");
  });
});

it("joins the values of a header that comes several times, whatever its name", async () => {
  const headers = new Headers({ constructor: "a" });
  headers.append("set-cookie", "b");
  headers.append("set-cookie", "c");
  const handler = new FetchHttpHandler({ fetch: async () => new Response("{}", { headers }) });
  const { response } = await handler.handle(request);
  expect(response.headers).toMatchObject({ constructor: "a", "set-cookie": "b, c" });
});

it("has a requestTimeout of 30 seconds unless it is given", async () => {
  const startTimer = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => startTimer.mockRestore());
  await new FetchHttpHandler({ fetch: async () => new Response("{}") }).handle(request);
  expect(startTimer.mock.calls.map(([, delay]) => delay)).toEqual([30_000]);
});

it("makes a fetch that throws at once a ConnectionError", async () => {
  const cause = new TypeError("Failed to fetch");
  const handler = new FetchHttpHandler({
    fetch: () => {
      throw cause;
    },
  });
  await expect(handler.handle(request)).rejects.toMatchObject({ name: "ConnectionError", cause });
});

it.each([
  ["application/x-amz-json-1.1", '{"ü":1}'],
  ["application/octet-stream", new TextEncoder().encode('{"ü":1}')],
  [null, new TextEncoder().encode('{"ü":1}')],
])("gives back a body of the content-type %s as %j", async (type, expected) => {
  const headers = new Headers(type === null ? {} : { "content-type": type });
  const body = new TextEncoder().encode('{"ü":1}');
  vi.stubGlobal("fetch", async () => new Response(body, { headers }));
  onTestFinished(() => void vi.unstubAllGlobals());
  const { response } = await new FetchHttpHandler().handle(request);
  expect(response.body).toEqual(expected);
});

it("hands a fetch that was given only what can be sent", async () => {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(
    async () => new Response("{}"),
  );
  const handler = new FetchHttpHandler({ fetch });
  const send = (headers: HttpRequest["headers"]) => handler.handle({ ...request, headers });
  await expect(send({ "x-a": "a\nb" })).rejects.toThrow(TypeError);
  expect(fetch).not.toHaveBeenCalled();
  await send({ Host: "a", "Content-Length": "2", "x-a": " b " });
  expect([...new Headers(fetch.mock.calls[0]?.[1].headers)]).toEqual([["x-a", "b"]]);
  expect(fetch.mock.calls[0]?.[1].headers).toBeInstanceOf(Headers);
});

it("is seen by msw, even where that starts later", async () => {
  const handler = new FetchHttpHandler();
  const mock = setupServer(
    http.post("https://metering.example/", () => MockResponse.json({ mocked: true })),
  );
  mock.listen();
  onTestFinished(() => mock.close());
  const { response } = await handler.handle(request);
  expect(response.body).toBe('{"mocked":true}');
});

it("stays below 100 lines, for the protocol's logic is elsewhere", async () => {
  const source = await readFile(new URL("./fetch-http-handler.ts", import.meta.url), "utf8");
  expect(source.split("\n").length).toBeLessThanOrEqual(100);
});

const request: HttpRequest = {
  protocol: "https:",
  hostname: "metering.example",
  method: "POST",
  path: "/",
  headers: { Host: "metering.example", "content-length": "2", "X-Amz-Target": "Service.Operation" },
  body: "{}",
};
