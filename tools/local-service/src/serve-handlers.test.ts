import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { serveHandlers } from "./serve-handlers.ts";

test("answers over a socket with what a handler gives", async () => {
  const service = await serveHandlers([
    http.post("*", async ({ request }) => HttpResponse.text(`got ${await request.text()}`)),
  ]);
  const response = await fetch(service.url, { method: "POST", body: "hello" });
  expect(await response.text()).toBe("got hello");
  await service.close();
});

test("breaks the connection where a handler gives a network error", async () => {
  const service = await serveHandlers([http.get("*", () => HttpResponse.error())]);
  await expect(fetch(service.url)).rejects.toThrow("fetch failed");
  await service.close();
});

test("answers 404 to what no handler matches", async () => {
  const service = await serveHandlers([]);
  const response = await fetch(service.url);
  expect(response.status).toBe(404);
  await service.close();
});

test("answers 500 with the reason when a handler fails", async () => {
  const service = await serveHandlers([
    http.get("*", () => {
      throw new Error("out of paper");
    }),
  ]);
  const response = await fetch(service.url);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain("out of paper");
  await service.close();
});
