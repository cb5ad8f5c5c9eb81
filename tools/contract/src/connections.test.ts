import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, Agent as TlsAgent } from "node:https";
import { connect, createServer as createSocketServer, type Socket } from "node:net";
import type { MarketplaceMeteringClient } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import {
  MarketplaceMetering,
  type MarketplaceMeteringOptions,
  NodeHttpHandler,
  type NodeHttpHandlerOptions,
} from "@pawprint/marketplace-metering-node";
import { HttpsProxyAgent } from "https-proxy-agent";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { hasIpv6, type Loopback, listen } from "./loopback.ts";
import { testCertificate } from "./test-certificate.ts";

// How the clients get to a service: pools, proxies, certificates, IPv6.

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const customer = { CustomerAWSAccountId: "111122223333" };

beforeEach(() => {
  const variables = Object.keys(process.env).filter((name) => /_proxy$/i.test(name));
  for (const name of variables) vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

const answer: RequestListener = (request, response) => {
  request.resume().on("end", () => response.end(JSON.stringify(customer)));
};

function createClient(options: MarketplaceMeteringOptions): MarketplaceMetering {
  const client = new MarketplaceMetering({ region: "us-east-1", credentials, ...options });
  onTestFinished(() => client.destroy());
  return client;
}

function call(client: MarketplaceMeteringClient, options: object = {}): Promise<object> {
  return client.resolveCustomer({ RegistrationToken: "token" }, options);
}

describe("a kept connection of the Node transport", () => {
  test("is closed once it was idle for idleTimeout", async () => {
    const server = await listen(createServer({ keepAliveTimeout: 0 }, answer));
    const client = createPlainClient(server, { idleTimeout: 50 });
    await call(client);
    await vi.waitFor(() => expect(server.open.size).toBe(0));
    await call(client);
    expect(server.connections()).toBe(2);
  });

  test("is kept by default longer than a service takes between two calls", async () => {
    const server = await listen(createServer({ keepAliveTimeout: 0 }, answer));
    const client = createPlainClient(server, {});
    await call(client);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await call(client);
    expect(server.connections()).toBe(1);
  });

  test("is not used again where the service says that it closes it within a second", async () => {
    const server = await listen(
      createServer({ keepAliveTimeout: 0 }, (request, response) => {
        response.setHeader("keep-alive", "timeout=1");
        answer(request, response);
      }),
    );
    const client = createPlainClient(server, {});
    await call(client);
    await vi.waitFor(() => expect(server.open.size).toBe(0));
  });

  test("is closed before the service does it, where that one says when", async () => {
    const server = await listen(
      createServer({ keepAliveTimeout: 0 }, (request, response) => {
        response.setHeader("keep-alive", "timeout=2");
        answer(request, response);
      }),
    );
    const client = createPlainClient(server, {});
    await call(client);
    await call(client);
    expect(server.connections()).toBe(1);
    await vi.waitFor(() => expect(server.open.size).toBe(0), 5_000);
  });

  test("does not end a request that takes longer than idleTimeout", async () => {
    const server = await listen(
      createServer((request, response) => void setTimeout(() => answer(request, response), 250)),
    );
    const client = createPlainClient(server, { idleTimeout: 50 });
    expect(await call(client)).toMatchObject({ ...customer, $metadata: { attempts: 1 } });
  });

  test("may be one of as many as maxSockets says, for a handler of one's own", async () => {
    const server = await listen(createServer(answer));
    const client = createPlainClient(server, { maxSockets: 3 });
    await Promise.all(Array.from({ length: 20 }, () => call(client)));
    expect(server.connections()).toBe(3);
  });

  test("that a whole call waits for counts against its time", async () => {
    const server = await listen(createServer());
    const client = createPlainClient(server, { maxSockets: 1 });
    const calls = [call(client, { callTimeout: 200 }), call(client, { callTimeout: 200 })];
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: "TimeoutError" } });
    }
    expect(server.connections()).toBe(1);
  });

  // As on Lambda, whose processes stand still between two invocations: nothing has told the client
  // that its connection is gone.
  test.each([
    ["http:", "destroy"],
    ["http:", "end"],
    ["http:", "resetAndDestroy"],
    ["https:", "destroy"],
    ["https:", "end"],
  ] as const)(
    "over %s whose other side is gone after a freeze (%s) costs no attempt",
    async (protocol, end) => {
      const sockets = new Set<Socket>();
      const close: RequestListener = (request, response) => {
        answer(request, response);
        if (sockets.has(request.socket)) return;
        sockets.add(request.socket);
        response.on("finish", () => setTimeout(() => request.socket[end](), 50));
      };
      const server = await listen(
        protocol === "http:"
          ? createServer(close)
          : createTlsServer({ ...testCertificate, keepAliveTimeout: 0 }, close),
      );
      const output = await runProgram(`
        import { MarketplaceMetering } from ${packageUrl};
        const metering = new MarketplaceMetering({
          region: "us-east-1",
          credentials: ${JSON.stringify(credentials)},
          endpoint: "${protocol}//localhost:${server.port}",
        });
        const attempts = [];
        for (let round = 0; round < 3; round += 1) {
          const { $metadata } = await metering.resolveCustomer({ RegistrationToken: "token" });
          attempts.push($metadata.attempts);
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        }
        console.log(attempts.join(" "));
      `);
      expect(output).toEqual({ code: 0, text: "1 1 1\n" });
    },
  );
});

