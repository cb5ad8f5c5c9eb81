import type { AddressInfo, Server, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface Loopback {
  readonly hostname: string;
  readonly port: number;
  /** The connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  /** How many connections there have been. */
  connections: number;
}

/** Starts a server on a free port of this machine, until the test is over. */
export async function listen(server: Server, hostname = "127.0.0.1"): Promise<Loopback> {
  const open = new Set<Socket>();
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  const loopback = { hostname, port: (server.address() as AddressInfo).port, open, connections: 0 };
  server.on("connection", (socket) => {
    loopback.connections += 1;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
  });
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return loopback;
}
