import { readFile } from "node:fs/promises";
import type { Assumptions } from "./assumptions.ts";
import type { Fault } from "./faults.ts";
import { InvalidJsonError } from "./json-problems.ts";
import { readFaults } from "./read-faults.ts";
import { isMoment, readSeed } from "./read-seed.ts";
import type { Seed } from "./seed.ts";
import { type MeteringServer, serveMeteringEmulator } from "./server/metering-server.ts";
import { printRequest } from "./server/request-line.ts";
import { StateFileError } from "./server/state-file.ts";
import { readVersion } from "./version.ts";

/** What the command line asks for cannot be: the message says what is wrong. */
export class UsageError extends Error {}

export interface ServerSettings {
  readonly port: number;
  readonly host: string;
  readonly seedFile: string | undefined;
  readonly stateFile: string | undefined;
  readonly faultsFile: string | undefined;
  readonly startTime: string | undefined;
  readonly randomSeed: number;
  readonly quotas: boolean;
  readonly verifySignatures: boolean;
  readonly assumptions: Partial<Assumptions>;
  /** `null`: nobody signs with a key that the seed does not name. */
  readonly defaultCaller?: null;
  readonly quiet: boolean;
}

/** Serves until the process is told to end, and gives its exit code. */
export async function runServer(settings: ServerSettings): Promise<number> {
  const { startTime } = settings;
  if (startTime !== undefined && isMoment(startTime) !== undefined) {
    throw new UsageError(`--clock: found ${startTime}; ${isMoment(startTime)} belongs here`);
  }
  const seed = await readSeedFile(settings.seedFile);
  const faults = await readFaultsFile(settings.faultsFile);
  const ended = waitForSignal();
  const server = await start(settings, seed, faults);
  if (typeof server === "string") {
    print(process.stderr, `marketplace-metering-emulator: ${server}`);
    return 1;
  }
  print(process.stdout, describe(server, settings));
  const signal = await ended;
  print(process.stdout, `${signal}: closing`);
  await server.close();
  return 0;
}

/** A server, or why there cannot be one here. */
async function start(
  { quiet, ...settings }: ServerSettings,
  seed: Seed,
  faults: readonly Fault[],
): Promise<MeteringServer | string> {
  try {
    return await serveMeteringEmulator({
      ...settings,
      seed,
      faults,
      onRequest: quiet ? undefined : (request) => print(process.stdout, printRequest(request)),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof StateFileError) return `--state: ${message}`;
    const place = `${settings.host}:${settings.port}`;
    if (code === "EADDRINUSE") return `${place} is in use; choose another --port, or 0 for any`;
    if (code === "EACCES") return `${place} is not for everyone; choose a --port from 1024`;
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      return `--host ${settings.host} is no address of this machine`;
    }
    throw error;
  }
}

function describe({ url, emulator }: MeteringServer, { stateFile }: ServerSettings): string {
  const { now, usage, seed } = emulator.state();
  const { products, customers, agreements } = seed;
  const counts = `${products.length} products, ${customers.length} customers, ${agreements.length} agreements`;
  return [
    `AWS Marketplace Metering emulator ${readVersion()}`,
    `  listening on  ${url}`,
    `  its time      ${now}`,
    `  knows         ${counts}`,
    ...(stateFile === undefined ? [] : [`  state         ${stateFile}, ${usage.length} records`]),
  ].join("\n");
}

async function readSeedFile(file: string | undefined): Promise<Seed> {
  return file === undefined ? {} : readFrom("--seed", file, (json) => readSeed(json));
}

async function readFaultsFile(file: string | undefined): Promise<readonly Fault[]> {
  return file === undefined ? [] : readFrom("--faults", file, async (json) => readFaults(json));
}

async function readFrom<Value>(
  option: string,
  file: string,
  read: (json: unknown) => Promise<Value>,
): Promise<Value> {
  try {
    return await read(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isExpected =
      cause instanceof InvalidJsonError || cause instanceof SyntaxError || code !== undefined;
    if (!isExpected) throw cause;
    throw new UsageError(`${option} ${file}: ${message}`, { cause });
  }
}

function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => resolve(signal));
    }
  });
}

function print(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`);
}
