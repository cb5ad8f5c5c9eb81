import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The Worker in the real workerd, on 127.0.0.1, set up as `wrangler.json` says. */
export interface WorkerdService {
  readonly url: string;
  /** What the Worker has logged, a line each. */
  readonly log: readonly string[];
  /** Runs the cron trigger as if it were that moment. Rejects where the run fails. */
  runCron(moment: Date): Promise<void>;
  stop(): Promise<void>;
}

interface WranglerFile {
  readonly compatibility_date: string;
  readonly durable_objects: {
    readonly bindings: readonly { readonly name: string; readonly class_name: string }[];
  };
  readonly vars: { readonly [name: string]: string };
}

const { default: workerdPath } = createRequire(import.meta.url)("workerd") as {
  readonly default: string;
};

/** Starts it with more variables. What it stores stays in the folder, for another start. */
export async function startWorkerd(
  folder: string,
  variables: { readonly [name: string]: string },
): Promise<WorkerdService> {
  const file = new URL("../wrangler.json", import.meta.url);
  const wrangler = JSON.parse(readFileSync(file, "utf8")) as WranglerFile;
  mkdirSync(join(folder, "storage"), { recursive: true });
  writeFileSync(join(folder, "worker.js"), await bundled);
  writeFileSync(join(folder, "trigger.js"), trigger);
  writeFileSync(join(folder, "config.capnp"), printConfig(wrangler, folder, variables));
  const child = spawn(
    workerdPath,
    ["serve", "--experimental", "--control-fd=3", join(folder, "config.capnp")],
    { stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream as Readable }).on("line", (line) => log.push(line));
  }
  const ports = await readPorts(child, log);
  return {
    url: `http://127.0.0.1:${ports.worker}`,
    log,
    runCron: async (moment) => {
      const url = `http://127.0.0.1:${ports.trigger}/?time=${moment.getTime()}`;
      const outcome = await (await fetch(url)).text();
      if (outcome !== "ok") throw new Error(`the run ended with: ${outcome}`);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** The Worker in one module, as `wrangler deploy` makes it. */
const bundled = build({
  entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  target: "es2024",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"],
  write: false,
}).then(({ outputFiles }) => outputFiles[0]?.text ?? "");

/** Stands for Cloudflare's scheduler. */
const trigger = `
  export default {
    async fetch(request, { WORKER }) {
      const scheduledTime = new Date(Number(new URL(request.url).searchParams.get("time")));
      const { outcome } = await WORKER.scheduled({ scheduledTime, cron: "*/15 * * * *" });
      return new Response(outcome);
    },
  };
`;

/** Only this machine can be reached: nothing that a test does gets to AWS. */
function printConfig(
  { compatibility_date, durable_objects, vars }: WranglerFile,
  folder: string,
  variables: { readonly [name: string]: string },
): string {
  const text = JSON.stringify;
  const bindings = [
    ...Object.entries({ ...vars, ...variables }).map(
      ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
    ),
    ...durable_objects.bindings.map(
      ({ name, class_name }) =>
        `(name = ${text(name)}, durableObjectNamespace = ${text(class_name)})`,
    ),
  ];
  const namespaces = durable_objects.bindings.map(
    ({ class_name }) =>
      `(className = ${text(class_name)}, uniqueKey = ${text(class_name)}, enableSql = true)`,
  );
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "worker", worker = (
          modules = [(name = "worker.js", esModule = embed "worker.js")],
          compatibilityDate = ${text(compatibility_date)},
          bindings = [${bindings.join(", ")}],
          durableObjectNamespaces = [${namespaces.join(", ")}],
          durableObjectStorage = (localDisk = "storage"),
          globalOutbound = "local",
        )),
        (name = "trigger", worker = (
          modules = [(name = "trigger.js", esModule = embed "trigger.js")],
          compatibilityDate = ${text(compatibility_date)},
          compatibilityFlags = ["service_binding_extra_handlers"],
          bindings = [(name = "WORKER", service = "worker")],
        )),
        (name = "storage", disk = (path = ${text(join(folder, "storage"))}, writable = true)),
        (name = "local", network = (allow = ["local"])),
      ],
      sockets = [
        (name = "worker", address = "127.0.0.1:0", http = (), service = "worker"),
        (name = "trigger", address = "127.0.0.1:0", http = (), service = "trigger"),
      ],
    );
  `;
}

/** Which port each socket got. workerd tells on a pipe of its own. */
async function readPorts(
  child: ChildProcess,
  log: readonly string[],
): Promise<{ readonly worker: number; readonly trigger: number }> {
  const ports: { worker?: number; trigger?: number } = {};
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
    const event = JSON.parse(line) as { socket?: "worker" | "trigger"; port?: number };
    if (event.socket !== undefined && event.port !== undefined) ports[event.socket] = event.port;
    const { worker, trigger } = ports;
    if (worker !== undefined && trigger !== undefined) return { worker, trigger };
  }
  throw new Error(`workerd did not start:\n${log.join("\n")}`);
}
