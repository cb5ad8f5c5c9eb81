import { getEventListeners } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createSocketServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it, vi } from "vitest";
import { FetchHttpHandler } from "./edge/fetch-http-handler.ts";
import { isTransportError, type TransportError } from "./errors.ts";
import type { HttpHandler, HttpRequest } from "./http-handler.ts";
import { type Loopback, listen } from "./loopback.test-server.ts";
import { NodeHttpHandler } from "./node/node-http-handler.ts";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

describe.each<{ name: string; create: () => HttpHandler }>([
  { name: "NodeHttpHandler", create: () => new NodeHttpHandler() },
  { name: "FetchHttpHandler", create: () => new FetchHttpHandler() },
])("$name", ({ create }) => {
  it("sends method, path, query, headers and body, and gives back status, headers and body", async () => {
    const server = await listen(
      createHttpServer((incoming, outgoing) => {
        incoming.setEncoding("utf8").on("data", (text: string) => {
          outgoing.writeHead(418, "Teapot", { "X-Echo": incoming.headers["x-sent"] ?? "" });
          outgoing.end(`${incoming.method} ${incoming.url} ${text}`);
        });
      }),
    );
    const { response } = await create().handle(
      toRequest(server, {
        path: "/a//b%20c",
        query: { "a b": "1*", list: ["x", "y"], flag: null },
        headers: { "x-sent": "yes" },
        body: "grün",
      }),
    );
    expect(response.statusCode).toBe(418);
    expect(response.reason).toBe("Teapot");
    expect(response.headers["x-echo"]).toBe("yes");
    expect(response.body).toBeInstanceOf(Uint8Array);
    expect(toText(response.body)).toBe("POST /a//b%20c?a%20b=1%2A&list=x&list=y&flag grün");
  });

  it("counts bytes, not characters, for the content-length", async () => {
    const server = await listen(echoHeaders());
    const { response } = await create().handle(
      toRequest(server, { headers: { "Content-Length": "1" }, body: "grün 🐾" }),
    );
    expect(JSON.parse(toText(response.body))["content-length"]).toBe("10");
  });

  it.each([
    ["an empty text", ""],
    ["no body", undefined],
  ])("sends a POST with %s with the content-length 0", async (_, body) => {
    const server = await listen(echoHeaders());
    const { response } = await create().handle(toRequest(server, { body }));
    expect(JSON.parse(toText(response.body))["content-length"]).toBe("0");
  });

  it("sends a GET without a body", async () => {
    const server = await listen(echoHeaders());
    const { response } = await create().handle(
      toRequest(server, { method: "GET", body: undefined }),
    );
    expect(JSON.parse(toText(response.body))).not.toHaveProperty("content-length");
  });

  it("sends a GET with an empty text for a body", async () => {
    const server = await listen(echoHeaders());
    const { response } = await create().handle(toRequest(server, { method: "GET", body: "" }));
    expect(response.statusCode).toBe(200);
  });

  it("carries 12 MB both ways", async () => {
    const server = await listen(
      createHttpServer((incoming, outgoing) => void incoming.pipe(outgoing)),
    );
    const body = new Uint8Array(12_000_000).map((_, index) => index % 251);
    const { response } = await create().handle(toRequest(server, { body }));
    expect(Buffer.compare(response.body, body)).toBe(0);
  });

  it("gives back an empty body as no bytes", async () => {
    const server = await listen(
      createHttpServer((_, outgoing) => void outgoing.writeHead(204).end()),
    );
    const { response } = await create().handle(toRequest(server));
    expect(response.statusCode).toBe(204);
    expect(response.body).toEqual(new Uint8Array());
  });

  it("joins the values of a header that comes several times", async () => {
    const server = await listen(
      createHttpServer((_, outgoing) => {
        outgoing.setHeader("X-Twice", ["a", "b"]).setHeader("Set-Cookie", ["c=1", "d=2"]).end();
      }),
    );
    const { response } = await create().handle(toRequest(server));
    expect(response.headers).toMatchObject({ "x-twice": "a, b", "set-cookie": "c=1, d=2" });
  });

  it("gives back a redirect instead of following it", async () => {
    const server = await listen(
      createHttpServer((_, outgoing) => {
        outgoing.writeHead(307, { location: "/elsewhere" }).end();
      }),
    );
    const { response } = await create().handle(toRequest(server));
    expect(response).toMatchObject({ statusCode: 307, headers: { location: "/elsewhere" } });
    expect(server.connections).toBe(1);
  });

  it.skipIf(!hasIpv6).each(["::1", "[::1]"])("reaches the IPv6 address %s", async (hostname) => {
    const server = await listen(echoHeaders(), "::1");
    const { response } = await create().handle(toRequest({ ...server, hostname }));
    expect(JSON.parse(toText(response.body)).host).toBe(`[::1]:${server.port}`);
  });

  it("rejects with a ConnectionError that keeps its cause where the connection is refused", async () => {
    const closed = createSocketServer();
    const { port } = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const error = await failure(create().handle(toRequest({ hostname: "127.0.0.1", port })));
    expect(error.name).toBe("ConnectionError");
    expect(error.message).toContain(`127.0.0.1:${port}: the connection failed`);
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("rejects with a ConnectionError where the name cannot be found", async () => {
    const request = toRequest({ hostname: "nowhere.invalid", port: 80 });
    const error = await failure(create().handle(request));
    expect(error).toMatchObject({ name: "ConnectionError" });
    expect(error.message).toContain("nowhere.invalid");
  });

  it("rejects with a ConnectionError where the connection is reset before a response", async () => {
    const server = await listen(onRequest((socket) => socket.resetAndDestroy()));
    const error = await failure(create().handle(toRequest(server)));
    expect(error.name).toBe("ConnectionError");
    expect(server.connections).toBe(1);
  });

  it("rejects with a ConnectionError where the connection is closed before a response", async () => {
    const server = await listen(onRequest((socket) => socket.end()));
    expect(await failure(create().handle(toRequest(server)))).toMatchObject({
      name: "ConnectionError",
    });
  });

  it("rejects with a ConnectionError where the connection is reset within the body", async () => {
    const server = await listen(
      onRequest((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart");
        setTimeout(() => socket.resetAndDestroy(), 30);
      }),
    );
    const error = await failure(create().handle(toRequest(server)));
    expect(error.name).toBe("ConnectionError");
    expect(error.message).toContain("while reading the response");
  });

  it.each([
    ["content-length", "content-length: 100\r\n\r\npart"],
    ["chunk", "transfer-encoding: chunked\r\n\r\n64\r\npart"],
    ["last chunk", "transfer-encoding: chunked\r\n\r\n4\r\npart\r\n"],
  ])("rejects with a ConnectionError where the body ends before its %s", async (_, rest) => {
    const server = await listen(onRequest((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`)));
    const error = await failure(create().handle(toRequest(server)));
    expect(error.name).toBe("ConnectionError");
    expect(error.message).toContain("while reading the response");
  });

  it("rejects with a ConnectionError where the response is not HTTP", async () => {
    const server = await listen(onRequest((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(await failure(create().handle(toRequest(server)))).toMatchObject({
      name: "ConnectionError",
    });
  });

  it("rejects with a TimeoutError where no response comes, and closes the connection", async () => {
    const server = await listen(onRequest(() => {}));
    const error = await failure(create().handle(toRequest(server), { requestTimeout: 50 }));
    expect(error.name).toBe("TimeoutError");
    expect(error.message).toBe(
      `127.0.0.1:${server.port}: requestTimeout of 50 ms passed while waiting for the response`,
    );
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("rejects with a TimeoutError where the body does not end, and closes the connection", async () => {
    const server = await listen(
      onRequest((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart");
      }),
    );
    const error = await failure(create().handle(toRequest(server), { requestTimeout: 150 }));
    expect(error.name).toBe("TimeoutError");
    expect(error.message).toContain("requestTimeout of 150 ms passed while reading the response");
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it.each([0, Number.POSITIVE_INFINITY, 2 ** 31])(
    "does not time out with a requestTimeout of %d",
    async (requestTimeout) => {
      const server = await listen(
        createHttpServer((_, outgoing) => void setTimeout(() => outgoing.end(), 30)),
      );
      const { response } = await create().handle(toRequest(server), { requestTimeout });
      expect(response.statusCode).toBe(200);
    },
  );

  it("sends nothing where the signal has fired before", async () => {
    const server = await listen(echoHeaders());
    const abortSignal = AbortSignal.abort("no longer wanted");
    const error = await failure(create().handle(toRequest(server), { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", cause: "no longer wanted" });
    expect(server.connections).toBe(0);
  });

  it("rejects with an AbortError while it waits for a response, and closes the connection", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const server = await listen(onRequest(() => controller.abort(reason)));
    const abortSignal = controller.signal;
    const error = await failure(create().handle(toRequest(server), { abortSignal }));
    expect(error.name).toBe("AbortError");
    expect(error.cause).toBe(reason);
    expect(error.message).toContain(`127.0.0.1:${server.port}`);
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("rejects with an AbortError while it reads the body, and closes the connection", async () => {
    const controller = new AbortController();
    const server = await listen(
      onRequest((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart");
        setTimeout(() => controller.abort(), 30);
      }),
    );
    const abortSignal = controller.signal;
    const error = await failure(create().handle(toRequest(server), { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", cause: abortSignal.reason });
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  it("tells an abort of the caller's own AbortSignal.timeout from its own time-out", async () => {
    const server = await listen(onRequest(() => {}));
    const abortSignal = AbortSignal.timeout(30);
    const error = await failure(create().handle(toRequest(server), { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", cause: { name: "TimeoutError" } });
  });

  it("leaves no timer and no listener behind, whichever way a request ends", async () => {
    const good = await listen(createHttpServer((_, outgoing) => void outgoing.end()));
    const hanging = await listen(onRequest(() => {}));
    const resetting = await listen(onRequest((socket) => socket.resetAndDestroy()));
    const handler = create();
    const { signal: abortSignal } = new AbortController();
    const stopTimer = vi.spyOn(globalThis, "clearTimeout");
    const startTimer = vi.spyOn(globalThis, "setTimeout");
    await handler.handle(toRequest(good), { abortSignal, requestTimeout: 60_001 });
    await failure(handler.handle(toRequest(resetting), { abortSignal, requestTimeout: 60_001 }));
    await failure(handler.handle(toRequest(hanging), { abortSignal, requestTimeout: 50 }));
    const started = startTimer.mock.calls.flatMap(([, delay], call) =>
      delay === 60_001 || delay === 5_000 ? [startTimer.mock.results[call]?.value] : [],
    );
    const stopped = stopTimer.mock.calls.map(([timer]) => timer);
    vi.restoreAllMocks();
    expect(started.length).toBeGreaterThanOrEqual(2);
    expect(started.filter((timer) => !stopped.includes(timer))).toEqual([]);
    expect(getEventListeners(abortSignal, "abort")).toEqual([]);
  });

  it("rejects with what is wrong where a header cannot be sent", async () => {
    const request = toRequest({ hostname: "127.0.0.1", port: 1 }, { headers: { "x-a": "a\nb" } });
    await expect(create().handle(request)).rejects.toThrow(TypeError);
  });
});

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
    body: "{}",
    ...parts,
  };
}

function toText(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** A server that answers with the headers that it got. */
function echoHeaders(): ReturnType<typeof createHttpServer> {
  return createHttpServer((incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end(JSON.stringify(incoming.headers)));
  });
}

/** A server below HTTP: what it does once the first bytes of a request have come. */
function onRequest(act: (socket: Socket) => void): ReturnType<typeof createSocketServer> {
  return createSocketServer((socket) => void socket.once("data", () => act(socket)));
}

async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await promise.then(
    () => new Error("The request succeeded"),
    (reason: unknown) => reason,
  );
  if (!isTransportError(error)) throw error;
  return error;
}
