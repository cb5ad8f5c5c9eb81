import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** What a process says it used. */
export interface Usage {
  /** Seconds of CPU time, user and system. */
  readonly cpu: number;
  /** Megabytes, at the most. */
  readonly peakMemory: number;
}

export interface Run extends Usage {
  /** Seconds from the start of the process to its end. */
  readonly time: number;
}

/** Runs a Node program to its end. Rejects with what it printed where it fails. */
export async function runMeasured(
  list: readonly string[],
  environment: { readonly [name: string]: string } = {},
): Promise<Run> {
  const from = performance.now();
  const child = spawn(process.execPath, [`--import=${preload}`, ...list], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const errors = read(child.stderr as Readable);
  const usage = read(child.stdio[3] as Readable);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(status ?? signal));
  });
  const time = (performance.now() - from) / 1000;
  if (code !== 0) throw new Error(`${list.join(" ")}: ended with ${code}:\n${await errors}`);
  return { time, ...(JSON.parse(await usage) as Usage) };
}

const preload = import.meta.resolve("./report-usage.ts");

async function read(stream: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}
