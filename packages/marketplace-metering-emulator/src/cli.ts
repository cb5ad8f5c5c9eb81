import { parseArgs } from "node:util";
import { runServer, type ServerSettings, UsageError } from "./run-server.ts";
import { readVersion } from "./version.ts";

const usage = `Usage: marketplace-metering-emulator [--port 8080] [--seed FILE] [--state FILE] [--clock TIME]

An emulator of AWS Marketplace Metering. Clients get its address as their endpoint; people open it.

  --port NUMBER        default: 8080; 0 takes one that is free, and says which
  --host ADDRESS       default: 127.0.0.1, for this machine alone; 0.0.0.0 for others, too
  --seed FILE          products, customers, agreements, tokens and callers, as JSON
  --state FILE         keeps usage and changes in this file, even through kill -9 (Node 22.13)
  --clock TIME         what time it is at the start, such as 2026-07-01T00:00:00Z
  --faults FILE        faults to start with, as JSON
  --random-seed N      faults and record ids follow from it; default: 1
  --no-quotas          no request is too many: the service takes 10 a second
  --verify-signatures  only callers of the seed with a secretAccessKey, and only their signatures
  --quiet              no line for each request
  --version, --help

Exit codes: 0 ended by SIGINT or SIGTERM, 1 cannot run here, 2 an argument or a file is wrong.
`;

/** Runs a command line and gives the exit code, once the server has ended. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { help, version, ...settings } = readArguments(args);
    if (help || version) {
      process.stdout.write(help ? usage : `${readVersion()}\n`);
      return 0;
    }
    return await runServer(settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`marketplace-metering-emulator: ${error.message}\n`);
    return 2;
  }
}

interface Arguments extends ServerSettings {
  readonly help: boolean;
  readonly version: boolean;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parse(args);
  return {
    help: values.help,
    version: values.version,
    port: readNumber("--port", values.port, 65_535),
    host: values.host,
    seedFile: values.seed,
    stateFile: values.state,
    faultsFile: values.faults,
    startTime: values.clock,
    randomSeed: readNumber("--random-seed", values["random-seed"], 2 ** 31 - 1),
    quotas: !values["no-quotas"],
    verifySignatures: values["verify-signatures"],
    quiet: values.quiet,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        clock: { type: "string" },
        faults: { type: "string" },
        help: { type: "boolean", default: false, short: "h" },
        host: { type: "string", default: "127.0.0.1" },
        "no-quotas": { type: "boolean", default: false },
        port: { type: "string", default: "8080" },
        quiet: { type: "boolean", default: false },
        "random-seed": { type: "string", default: "1" },
        seed: { type: "string" },
        state: { type: "string" },
        "verify-signatures": { type: "boolean", default: false },
        version: { type: "boolean", default: false },
      },
    });
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}; --help lists what there is`, { cause });
  }
}

function readNumber(name: string, text: string, limit: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= limit) return number;
  throw new UsageError(`${name}: found ${text}; a whole number from 0 to ${limit} belongs here`);
}
