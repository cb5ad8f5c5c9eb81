import { type ChildProcess, fork } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  isServiceError,
  isTransportError,
  type MarketplaceMeteringClient,
} from "@pawprint/marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { MarketplaceMetering as NodeMetering } from "@pawprint/marketplace-metering-node";
import type { TransportOptions } from "@pawprint/runtime";
import type { SoakStatus } from "./soak-server.ts";

// Calls one transport many times and prints a report. Run with --expose-gc:
//   node --expose-gc src/soak-program.ts node 100000

export interface SoakReport {
  /** What the service did. */
  readonly service: SoakStatus;
  readonly succeeded: number;
  /** How many calls failed, by the kind and name of the error. */
  readonly failed: { readonly [error: string]: number };
  /** Bytes of heap in use after the first and the last tenth, at rest and after garbage collection. */
  readonly heap: { readonly first: number; readonly last: number };
  /** What is left when all calls are over and the client is destroyed. */
  readonly left: {
    readonly connections: number;
    readonly timers: number;
    readonly listeners: number;
  };
}

const concurrency = 64;
const record = {
  Timestamp: new Date("2026-07-01T10:00:00Z"),
  CustomerAWSAccountId: "111122223333",
  Dimension: "users",
  Quantity: 1,
};

const [, , platform, count = "0"] = process.argv;
const calls = Number(count);
const collectGarbage = globalThis.gc;
if (collectGarbage === undefined) throw new Error("Run this with --expose-gc");
const server = fork(fileURLToPath(new URL("soak-server.ts", import.meta.url)));
const { port } = await nextStatus(server);
const timersBefore = countTimers();
const client = createClient(`http://127.0.0.1:${port}`);
const { signal } = new AbortController();
let succeeded = 0;
const failed: { [error: string]: number } = {};

// What is loaded and compiled at first is no leak.
await callMany(calls / 10);
succeeded = 0;
for (const name of Object.keys(failed)) delete failed[name];
await callMany(calls / 10);
const first = await measureHeap();
await callMany(calls - calls / 10);
const last = await measureHeap();

client.destroy();
const service = await waitForNoConnection();
const report: SoakReport = {
  service,
  succeeded,
  failed,
  heap: { first, last },
  left: {
    connections: service.open,
    timers: countTimers() - timersBefore,
    listeners: getEventListeners(signal, "abort").length,
  },
};
console.log(JSON.stringify(report));
// Nothing of the clients may keep this process alive from here on.
server.disconnect();

function createClient(endpoint: string): MarketplaceMeteringClient {
  const options = {
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
    endpoint,
    requestTimeout: 500,
    retryStrategy: createShortRetries(),
  };
  if (platform === "node") return new NodeMetering(options);
  if (platform === "edge") return new EdgeMetering(options);
  throw new Error(`There is no transport ${platform}`);
}

/** The waits of the standard strategy, a second and more, would make hours of this. */
function createShortRetries(): NonNullable<TransportOptions["retryStrategy"]> {
  const createToken = (retries: number) => ({
    getRetryCount: () => retries,
    getRetryDelay: () => 10 * retries,
  });
  return {
    acquireInitialRetryToken: async () => createToken(0),
    refreshRetryTokenForRetry: async (token) => {
      if (token.getRetryCount() >= 2) throw new Error("The attempts are used up");
      return createToken(token.getRetryCount() + 1);
    },
    recordSuccess: () => {},
  };
}

async function callMany(total: number): Promise<void> {
  let started = 0;
  const work = async (): Promise<void> => {
    while (started < total) {
      started += 1;
      await callOnce(started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** Every call has the same signal, which never fires; one in a hundred has its own, which soon does. */
async function callOnce(index: number): Promise<void> {
  const abortSignal = index % 100 === 0 ? AbortSignal.timeout(2) : signal;
  try {
    await client.batchMeterUsage({ UsageRecords: [record, record] }, { abortSignal });
    succeeded += 1;
  } catch (error) {
    const name = describeError(error);
    failed[name] = (failed[name] ?? 0) + 1;
  }
}

function describeError(error: unknown): string {
  if (isServiceError(error)) return `service ${error.name}`;
  if (isTransportError(error)) return `transport ${error.name}`;
  return `untyped ${String(error)}`;
}

/** `fetch` keeps idle connections for 4 seconds on Node. */
async function waitForNoConnection(): Promise<SoakStatus> {
  for (let wait = 0; ; wait += 100) {
    const answered = nextStatus(server);
    server.send("status");
    const status = await answered;
    if (status.open === 0 || wait >= 15_000) return status;
    await sleep(100);
  }
}

async function nextStatus(child: ChildProcess): Promise<SoakStatus> {
  const [status] = await once(child, "message");
  return status;
}

/** At rest: what is under way, and connections that `fetch` still keeps, are in the heap, too. */
async function measureHeap(): Promise<number> {
  await sleep(5_000);
  for (let round = 0; round < 10; round += 1) {
    collectGarbage?.();
    // Finalizers run between two turns of the event loop, and code that rests goes after some rounds.
    await sleep(50);
  }
  return process.memoryUsage().heapUsed;
}

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
