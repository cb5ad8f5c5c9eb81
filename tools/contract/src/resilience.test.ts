import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import type { MarketplaceMeteringClient } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { afterEach, describe, expect, test } from "vitest";

// What production does to a client, from servers that misbehave over real sockets.

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server that answers the nth request as it is told. */
async function serve(answer: Answer): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume().on("end", () => answer(request, response, requests.length));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function fail(response: ServerResponse, status: number, type: string, headers: object = {}): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers });
  response.end(JSON.stringify({ __type: type, message: type }));
}

function succeed(response: ServerResponse): void {
  response.end(JSON.stringify({ CustomerAWSAccountId: "111122223333" }));
}

const platforms = [
  { name: "node", Client: NodeMetering },
  { name: "edge", Client: EdgeMetering },
] as const;

describe.each(platforms)("the $name transport", ({ Client }) => {
  function createClient(endpoint: string, options: object = {}): MarketplaceMeteringClient {
    const client = new Client({
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
      endpoint,
      ...options,
    });
    closers.push(() => client.destroy());
    return client;
  }
  const call = (client: MarketplaceMeteringClient, options: object = {}): Promise<object> =>
    client.resolveCustomer({ RegistrationToken: "token" }, options);

  test("succeeds after it was throttled", async () => {
    const { url } = await serve((_request, response, count) =>
      count === 1 ? fail(response, 400, "ThrottlingException") : succeed(response),
    );
    expect(await call(createClient(url))).toMatchObject({ $metadata: { attempts: 2 } });
  });

  test("gives up after three faults of the server, and says how it went", async () => {
    const { url, requests } = await serve((_request, response) =>
      fail(response, 500, "InternalServiceErrorException"),
    );
    await expect(call(createClient(url))).rejects.toMatchObject({
      name: "InternalServiceErrorException",
      $metadata: { attempts: 3, httpStatusCode: 500 },
    });
    const ids = new Set(requests.map(({ headers }) => headers["amz-sdk-invocation-id"]));
    expect(ids.size).toBe(1);
    expect(requests.map(({ headers }) => headers["amz-sdk-request"])).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
      "attempt=3; max=3",
    ]);
  });

  test("waits as long as x-amz-retry-after says", async () => {
    const { url } = await serve((_request, response, count) =>
      count === 1
        ? fail(response, 503, "ServiceUnavailable", { "x-amz-retry-after": "300" })
        : succeed(response),
    );
    const started = performance.now();
    expect(await call(createClient(url))).toMatchObject({ $metadata: { attempts: 2 } });
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  test.each([
    ["before the headers", () => {}],
    ["within the body", (response: ServerResponse) => void response.writeHead(200).write('{"a')],
  ])("ends with a TimeoutError when a server hangs %s", async (_when, hang) => {
    const { url } = await serve((_request, response) => hang(response));
    const client = createClient(url, { maxAttempts: 1, requestTimeout: 80 });
    await expect(call(client)).rejects.toMatchObject({
      name: "TimeoutError",
      message: expect.stringContaining("requestTimeout of 80 ms"),
    });
  });

  test("sends again when a connection breaks within the body", async () => {
    const { url } = await serve((_request, response, count) => {
      if (count > 1) return succeed(response);
      response.writeHead(200, { "content-length": "100" });
      response.write('{"CustomerAWSAccountId": "1111');
      setTimeout(() => response.destroy(), 10);
    });
    expect(await call(createClient(url))).toMatchObject({
      CustomerAWSAccountId: "111122223333",
      $metadata: { attempts: 2 },
    });
  });

  test("sends again when a connection is reset before an answer", async () => {
    let connections = 0;
    const server = createSocketServer((socket: Socket) => {
      connections += 1;
      socket.on("error", () => {});
      socket.once("data", () => socket.resetAndDestroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => server.close());
    const client = createClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(call(client)).rejects.toMatchObject({
      name: "ConnectionError",
      $metadata: { attempts: 3 },
    });
    expect(connections).toBe(3);
  });

  test("corrects a clock that is off for 20 parallel calls, with one retry each at most", async () => {
    const hour = 3_600_000;
    const { url, requests } = await serve((request, response) => {
      const serverTime = Date.now() + hour;
      const date = String(request.headers["x-amz-date"]);
      const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
      response.setHeader("date", new Date(serverTime).toUTCString());
      if (Math.abs(Date.parse(iso) - serverTime) < 300_000) succeed(response);
      else fail(response, 403, "InvalidSignatureException");
    });
    const client = createClient(url);
    const results = await Promise.all(Array.from({ length: 20 }, () => call(client)));
    const attempts = results.map(
      (result) => (result as { $metadata: { attempts: number } }).$metadata.attempts,
    );
    expect(Math.max(...attempts)).toBeLessThanOrEqual(2);
    const before = requests.length;
    expect(await call(client)).toMatchObject({ $metadata: { attempts: 1 } });
    expect(requests.length).toBe(before + 1);
  });

  test("does not send again where a signature is wrong and the clock is right", async () => {
    const { url, requests } = await serve((_request, response) =>
      fail(response, 403, "InvalidSignatureException"),
    );
    await expect(call(createClient(url))).rejects.toMatchObject({
      name: "InvalidSignatureException",
    });
    expect(requests).toHaveLength(1);
  });

  test("ends a whole call when its time is over, retries and waits included", async () => {
    const { url, requests } = await serve((_request, response) =>
      fail(response, 503, "ServiceUnavailable", { "x-amz-retry-after": "200" }),
    );
    const client = createClient(url, { maxAttempts: 100 });
    await expect(call(client, { callTimeout: 500 })).rejects.toMatchObject({
      name: "TimeoutError",
      message: "ResolveCustomer: callTimeout of 500 ms passed",
      $metadata: { attempts: expect.any(Number) },
    });
    expect(requests.length).toBeGreaterThanOrEqual(2);
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  test("ends a call whose credentials never come when the signal fires", async () => {
    const { url } = await serve((_request, response) => succeed(response));
    const client = createClient(url, { credentials: () => new Promise(() => {}) });
    await expect(call(client, { abortSignal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "AbortError",
      $metadata: { attempts: 0 },
    });
  });

  test("sends nothing when the signal has fired before the call", async () => {
    const { url, requests } = await serve((_request, response) => succeed(response));
    const options = { abortSignal: AbortSignal.abort("no") };
    await expect(call(createClient(url), options)).rejects.toMatchObject({
      name: "AbortError",
      cause: "no",
      $metadata: { attempts: 0 },
    });
    expect(requests).toHaveLength(0);
  });

  test("ends the wait between attempts when the signal fires", async () => {
    const controller = new AbortController();
    const { url, requests } = await serve((_request, response) => {
      fail(response, 503, "ServiceUnavailable", { "x-amz-retry-after": "20000" });
      setTimeout(() => controller.abort(), 50);
    });
    const started = performance.now();
    await expect(call(createClient(url), { abortSignal: controller.signal })).rejects.toMatchObject(
      { name: "AbortError", $metadata: { attempts: 1 } },
    );
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(requests).toHaveLength(1);
  });

  test("ends the reading of a body when the signal fires, and lets the connection go", async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { url } = await serve((_request, response) => {
      closed = once(response, "close");
      response.writeHead(200).write('{"');
      setTimeout(() => controller.abort(), 50);
    });
    await expect(call(createClient(url), { abortSignal: controller.signal })).rejects.toMatchObject(
      { name: "AbortError" },
    );
    await closed;
  });
});
