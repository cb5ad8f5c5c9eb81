import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { HourlyUsage, SettledUsage } from "./usage-api.ts";

/** Stands for the back end that owns the usage, on 127.0.0.1, for tests and trials. */
export interface LocalUsageApi {
  readonly url: string;
  readonly token: string;
  readonly settled: readonly SettledUsage[];
  add(...usage: readonly HourlyUsage[]): void;
  close(): Promise<void>;
}

export async function startUsageApi(): Promise<LocalUsageApi> {
  const token = "token-of-the-function";
  const usage = new Map<string, HourlyUsage>();
  const settled = new Map<string, SettledUsage>();
  const keyOf = ({ account, dimension, hour }: HourlyUsage): string =>
    [account, dimension, hour].join("/");

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
    } else if (url.pathname === "/unsettled") {
      const before = Date.parse(url.searchParams.get("before") ?? "");
      const unsettled = [...usage.values()].filter(
        (hourly) => Date.parse(hourly.hour) < before && !settled.has(keyOf(hourly)),
      );
      response.end(JSON.stringify(unsettled));
    } else {
      for (const item of (await json(request)) as SettledUsage[]) settled.set(keyOf(item), item);
      response.end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    get settled() {
      return [...settled.values()];
    },
    add: (...items) => {
      for (const item of items) usage.set(keyOf(item), item);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
