import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The software that is sold: put yours here. */
export function startApplication(): void {
  const server = createServer((_, response) => {
    response.end("paid work\n");
  });
  server.listen(Number(process.env.PORT ?? 8080), () => {
    console.log(`listening on port ${(server.address() as AddressInfo).port}`);
  });
  // ECS and EKS say it with this signal that the task or pod ends.
  process.once("SIGTERM", () => server.close());
}
