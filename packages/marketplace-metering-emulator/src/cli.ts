import { parseArgs } from "node:util";
import { type Assumptions, defaultAssumptions, findAssumptionProblems } from "./assumptions.ts";
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
  --no-quotas          no request is too many: the service takes 10 a second, or 5 of RegisterUsage
  --verify-signatures  only callers of the seed with a secretAccessKey, and only their signatures
  --no-default-caller  refuses who signs with a key that the seed does not name
  --clock-tolerance N  how far ahead a timestamp may be, in milliseconds; default: 300000
  --claim-names NAMES  of RegisterUsage's token: camelCase (the default) or PascalCase
  --refused-credentials-error NAME
                       what MeterUsage answers to credentials that it refuses:
                       CustomerNotEntitledException (the default) or AccessDeniedException
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
  // A variable of the shell that is not set must not turn into an option that means something else.
  for (const [name, value] of Object.entries(values)) {
    if (value === "") throw new UsageError(`--${name}: found nothing; a value belongs here`);
  }
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
    ...(values["no-default-caller"] && { defaultCaller: null }),
    assumptions: readAssumptions({
      clockTolerance: readNumber(
        "--clock-tolerance",
        values["clock-tolerance"] ?? String(defaultAssumptions.clockTolerance),
        2 ** 31 - 1,
      ),
      claimNames: values["claim-names"],
      refusedCredentialsError: values["refused-credentials-error"],
    }),
    quiet: values.quiet,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        "claim-names": { type: "string" },
        clock: { type: "string" },
        "clock-tolerance": { type: "string" },
        faults: { type: "string" },
        help: { type: "boolean", default: false, short: "h" },
        host: { type: "string", default: "127.0.0.1" },
        "no-default-caller": { type: "boolean", default: false },
        "no-quotas": { type: "boolean", default: false },
        port: { type: "string", default: "8080" },
        quiet: { type: "boolean", default: false },
        "random-seed": { type: "string", default: "1" },
        "refused-credentials-error": { type: "string" },
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

/** Options that are left out leave the default. Each member is an option in another spelling. */
function readAssumptions(
  given: {
    readonly [name in keyof Assumptions]: unknown;
  },
): Partial<Assumptions> {
  const assumptions = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const [problem] = findAssumptionProblems(assumptions);
  if (problem === undefined) return assumptions;
  const option = problem.pointer.slice(1).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${option}: ${problem.message}`);
}

function readNumber(name: string, text: string, limit: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= limit) return number;
  throw new UsageError(`${name}: found ${text}; a whole number from 0 to ${limit} belongs here`);
}
