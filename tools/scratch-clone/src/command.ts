import { spawn } from "node:child_process";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export interface CommandOptions {
  /** Where it runs. */
  readonly folder: string;
  /** All the variables that it sees. */
  readonly environment: NodeJS.ProcessEnv;
  /** Ends it, and everything that it has started, at once. */
  readonly signal?: AbortSignal | undefined;
}

/** A command has failed: the message has everything that it printed. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/**
 * Runs a program to its end and gives what it printed to its standard output. Throws a
 * `CommandError` where it fails, and the signal's reason where that has ended it.
 */
export async function runCommand(
  [program, ...args]: Command,
  { folder, environment, signal }: CommandOptions,
): Promise<string> {
  signal?.throwIfAborted();
  // A group of its own, so that what a program has started ends with it.
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Uint8Array[] = [];
  const everything: Uint8Array[] = [];
  child.stdout.on("data", (chunk: Uint8Array) => output.push(chunk));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Uint8Array) => everything.push(chunk));
  }
  const kill = (): void => killGroup(child.pid);
  signal?.addEventListener("abort", kill);
  try {
    const end = await new Promise<number | string | null>((resolve, reject) => {
      child.on("error", (cause) => {
        reject(new CommandError(`${program} cannot be started: ${cause.message}`, { cause }));
      });
      child.on("close", (code, killedBy) => resolve(code ?? killedBy));
    });
    signal?.throwIfAborted();
    if (end === 0) return Buffer.concat(output).toString();
    const printed = Buffer.concat(everything).toString().trimEnd();
    throw new CommandError(`${[program, ...args].join(" ")} ended with ${end}:\n${printed}`);
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    // All of it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
