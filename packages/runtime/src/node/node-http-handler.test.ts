import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, Agent as HttpAgent } from "node:http";
import { createServer as createTlsServer, Agent as HttpsAgent } from "node:https";
import { connect, createServer as createSocketServer } from "node:net";
import { connect as connectTls } from "node:tls";
import { http, HttpResponse as MockResponse } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { HttpRequest } from "../http-handler.ts";
import { type Loopback, listen } from "../loopback.test-server.ts";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "./node-http-handler.ts";

describe("connectionTimeout", () => {
  it("ends a TLS handshake that the other side never answers", async () => {
    const server = await listen(createSocketServer((socket) => void socket.resume()));
    const handler = create({ connectionTimeout: 50 });
    const sent = handler.handle(toRequest(server, { protocol: "https:" }));
    await expect(sent).rejects.toMatchObject({
      name: "TimeoutError",
      message: `127.0.0.1:${server.port}: connectionTimeout of 50 ms passed while connecting`,
    });
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("is 5 seconds unless it is given", async () => {
    const server = await listen(createSocketServer((socket) => void socket.resume()));
    const startTimer = vi.spyOn(globalThis, "setTimeout");
    const controller = new AbortController();
    const request = toRequest(server, { protocol: "https:" });
    const sent = create().handle(request, { abortSignal: controller.signal });
    await vi.waitFor(() => expect(server.open.size).toBe(1));
    controller.abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    const delays = startTimer.mock.calls.map(([, delay]) => delay);
    startTimer.mockRestore();
    expect(delays).toContain(5_000);
    expect(delays).toContain(30_000);
  });

  it("does not count the time after the connection is made", async () => {
    const server = await listen(
      createServer((_, outgoing) => void setTimeout(() => outgoing.end(), 400)),
    );
    const handler = create({ connectionTimeout: 200 });
    await expect(handler.handle(toRequest(server))).resolves.toMatchObject({
      response: { statusCode: 200 },
    });
  });

  it("ends before it where the requestTimeout is shorter", async () => {
    const server = await listen(createSocketServer((socket) => void socket.resume()));
    const handler = create({ connectionTimeout: 5_000, requestTimeout: 50 });
    await expect(handler.handle(toRequest(server, { protocol: "https:" }))).rejects.toMatchObject({
      name: "TimeoutError",
      message: `127.0.0.1:${server.port}: requestTimeout of 50 ms passed while connecting`,
    });
  });

  it("can be aborted, and leaves no timer behind", async () => {
    const server = await listen(createSocketServer((socket) => void socket.resume()));
    const timers = new Map<unknown, unknown>();
    const setTimer = globalThis.setTimeout;
    const startTimer = vi.spyOn(globalThis, "setTimeout");
    startTimer.mockImplementation(((run: () => void, delay: number) => {
      const timer = setTimer(run, delay);
      if (delay === 70_001 || delay === 70_002) timers.set(timer, delay);
      return timer;
    }) as typeof setTimeout);
    const stopTimer = vi.spyOn(globalThis, "clearTimeout");
    onTestFinished(() => void vi.restoreAllMocks());
    const { signal: abortSignal, abort } = toAborter();
    const handler = create({ connectionTimeout: 70_001, requestTimeout: 70_002 });
    const sent = handler.handle(toRequest(server, { protocol: "https:" }), { abortSignal });
    await vi.waitFor(() => expect(server.open.size).toBe(1));
    abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    expect([...timers.values()].sort()).toEqual([70_001, 70_002]);
    for (const timer of timers.keys()) expect(stopTimer).toHaveBeenCalledWith(timer);
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("covers TLS through a tunnel that the caller's agent has made", async () => {
    const server = await listen(createSocketServer((socket) => void socket.resume()));
    const tunnel = connect(server.port, server.hostname);
    await once(tunnel, "connect");
    const httpsAgent = new HttpsAgent();
    httpsAgent.createConnection = () => connectTls({ socket: tunnel });
    const handler = create({ connectionTimeout: 50, httpsAgent });
    await expect(handler.handle(toRequest(server, { protocol: "https:" }))).rejects.toMatchObject({
      message: `127.0.0.1:${server.port}: connectionTimeout of 50 ms passed while connecting`,
    });
  });
});

describe("connections", () => {
  it("are kept for the next request", async () => {
    const server = await listen(createServer((_, outgoing) => void outgoing.end("{}")));
    const handler = create();
    for (const _ of [1, 2, 3]) await handler.handle(toRequest(server));
    expect(server.connections).toBe(1);
  });

  it("are made over TLS for https: endpoints, and kept", async () => {
    const server = await listenTls(() => {});
    const handler = create({ httpsAgent: server.agent });
    const request = toRequest(server, { protocol: "https:" });
    for (const _ of [1, 2]) {
      const { response } = await handler.handle(request);
      expect(Buffer.from(response.body).toString()).toBe("{}");
    }
    expect(server.connections).toBe(1);
  });

  it("are at most maxSockets, and the wait for one counts as part of the request only", async () => {
    const server = await listen(createServer());
    const handler = create({ maxSockets: 1, connectionTimeout: 150 });
    const { signal: abortSignal, abort } = toAborter();
    const first = handler.handle(toRequest(server), { abortSignal });
    const second = handler.handle(toRequest(server), { requestTimeout: 300 });
    await expect(second).rejects.toMatchObject({
      name: "TimeoutError",
      message: `127.0.0.1:${server.port}: requestTimeout of 300 ms passed while waiting for a free connection`,
    });
    abort();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect(server.connections).toBe(1);
  });

  it("serve the requests that wait for one, but not those that gave up", async () => {
    const seen: (string | undefined)[] = [];
    const server = await listen(
      createServer((incoming, outgoing) => {
        seen.push(incoming.url);
        setTimeout(() => outgoing.end("{}"), 60);
      }),
    );
    const handler = create({ maxSockets: 1 });
    const first = handler.handle(toRequest(server, { path: "/first" }));
    const second = handler.handle(toRequest(server, { path: "/second" }), { requestTimeout: 20 });
    const third = handler.handle(toRequest(server, { path: "/third" }));
    await expect(second).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(first).resolves.toMatchObject({ response: { statusCode: 200 } });
    await expect(third).resolves.toMatchObject({ response: { statusCode: 200 } });
    expect(seen).toEqual(["/first", "/third"]);
  });

  it("come from the caller's agent where one is given, and destroy() leaves it alone", async () => {
    const server = await listen(createServer((_, outgoing) => void outgoing.end("{}")));
    const httpAgent = new HttpAgent({ keepAlive: true });
    onTestFinished(() => httpAgent.destroy());
    const handler = create({ httpAgent });
    await handler.handle(toRequest(server));
    handler.destroy();
    await handler.handle(toRequest(server));
    expect(Object.values(httpAgent.freeSockets).flat()).toHaveLength(1);
    expect(server.connections).toBe(1);
  });

  it("are closed by destroy() where idle, and later requests open new ones", async () => {
    const server = await listen(createServer((_, outgoing) => void outgoing.end("{}")));
    const handler = create();
    await handler.handle(toRequest(server));
    expect(server.open.size).toBe(1);
    handler.destroy();
    await vi.waitFor(() => expect(server.open.size).toBe(0));
    for (const _ of [1, 2]) await handler.handle(toRequest(server));
    expect(server.connections).toBe(2);
  });

  it("in use carry their requests to the end after destroy(), and are closed then", async () => {
    const server = await listen(
      createServer((_, outgoing) => {
        handler.destroy();
        setTimeout(() => outgoing.end("{}"), 20);
      }),
    );
    const handler = create();
    await expect(handler.handle(toRequest(server))).resolves.toMatchObject({
      response: { statusCode: 200 },
    });
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("do not keep a process alive", async () => {
    const server = await listen(createServer((_, outgoing) => void outgoing.end("{}")));
    const script = `
      import { NodeHttpHandler } from ${JSON.stringify(import.meta.resolve("./node-http-handler.ts"))};
      const request = ${JSON.stringify(toRequest(server))};
      const { response } = await new NodeHttpHandler().handle(request);
      console.log(String(response.statusCode));
    `;
    const started = performance.now();
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    const output: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => output.push(text));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, output: output.join("") }).toEqual({ code: 0, output: "200\n" });
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe("a stale connection", () => {
  it.each([
    ["reset", "resetAndDestroy"],
    ["closed", "destroy"],
  ] as const)("that is %s under a request makes it go out once more", async (_, end) => {
    const urls: (string | undefined)[] = [];
    const server = await listen(
      createServer((incoming, outgoing) => {
        urls.push(incoming.url);
        if (urls.length === 2) incoming.socket[end]();
        else incoming.pipe(outgoing);
      }),
    );
    const handler = create();
    await handler.handle(toRequest(server, { path: "/first" }));
    const { response } = await handler.handle(toRequest(server, { path: "/second" }));
    expect(Buffer.from(response.body).toString()).toBe('{"UsageRecords":[]}');
    expect(urls).toEqual(["/first", "/second", "/second"]);
    expect(server.connections).toBe(2);
  });

  it("over TLS makes its request go out once more", async () => {
    const server = await listenTls((requests, close) => {
      if (requests === 2) close();
    });
    const handler = create({ httpsAgent: server.agent });
    const request = toRequest(server, { protocol: "https:" });
    await handler.handle(request);
    await expect(handler.handle(request)).resolves.toMatchObject({ response: { statusCode: 200 } });
    expect(server.connections).toBe(2);
  });

  it("takes the other idle ones to its host with it", async () => {
    let isRestarted = false;
    const server = await listen(
      createServer((incoming, outgoing) => {
        if (isRestarted && known.has(incoming.socket)) incoming.socket.destroy();
        else setTimeout(() => outgoing.end("{}"), 20);
        known.add(incoming.socket);
      }),
    );
    const known = new WeakSet<object>();
    const handler = create();
    await Promise.all([1, 2, 3].map(() => handler.handle(toRequest(server))));
    expect(server.open.size).toBe(3);
    isRestarted = true;
    await expect(handler.handle(toRequest(server))).resolves.toMatchObject({
      response: { statusCode: 200 },
    });
    expect(server.open.size).toBe(1);
  });

  it("is followed by one more request only, within the same requestTimeout", async () => {
    let requests = 0;
    const server = await listen(
      createServer((incoming, outgoing) => {
        requests += 1;
        if (requests === 1) outgoing.end("{}");
        if (requests === 2) setTimeout(() => incoming.socket.destroy(), 200);
      }),
    );
    const handler = create();
    await handler.handle(toRequest(server));
    const started = performance.now();
    const sent = handler.handle(toRequest(server), { requestTimeout: 300 });
    await expect(sent).rejects.toMatchObject({ name: "TimeoutError" });
    expect(performance.now() - started).toBeLessThan(480);
    expect(requests).toBe(3);
  });

  it("is a ConnectionError where the caller's agent offers another stale one", async () => {
    let requests = 0;
    let isRestarted = false;
    const server = await listen(
      createServer((incoming, outgoing) => {
        requests += 1;
        if (isRestarted) incoming.socket.destroy();
        else setTimeout(() => outgoing.end("{}"), 20);
      }),
    );
    const httpAgent = new HttpAgent({ keepAlive: true });
    httpAgent.getName = () => "a name of its own";
    onTestFinished(() => httpAgent.destroy());
    const handler = create({ httpAgent });
    await Promise.all([1, 2, 3].map(() => handler.handle(toRequest(server))));
    isRestarted = true;
    await expect(handler.handle(toRequest(server))).rejects.toMatchObject({
      name: "ConnectionError",
    });
    expect(requests).toBe(5);
  });

  it("is a ConnectionError where the new one breaks as well", async () => {
    let requests = 0;
    const server = await listen(
      createServer((incoming, outgoing) => {
        requests += 1;
        if (requests === 1) outgoing.end("{}");
        else incoming.socket.destroy();
      }),
    );
    const handler = create();
    await handler.handle(toRequest(server));
    await expect(handler.handle(toRequest(server))).rejects.toMatchObject({
      name: "ConnectionError",
    });
    expect(requests).toBe(3);
  });

  it("is a ConnectionError where a part of a response has come", async () => {
    let requests = 0;
    const server = await listen(
      createServer((incoming, outgoing) => {
        requests += 1;
        if (requests === 1) outgoing.end("{}");
        else incoming.socket.end("HTTP/1.1 200 O");
      }),
    );
    const handler = create();
    await handler.handle(toRequest(server));
    await expect(handler.handle(toRequest(server))).rejects.toMatchObject({
      name: "ConnectionError",
    });
    expect(requests).toBe(2);
  });

  it("is not looked for where the request was aborted or timed out", async () => {
    let requests = 0;
    const server = await listen(
      createServer((_, outgoing) => {
        requests += 1;
        if (requests === 1) outgoing.end("{}");
      }),
    );
    const handler = create();
    await handler.handle(toRequest(server));
    const sent = handler.handle(toRequest(server), { requestTimeout: 30 });
    await expect(sent).rejects.toMatchObject({ name: "TimeoutError" });
    await vi.waitFor(() => expect(server.open.size).toBe(0));
    expect(requests).toBe(2);
  });
});

describe("requests", () => {
  it.each([
    ["ArrayBuffer", (bytes: Uint8Array) => bytes.slice().buffer],
    ["DataView", (bytes: Uint8Array) => new DataView(bytes.slice().buffer, 1, 2)],
  ])("may have a body that is an %s", async (_, wrap) => {
    const server = await listen(createServer((incoming, outgoing) => void incoming.pipe(outgoing)));
    const body = wrap(new Uint8Array([1, 2, 3]));
    const { response } = await create().handle(toRequest(server, { body }));
    expect(response.body).toHaveLength(body.byteLength);
  });

  it("with a body of another kind are refused before anything is sent", async () => {
    const server = await listen(createServer((_, outgoing) => void outgoing.end("{}")));
    const handler = create();
    const sent = handler.handle(toRequest(server, { body: new ReadableStream() }));
    await expect(sent).rejects.toThrow("it cannot send a stream");
    await handler.handle(toRequest(server));
    expect(server.connections).toBe(1);
  });

  it("to a protocol other than HTTP are refused", async () => {
    const request = toRequest({ hostname: "127.0.0.1", port: 1 }, { protocol: "ftp:" });
    await expect(create().handle(request)).rejects.toThrow("not ftp:");
  });

  it("have a content-length for every method that has a body", async () => {
    const server = await listen(
      createServer((incoming, outgoing) => {
        outgoing.end(incoming.headers["content-length"]);
      }),
    );
    const { response } = await create().handle(toRequest(server, { method: "DELETE", body: "é" }));
    expect(Buffer.from(response.body).toString()).toBe("2");
  });

  it.each(["http:", "https:"])(
    "over %s are seen by msw, even where it starts later",
    async (protocol) => {
      const handler = create();
      const mock = setupServer(
        http.post(`${protocol}//metering.example/`, async ({ request }) =>
          MockResponse.json({ got: await request.text() }),
        ),
      );
      mock.listen();
      onTestFinished(() => mock.close());
      const { response } = await handler.handle({
        protocol,
        hostname: "metering.example",
        method: "POST",
        path: "/",
        headers: { host: "metering.example" },
        body: "grün",
      });
      expect(JSON.parse(Buffer.from(response.body).toString())).toEqual({ got: "grün" });
    },
  );
});

function create(options: NodeHttpHandlerOptions = {}): NodeHttpHandler {
  const handler = new NodeHttpHandler(options);
  onTestFinished(() => handler.destroy());
  return handler;
}

function toRequest(
  { hostname, port }: Pick<Loopback, "hostname" | "port">,
  parts: Partial<HttpRequest> = {},
): HttpRequest {
  return {
    protocol: "http:",
    hostname,
    port,
    method: "POST",
    path: "/",
    headers: {},
    body: '{"UsageRecords":[]}',
    ...parts,
  };
}

function toAborter(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** A TLS server and an agent that trust each other by a shared key, so that no certificate is needed. */
async function listenTls(
  onRequest: (requests: number, close: () => void) => void,
): Promise<Loopback & { readonly agent: HttpsAgent }> {
  const psk = Buffer.from("a key for tests only");
  const ciphers = "PSK-AES128-GCM-SHA256";
  let requests = 0;
  const server = createTlsServer(
    { ciphers, maxVersion: "TLSv1.2", pskCallback: () => psk },
    (incoming, outgoing) => {
      requests += 1;
      onRequest(requests, () => incoming.socket.destroy());
      if (!incoming.socket.destroyed) outgoing.end("{}");
    },
  );
  const agent = new HttpsAgent({
    keepAlive: true,
    ciphers,
    maxVersion: "TLSv1.2",
    checkServerIdentity: () => undefined,
    pskCallback: () => ({ psk, identity: "test" }),
  });
  onTestFinished(() => agent.destroy());
  return Object.assign(await listen(server), { agent });
}
