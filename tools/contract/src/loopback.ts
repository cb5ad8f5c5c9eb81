import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { onTestFinished } from "vitest";

/** A server of a test, and the connections to it. */
export interface Loopback {
  readonly port: number;
  readonly open: ReadonlySet<Socket>;
  readonly connections: () => number;
}

/** Starts a server on a free port of this machine, until the test is over. */
export async function listen(server: Server, hostname = "127.0.0.1"): Promise<Loopback> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket) => {
    connections += 1;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
  });
  server.listen(0, hostname);
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { port, open, connections: () => connections };
}

/** Whether this machine has IPv6. Tests that need it are skipped where it has none. */
export const hasIpv6: boolean = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);
