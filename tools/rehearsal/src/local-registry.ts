import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installLockedProject } from "tools-tarballs/locked-project";
import { createPublicationGate, type PublicationGate } from "./publication-gate.ts";

export interface LocalRegistryOptions {
  /** Where it keeps what it has. */
  readonly folder: string;
  /** The registry that has all other packages. */
  readonly upstream: string;
  /** What is published here, and comes from nowhere else, such as `@example/*`. */
  readonly own: readonly string[];
}

/** A registry on this machine that anyone may publish to, for what is its own. */
export type LocalRegistry = PublicationGate;

const project = fileURLToPath(new URL("../registry", import.meta.url));

/** Starts verdaccio, which is installed the first time. */
export async function startLocalRegistry(options: LocalRegistryOptions): Promise<LocalRegistry> {
  await installLockedProject({
    folder: project,
    onInstall: () => console.log("Installing verdaccio: only the first time …"),
  });
  const configuration = join(options.folder, "verdaccio.json");
  writeFileSync(configuration, JSON.stringify(describeRegistry(options, configuration)));
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("verdaccio.ts", import.meta.url)),
      join(project, "package.json"),
      configuration,
    ],
    { stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const printed: Uint8Array[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Uint8Array) => printed.push(chunk));
  }
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve(Number(message)));
    child.once("exit", (code, signal) => {
      const output = Buffer.concat(printed).toString();
      reject(new Error(`verdaccio ended with ${code ?? signal}:\n${output}`));
    });
  });
  const gate = await createPublicationGate(`http://127.0.0.1:${port}`);
  return {
    ...gate,
    stop: async () => {
      await gate.stop();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function describeRegistry(
  { folder, upstream, own }: LocalRegistryOptions,
  configuration: string,
): object {
  return {
    storage: join(folder, "storage"),
    // Both are what a configuration file has that verdaccio reads by itself.
    configPath: configuration,
    self_path: configuration,
    uplinks: { upstream: { url: upstream } },
    packages: {
      ...Object.fromEntries(own.map((name) => [name, { access: "$all", publish: "$all" }])),
      "**": { access: "$all", proxy: "upstream" },
    },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "warn" },
  };
}
