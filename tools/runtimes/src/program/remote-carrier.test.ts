import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "../bench.ts";
import { createRemoteCarrier } from "./remote-carrier.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench([]);
});
afterAll(() => bench.close());

const answer = {
  status: 418,
  headers: { "x-kind": "pot" },
  body: Uint8Array.of(0, 128, 255),
};

test("gives the answer over a socket, and tells what arrived", async () => {
  const exchange = await createRemoteCarrier(bench.openRun().url).open(answer);
  const response = await fetch(`${exchange.options.endpoint}/a%20b?c=d`, {
    method: "POST",
    headers: { "x-asked": "yes" },
    body: Uint8Array.of(255, 0),
  });
  expect(response.status).toBe(418);
  expect(response.headers.get("x-kind")).toBe("pot");
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(answer.body);
  expect(await exchange.requests()).toMatchObject([
    {
      method: "POST",
      path: "/a%20b",
      query: ["c=d"],
      headers: { "x-asked": "yes" },
      body: Uint8Array.of(255, 0),
    },
  ]);
  await exchange.close();
  await expect(fetch(exchange.options.endpoint ?? "")).rejects.toThrow();
});

test("lets the pages of other origins in, and does not count their asking for leave", async () => {
  const exchange = await createRemoteCarrier(bench.openRun().url).open(answer);
  const response = await fetch(exchange.options.endpoint ?? "", {
    method: "OPTIONS",
    headers: { "access-control-request-headers": "authorization,x-amz-date" },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-headers")).toBe("authorization,x-amz-date");
  expect(await exchange.requests()).toEqual([]);
  await exchange.close();
});

test("says which request of its own went wrong", async () => {
  const opened = createRemoteCarrier(`${bench.openRun().url}/elsewhere`).open(answer);
  await expect(opened).rejects.toThrow(/elsewhere\/exchanges: 404/);
});
