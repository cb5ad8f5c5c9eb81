import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

// A service that misbehaves as production does, in a process of its own. It tells its port, and what
// it has done whenever it is asked. The faults are the same on every run.

export interface SoakStatus {
  readonly port: number;
  /** Connections that are open now. */
  readonly open: number;
  readonly requests: number;
  readonly faults: { readonly [fault in Fault]: number };
}

type Fault = "hang" | "reset" | "throttle" | "truncate";

const shares: readonly (readonly [Fault, number])[] = [
  ["reset", 0.05],
  ["throttle", 0.05],
  ["hang", 0.02],
  ["truncate", 0.01],
];

const open = new Set<Socket>();
const faults = { hang: 0, reset: 0, throttle: 0, truncate: 0 };
let requests = 0;
let state = 1;

/** Mulberry32. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function selectFault(): Fault | undefined {
  let rest = random();
  return shares.find(([, share]) => {
    rest -= share;
    return rest < 0;
  })?.[0];
}

const body = JSON.stringify({ Results: [], UnprocessedRecords: [] });

function answer(response: ServerResponse): void {
  const fault = selectFault();
  requests += 1;
  if (fault === undefined) return void response.end(body);
  faults[fault] += 1;
  switch (fault) {
    case "hang":
      return;
    case "reset":
      return void response.socket?.resetAndDestroy();
    case "throttle":
      return void response.writeHead(400).end('{"__type":"ThrottlingException"}');
    case "truncate":
      response.writeHead(200, { "content-length": "100" });
      response.write('{"Results":', () => response.destroy());
  }
}

const server = createServer((request, response) => {
  request.resume().on("end", () => answer(response));
});
server.keepAliveTimeout = 0;
server.on("connection", (socket) => {
  open.add(socket);
  socket.on("close", () => open.delete(socket));
});
const tell = (): void => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, open: open.size, requests, faults } satisfies SoakStatus);
};
server.listen(0, "127.0.0.1", tell);
process.on("message", tell);
process.on("disconnect", () => process.exit());
