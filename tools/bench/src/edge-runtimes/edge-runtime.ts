import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { createBunCommand, findBun } from "tools-runtimes/bun";
import { type Command, startProcess } from "tools-runtimes/child-process";
import { createDenoCommand, findDeno } from "tools-runtimes/deno";
import type { Missing, Program } from "tools-runtimes/runtime";
import { findWorkerd, prepareWorkerd, readWorkerdPort } from "tools-runtimes/workerd";

/** A runtime that serves a program which answers requests. */
export interface EdgeRuntime {
  readonly name: string;
  /** Hands `handle`, a function from a request to a response, to the runtime. */
  readonly entry: string;
  readonly find: () => string | Missing;
  readonly createCommand: (binary: string, program: Program) => Command | Promise<Command>;
  readonly readPort: (child: ChildProcess) => Promise<number>;
}

export const edgeRuntimes: readonly EdgeRuntime[] = [
  {
    name: "workerd",
    entry: "export default { fetch: handle };",
    find: findWorkerd,
    createCommand: prepareWorkerd,
    readPort: readWorkerdPort,
  },
  {
    name: "Deno",
    entry:
      'Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(port) }, handle);',
    find: findDeno,
    createCommand: createDenoCommand,
    readPort: readPrintedPort,
  },
  {
    name: "Bun",
    // Without the last option a round that takes long is cut off.
    entry:
      'console.log(Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: handle, idleTimeout: 0 }).port);',
    find: findBun,
    createCommand: createBunCommand,
    readPort: readPrintedPort,
  },
];

async function readPrintedPort({ stdout }: ChildProcess): Promise<number> {
  for await (const chunk of stdout as Readable) return Number(String(chunk));
  throw new Error("it did not say where it listens");
}

/** A program that runs. */
export interface RunningProgram {
  readonly pid: number;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Milliseconds after which a program is stopped, whatever it does. */
const deadline = 15 * 60_000;

export async function startProgram(
  { createCommand, readPort }: EdgeRuntime,
  binary: string,
  file: string,
): Promise<RunningProgram> {
  const program = { file, bench: "", deadline };
  const { child, ended } = startProcess(await createCommand(binary, program), program);
  const stop = async (): Promise<void> => {
    child.kill();
    await ended.catch(() => {});
  };
  const early = ended.then(() => {
    throw new Error("it ended before it listened");
  });
  try {
    // What a process says when it ends explains more than that it did not listen.
    const port = await Promise.race([readPort(child).catch(() => early), early]);
    early.catch(() => {});
    return { pid: child.pid ?? 0, url: `http://127.0.0.1:${port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
