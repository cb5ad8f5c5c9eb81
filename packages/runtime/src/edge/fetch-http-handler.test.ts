import { readFile } from "node:fs/promises";
import { http, HttpResponse as MockResponse } from "msw";
import { setupServer } from "msw/node";
import { expect, it, onTestFinished, vi } from "vitest";
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

it("is seen by msw, even where that starts later", async () => {
  const handler = new FetchHttpHandler();
  const mock = setupServer(
    http.post("https://metering.example/", () => MockResponse.json({ mocked: true })),
  );
  mock.listen();
  onTestFinished(() => mock.close());
  const { response } = await handler.handle(request);
  expect(new TextDecoder().decode(response.body)).toBe('{"mocked":true}');
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
