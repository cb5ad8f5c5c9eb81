import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { diffUsage, runDiff } from "./commands/diff-command.ts";
import { createProgress } from "./commands/progress.ts";
import { runUpdate, updateUsage } from "./commands/update-command.ts";
import type { Generation } from "./generate.ts";
import { findModels, generate } from "./generate.ts";
import { ModelError } from "./reader/model-error.ts";
import { version } from "./version.ts";
import { displayOutput, OutputError } from "./write/output-error.ts";

const usage = `Usage: pawprint generate [--model FILE] [--overlay FILE] [--out DIR] [--check]

Without options: every model of models/ into packages/.

  --model FILE    this model alone: a file in Smithy's JSON AST 2.0, a service-2.json, or a folder
                  that has one with the files beside it
  --overlay FILE  its overlay; default: x.overlay.json beside x.json or beside the folder x
  --out DIR       where the packages go: DIR/<service>/{core,node,edge,mocks}; default: packages
  --check         write nothing; exit 1 where the disk differs

${diffUsage}
${updateUsage}
Exit codes: 0 done, 1 a check says no, 2 the input is wrong.
`;

/** Runs a command line and gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(args);
  } catch (error) {
    if (!isInputError(error)) throw error;
    process.stderr.write(`pawprint: ${error.message}\n`);
    return 2;
  }
}

async function runCommand([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case "generate":
      return runGenerate(args);
    case "diff":
      return runDiff(args);
    case "update":
      return runUpdate(args);
    case "--version":
      process.stdout.write(`${version}\n`);
      return 0;
    case "--help":
    case "-h":
      process.stdout.write(usage);
      return 0;
    default:
      process.stderr.write(
        `pawprint: ${command === undefined ? "no command" : `there is no command ${command}`}\n\n${usage}`,
      );
      return 2;
  }
}

async function runGenerate(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
      model: { type: "string" },
      out: { type: "string", default: "packages" },
      overlay: { type: "string" },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.overlay !== undefined && values.model === undefined) {
    throw new ModelError(["--overlay"], "belongs to one model; name it with --model");
  }
  const models =
    values.model === undefined
      ? await findModels(resolve("models"))
      : [
          {
            model: resolve(values.model),
            overlay: values.overlay === undefined ? undefined : resolve(values.overlay),
          },
        ];
  const progress = createProgress();
  const generation = await generate({
    models,
    out: resolve(values.out),
    check: values.check,
    onProgress: progress.show,
  }).finally(progress.end);
  return values.check
    ? reportCheck(generation)
    : reportGeneration(generation, displayOutput(resolve(values.out)));
}

function reportGeneration({ packages, differences, omissions }: Generation, out: string): number {
  for (const { id, reason } of omissions) {
    process.stderr.write(`pawprint: left out ${id}: ${reason}\n`);
  }
  const files = packages.reduce((sum, { files: { length } }) => sum + length, 0);
  const stale = differences.filter(({ kind }) => kind === "stale").length;
  const written = differences.length - stale;
  process.stdout.write(
    `${packages.length} packages in ${out}: ${files} files, ${written} written, ${stale} removed\n`,
  );
  return 0;
}

function reportCheck({ packages, differences }: Generation): number {
  if (differences.length === 0) {
    process.stdout.write(`${packages.length} packages are as generated\n`);
    return 0;
  }
  for (const { kind, path } of differences) process.stderr.write(`${kind}: ${path}\n`);
  process.stderr.write(
    `pawprint: ${differences.length === 1 ? "1 file differs" : `${differences.length} files differ`} from what is generated; run pawprint generate\n`,
  );
  return 1;
}

function isInputError(error: unknown): error is Error {
  if (error instanceof ModelError || error instanceof OutputError) return true;
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code?.startsWith("ERR_PARSE_ARGS") ?? false;
}