describe("TLS on Node", () => {
  test("trusts the CA of a caller's agent", async () => {
    const server = await listen(createTlsServer(testCertificate, answer));
    const httpsAgent = new TlsAgent({ ca: testCertificate.cert });
    const client = createClient({
      endpoint: `https://localhost:${server.port}`,
      requestHandler: new NodeHttpHandler({ httpsAgent }),
    });
    expect(await call(client)).toMatchObject(customer);
  });

  test("says what is wrong with a certificate that nobody trusts", async () => {
    const server = await listen(createTlsServer(testCertificate, answer));
    const client = createClient({ endpoint: `https://localhost:${server.port}`, maxAttempts: 1 });
    await expect(call(client)).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringMatching(/localhost:\d+: the connection failed while connecting: self/),
    });
  });
});

describe("a proxy of the environment", () => {
  test.each(["HTTPS_PROXY", "https_proxy"])("carries TLS to the service (%s)", async (name) => {
    const server = await listen(createTlsServer(testCertificate, answer));
    const proxy = await startProxy();
    vi.stubEnv(name, proxy.url);
    const output = await runProgram(programOf(server));
    expect(output).toEqual({ code: 0, text: "111122223333\n111122223333\n" });
    expect(proxy.targets).toEqual([`localhost:${server.port}`]);
  });

  test.each(["localhost", "*", "localhost,example.com"])(
    "is passed by where NO_PROXY says %s",
    async (noProxy) => {
      const server = await listen(createTlsServer(testCertificate, answer));
      const proxy = await startProxy();
      vi.stubEnv("HTTPS_PROXY", proxy.url);
      vi.stubEnv("NO_PROXY", noProxy);
      const output = await runProgram(programOf(server));
      expect(output).toEqual({ code: 0, text: "111122223333\n111122223333\n" });
      expect(proxy.targets).toEqual([]);
    },
  );

  test.each(["HTTP_PROXY", "http_proxy"])("carries plain HTTP, too (%s)", async (name) => {
    const server = await listen(createServer(answer));
    const proxy = await startProxy();
    vi.stubEnv(name, proxy.url);
    const client = createClient({ endpoint: `http://localhost:${server.port}` });
    expect(await call(client)).toMatchObject(customer);
    expect(proxy.targets).toEqual([`http://localhost:${server.port}/`]);
  });

  test("that refuses is a ConnectionError", async () => {
    const server = await listen(createTlsServer(testCertificate, answer));
    const proxy = await startProxy(403);
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    const client = createClient({ endpoint: `https://localhost:${server.port}`, maxAttempts: 1 });
    await expect(call(client)).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining("while connecting"),
    });
  });

  test("that never answers ends with the connectionTimeout", async () => {
    const silent = await listen(createSocketServer((socket) => void socket.resume()));
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${silent.port}`);
    const client = createClient({
      endpoint: "https://metering.example",
      connectionTimeout: 80,
      maxAttempts: 1,
    });
    await expect(call(client)).rejects.toMatchObject({
      name: "TimeoutError",
      message: "metering.example: connectionTimeout of 80 ms passed while connecting",
    });
  });
});

describe("an agent for proxies, on any version of Node", () => {
  test("carries TLS to the service, and keeps the tunnel", async () => {
    const server = await listen(createTlsServer(testCertificate, answer));
    const proxy = await startProxy();
    const httpsAgent = new HttpsProxyAgent(proxy.url, { keepAlive: true });
    // Its own options are for the proxy; those of the agent go to the service.
    Object.assign(httpsAgent.options, { ca: testCertificate.cert });
    onTestFinished(() => httpsAgent.destroy());
    const client = createClient({
      endpoint: `https://localhost:${server.port}`,
      requestHandler: new NodeHttpHandler({ httpsAgent }),
    });
    for (const _ of [1, 2]) expect(await call(client)).toMatchObject(customer);
    expect(proxy.targets).toEqual([`localhost:${server.port}`]);
  });

  test("ends with the connectionTimeout where its proxy never answers", async () => {
    const silent = await listen(createSocketServer((socket) => void socket.resume()));
    const httpsAgent = new HttpsProxyAgent(`http://127.0.0.1:${silent.port}`);
    const client = createClient({
      endpoint: "https://metering.example",
      requestHandler: new NodeHttpHandler({ httpsAgent, connectionTimeout: 80 }),
      maxAttempts: 1,
    });
    await expect(call(client)).rejects.toMatchObject({
      name: "TimeoutError",
      message: "metering.example: connectionTimeout of 80 ms passed while connecting",
    });
  });
});

