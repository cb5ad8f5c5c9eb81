import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { type Program, RuntimeFailure } from "./runtime.ts";

/** A command that runs a program. */
export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly environment?: { readonly [name: string]: string };
}

/** What a program printed until its process ended by itself. Whatever is left at the deadline is killed. */
export async function readOutput(command: Command, program: Program): Promise<string> {
  const { child, ended } = startProcess(command, program);
  const chunks: Uint8Array[] = [];
  child.stdout?.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  await ended;
  return Buffer.concat(chunks).toString();
}

/**
 * Starts a process for a program, in an environment that has nothing of this machine but its path.
 * `ended` rejects with a `RuntimeFailure` where the process ends badly or not in time.
 */
export function startProcess(
  { file, arguments: list, environment }: Command,
  { file: program, deadline }: Program,
): { readonly child: ChildProcess; readonly ended: Promise<void> } {
  const folder = dirname(program);
  const child = spawn(file, list, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", ...environment },
    // The fourth is for what a runtime reports of itself.
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const errors: Uint8Array[] = [];
  child.stderr?.on("data", (chunk: Uint8Array) => errors.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    const clock = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new RuntimeFailure(`did not end within ${deadline / 1000} s`));
    }, deadline);
    child.on("error", (cause) => {
      clearTimeout(clock);
      reject(new RuntimeFailure(`cannot be started: ${cause.message}`, { cause }));
    });
    child.on("close", (code, signal) => {
      clearTimeout(clock);
      if (code === 0) resolve();
      else
        reject(new RuntimeFailure(describeEnd(code ?? signal, Buffer.concat(errors).toString())));
    });
  });
  return { child, ended };
}

function describeEnd(reason: number | string | null, errors: string): string {
  const lines = errors.trim().split("\n").slice(0, 12).join("\n");
  return `ended with ${reason}${lines === "" ? "" : `:\n${lines}`}`;
}
