import type { ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { type Command, startProcess } from "../child-process.ts";
import { findBinary, readVersion } from "../engines.ts";
import type { Result } from "../program/result.ts";
import {
  type Missing,
  type Program,
  type Runtime,
  RuntimeFailure,
  readResults,
} from "../runtime.ts";

/** Cloudflare's runtime as Workers of today have it: modules of Node's can be had. */
export const workerd: Runtime = createRuntime("workerd", {
  hasNode: true,
  flags: [],
});

/** As it is for Workers with an older date, or who turn it off: without any module or global of Node's. */
export const workerdWithoutNode: Runtime = createRuntime("Plain workerd (without Node.js)", {
  hasNode: false,
  flags: ["no_nodejs_compat", "no_nodejs_compat_v2"],
});

function createRuntime(
  name: string,
  { hasNode, flags }: { readonly hasNode: boolean; readonly flags: readonly string[] },
): Runtime {
  return {
    name,
    ways: [{ platform: "edge", loading: "bundle", hasNode }],
    entry: `export default {
      fetch: async (request) => Response.json(await run(new URL(request.url).searchParams.get("bench"))),
    };`,
    find: async () => {
      const binary = findWorkerd();
      if (typeof binary !== "string") return binary;
      return {
        version: await readVersion(binary),
        run: async (program) => serveProgram(await prepareWorkerd(binary, program, flags), program),
      };
    },
  };
}

export function findWorkerd(): string | Missing {
  return findBinary(
    {
      "darwin-arm64": "@cloudflare/workerd-darwin-arm64",
      "linux-arm64": "@cloudflare/workerd-linux-arm64",
      "linux-x64": "@cloudflare/workerd-linux-64",
    },
    "bin/workerd",
  );
}

/**
 * The worker is the program; it may reach this machine, which is private to workerd. Since some date
 * of 2026 compatibility with Node is on unless both its versions are turned off.
 */
function describeConfig(file: string, flags: readonly string[]): string {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed ${JSON.stringify(basename(file))})],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ${JSON.stringify(flags)},
);
`;
}

/** Writes what workerd needs beside a program to serve it, and gives the command. */
export async function prepareWorkerd(
  binary: string,
  program: Program,
  flags: readonly string[] = [],
): Promise<Command> {
  const config = join(dirname(program.file), `${basename(program.file)}.capnp`);
  await writeFile(config, describeConfig(program.file, flags));
  return { file: binary, arguments: ["serve", config, "--control-fd=3"] };
}

async function serveProgram(command: Command, program: Program): Promise<readonly Result[]> {
  const { child, ended } = startProcess(command, program);
  const stopped = ended.then(() => {
    throw new RuntimeFailure("ended before it answered");
  });
  const answered = async (): Promise<readonly Result[]> => {
    // What a process says when it ends explains more than that it did not listen.
    const port = await readWorkerdPort(child).catch(() => stopped);
    const url = `http://127.0.0.1:${port}/?bench=${encodeURIComponent(program.bench)}`;
    return readResults(await (await fetch(url)).text());
  };
  try {
    return await Promise.race([answered(), stopped]);
  } finally {
    child.kill();
    await ended.catch(() => {});
  }
}

/** It reports the port that it got on its fourth file descriptor. */
export async function readWorkerdPort(child: ChildProcess): Promise<number> {
  const control = child.stdio[3] as Readable;
  for await (const chunk of control) {
    const [, port] = /"port":\s*(\d+)/.exec(String(chunk)) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new RuntimeFailure("did not say where it listens");
}
