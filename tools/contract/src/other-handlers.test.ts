import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer as createTlsServer, Agent as TlsAgent } from "node:https";
import type { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpHandler } from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listen } from "./loopback.ts";
import { testCertificate } from "./test-certificate.ts";

// HTTP handlers of others in the place of ours, over real sockets.

type Foreign = HttpHandler & { destroy(): void };

interface Case {
  readonly name: string;
  readonly create: () => Foreign;
  readonly serve: (listener: RequestListener) => Server;
  readonly protocol: "http" | "https";
}

// One listener serves both: the parts that it uses are the same in Node's two HTTP servers.
const cases: readonly Case[] = [
  {
    name: "NodeHttpHandler of @smithy/node-http-handler",
    create: () => new NodeHttpHandler(),
    serve: (listener) => createServer(listener),
    protocol: "http",
  },
  {
    name: "NodeHttpHandler of @smithy/node-http-handler, over TLS",
    create: () => {
      const httpsAgent = new TlsAgent({ keepAlive: true, ca: testCertificate.cert });
      return new NodeHttpHandler({ httpsAgent });
    },
    serve: (listener) => createTlsServer(testCertificate, listener),
    protocol: "https",
  },
  {
    name: "NodeHttp2Handler of @smithy/node-http-handler",
    create: () => new NodeHttp2Handler(),
    serve: (listener) => createHttp2Server(listener as never),
    protocol: "http",
  },
  {
    name: "FetchHttpHandler of @smithy/fetch-http-handler",
    create: () => new FetchHttpHandler(),
    serve: (listener) => createServer(listener),
    protocol: "http",
  },
];

const platforms = [
  { platform: "node", Client: NodeMetering },
  { platform: "edge", Client: EdgeMetering },
] as const;

const allCases = cases.flatMap((one) => platforms.map((platform) => ({ ...one, ...platform })));

describe.each(allCases)(
  "$name under the $platform transport",
  ({ create, serve, protocol, Client }) => {
    async function start(listener: RequestListener, options: object = {}) {
      const server = await listen(serve(listener));
      const requestHandler = create();
      const client = new Client({
        region: "us-east-1",
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
        endpoint: `${protocol}://localhost:${server.port}`,
        requestHandler,
        ...options,
      });
      onTestFinished(() => requestHandler.destroy());
      return { server, client, requestHandler };
    }
    const input = { RegistrationToken: "token" };

    test("carries a signed request and its answer", async () => {
      let authorization: string | undefined;
      const { client } = await start((request, response) => {
        authorization = request.headers.authorization;
        request.resume().on("end", () => {
          response.setHeader("x-amzn-requestid", "id-1");
          response.end('{"CustomerAWSAccountId":"111122223333"}');
        });
      });
      expect(await client.resolveCustomer(input)).toMatchObject({
        CustomerAWSAccountId: "111122223333",
        $metadata: { httpStatusCode: 200, requestId: "id-1", attempts: 1 },
      });
      expect(authorization).toContain("Credential=AKIDEXAMPLE/");
    });

    test("gives typed errors, and is asked again after throttling", async () => {
      let requests = 0;
      const { client } = await start((request, response) => {
        requests += 1;
        const type = requests === 1 ? "ThrottlingException" : "ExpiredTokenException";
        request.resume().on("end", () => {
          response.writeHead(400, { "x-amz-retry-after": "1" });
          response.end(JSON.stringify({ __type: type, message: "no" }));
        });
      });
      await expect(client.resolveCustomer(input)).rejects.toMatchObject({
        name: "ExpiredTokenException",
        $metadata: { attempts: 2 },
      });
    });

    test("carries 10 MB back", async () => {
      const text = "x".repeat(10_000_000);
      const { client } = await start((request, response) => {
        request.resume().on("end", () => response.end(JSON.stringify({ ProductCode: text })));
      });
      const { ProductCode = "" } = await client.resolveCustomer(input);
      expect(ProductCode.length).toBe(text.length);
    });

    test("ends with a TimeoutError where no answer comes", async () => {
      const { client } = await start(() => {}, { requestTimeout: 150, maxAttempts: 1 });
      await expect(client.resolveCustomer(input)).rejects.toMatchObject({ name: "TimeoutError" });
    });

    test("ends with a TimeoutError where the body does not end, and lets it go", async () => {
      let closed = false;
      const listener: RequestListener = (request, response) => {
        request.resume();
        response.on("close", () => {
          closed = true;
        });
        response.writeHead(200);
        response.write('{"a');
      };
      const { client } = await start(listener, { requestTimeout: 200, maxAttempts: 1 });
      await expect(client.resolveCustomer(input)).rejects.toMatchObject({ name: "TimeoutError" });
      await vi.waitFor(() => expect(closed).toBe(true), 5_000);
    });

    test("lets a body go where the call is aborted", async () => {
      const controller = new AbortController();
      let closed = false;
      const { client } = await start((request, response) => {
        request.resume();
        response.on("close", () => {
          closed = true;
        });
        response.writeHead(200);
        response.write('{"a');
        setTimeout(() => controller.abort(), 50);
      });
      const sent = client.resolveCustomer(input, { abortSignal: controller.signal });
      await expect(sent).rejects.toMatchObject({ name: "AbortError" });
      await vi.waitFor(() => expect(closed).toBe(true), 5_000);
    });

    test("is a ConnectionError where nothing listens", async () => {
      const { requestHandler } = await start(() => {});
      const client = new Client({
        region: "us-east-1",
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
        endpoint: `${protocol}://127.0.0.1:9`,
        requestHandler,
        maxAttempts: 1,
      });
      await expect(client.resolveCustomer(input)).rejects.toMatchObject({
        name: "ConnectionError",
      });
    });

    test("stays the caller's: destroy() leaves it alone", async () => {
      const { client, requestHandler } = await start((request, response) => {
        request.resume().on("end", () => response.end("{}"));
      });
      const destroy = vi.spyOn(requestHandler, "destroy");
      await client.resolveCustomer(input);
      client.destroy();
      await sleep(1);
      expect(destroy).not.toHaveBeenCalled();
      await client.resolveCustomer(input);
    });
  },
);
