import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

/*
 * A process of its own: verdaccio with the configuration of a file, on a free port of this machine,
 * which it tells its parent. It ends when the parent does.
 */

const [project = "", configuration = ""] = process.argv.slice(2);
const { runServer } = createRequire(project)("verdaccio") as {
  readonly runServer: (configuration: object) => Promise<Server>;
};

process.on("disconnect", () => process.exit());
const server = await runServer(JSON.parse(readFileSync(configuration, "utf8")) as object);
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