describe.skipIf(!hasIpv6)("an IPv6 endpoint (skipped where the machine has no IPv6)", () => {
  test.each([
    { name: "node", Client: MarketplaceMetering },
    { name: "edge", Client: EdgeMetering },
  ])("is called by the $name transport", async ({ Client }) => {
    let host: IncomingMessage["headers"]["host"];
    const server = await listen(
      createServer((request, response) => {
        host = request.headers.host;
        answer(request, response);
      }),
      "::1",
    );
    const endpoint = `http://[::1]:${server.port}`;
    const client = new Client({ region: "us-east-1", credentials, endpoint });
    onTestFinished(() => client.destroy());
    expect(await call(client)).toMatchObject(customer);
    expect(host).toBe(`[::1]:${server.port}`);
  });
});

function createPlainClient(
  { port }: Loopback,
  options: NodeHttpHandlerOptions,
): MarketplaceMetering {
  const requestHandler = new NodeHttpHandler(options);
  onTestFinished(() => requestHandler.destroy());
  return createClient({ endpoint: `http://127.0.0.1:${port}`, requestHandler });
}

/** A real proxy: it tunnels CONNECT and forwards the rest, and notes where to. */
async function startProxy(refusal?: number): Promise<{ url: string; targets: string[] }> {
  const targets: string[] = [];
  const server: Server = createServer((request, response) => {
    targets.push(request.url ?? "");
    const { port } = new URL(request.url ?? "");
    const upstream = connect(Number(port), "127.0.0.1");
    const head = Object.entries({ ...request.headers, connection: "close" });
    upstream.write(
      `${request.method} / HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`,
    );
    request.pipe(upstream, { end: false });
    upstream.pipe(response.socket as Socket);
  });
  server.on("connect", (request, socket: Socket) => {
    targets.push(request.url ?? "");
    socket.on("error", () => {});
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`);
    const [, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, targets };
}

const packageUrl = JSON.stringify(import.meta.resolve("@pawprint/marketplace-metering-node"));

/** Two calls, in a process of their own that trusts the certificate of the tests. */
function programOf({ port }: Loopback): string {
  return `
    import { MarketplaceMetering } from ${packageUrl};
    const metering = new MarketplaceMetering({
      region: "us-east-1",
      credentials: ${JSON.stringify(credentials)},
      endpoint: "https://localhost:${port}",
    });
    for (const _ of [1, 2]) {
      const { CustomerAWSAccountId } = await metering.resolveCustomer({ RegistrationToken: "t" });
      console.log(CustomerAWSAccountId);
    }
  `;
}

async function runProgram(source: string): Promise<{ code: unknown; text: string }> {
  const program = `
    import { getCACertificates, setDefaultCACertificates } from "node:tls";
    setDefaultCACertificates([...getCACertificates(), ${JSON.stringify(testCertificate.cert)}]);
    ${source}
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    env: { ...process.env, AWS_EC2_METADATA_DISABLED: "true" },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const [code] = await once(child, "close");
  return { code, text: output.join("") };
}
