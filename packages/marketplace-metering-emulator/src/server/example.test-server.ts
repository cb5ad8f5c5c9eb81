import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { afterEach } from "vitest";
import { now, seed } from "../example.test-market.ts";
import {
  type MeteringServer,
  type MeteringServerOptions,
  serveMeteringEmulator,
} from "./metering-server.ts";

export interface TestServer extends MeteringServer {
  /** A client of the server that signs with one of the seed's keys, and does not retry. */
  client(accessKeyId?: string): MarketplaceMetering;
  /** Calls the control API. */
  control(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
}

const opened: (() => Promise<void>)[] = [];

/** Serves the market of the tests, until the end of the test. */
export async function serveMarket(options: MeteringServerOptions = {}): Promise<TestServer> {
  const server = await serveMeteringEmulator({ seed, startTime: now, ...options });
  const clients: MarketplaceMetering[] = [];
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    for (const client of clients) client.destroy();
    await server.close();
  };
  opened.push(close);
  return {
    ...server,
    close,
    client: (accessKeyId = "SELLER") => {
      const client = new MarketplaceMetering({
        region: "us-east-1",
        credentials: { accessKeyId, secretAccessKey: "secret" },
        endpoint: server.url,
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    },
    control: (path, body, init) =>
      fetch(`${server.url}${path}`, {
        ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
        ...init,
      }),
  };
}

export function closeServersAfterEach(): void {
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });
}
