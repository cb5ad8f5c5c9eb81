import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type Summary, summarize } from "tools-performance-page/statistics";

/** What a process does from its start to its first answer. */
export interface ColdStartCase {
  readonly name: string;
  /** Statements that import. */
  readonly imports: string;
  /** An expression of `endpoint` that makes a client. */
  readonly construct: string;
  /** An expression of `client` that makes a call. */
  readonly call: string;
}

export interface ColdStart {
  readonly name: string;
  readonly form: "bundled" | "installed";
  /** Milliseconds of the process from its own start: to the end of the import, of the constructor, and the first answer. */
  readonly imported: Summary;
  readonly constructed: Summary;
  readonly answered: Summary;
  /** CPU time of the process until the first answer, in milliseconds. */
  readonly cpu: Summary;
}

const settings =
  'region: "us-east-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }, endpoint';
const input =
  '{ ProductCode: "p", Timestamp: new Date("2026-07-01T10:00:00Z"), UsageDimension: "d", UsageQuantity: 1 }';

export const coldStartCases: readonly ColdStartCase[] = [
  { name: "nothing", imports: "", construct: "undefined", call: "undefined" },
  {
    name: "bare node:http",
    imports: 'import { request } from "node:http";',
    construct: `(body) => new Promise((resolve, reject) => request(endpoint, { method: "POST", headers: { "x-amz-target": "AWSMPMeteringService.MeterUsage" } }, (incoming) => incoming.resume().on("end", resolve)).on("error", reject).end(body))`,
    call: 'client("{}")',
  },
  {
    name: "pawprint, Node",
    imports: 'import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";',
    construct: `new MarketplaceMetering({ ${settings} })`,
    call: `client.meterUsage(${input})`,
  },
  {
    name: "@aws-sdk, Node",
    imports:
      'import { MarketplaceMeteringClient, MeterUsageCommand } from "@aws-sdk/client-marketplace-metering";',
    construct: `new MarketplaceMeteringClient({ ${settings} })`,
    call: `client.send(new MeterUsageCommand(${input}))`,
  },
  {
    name: "pawprint, edge",
    imports: 'import { MarketplaceMetering } from "@pawprint/marketplace-metering-edge";',
    construct: `new MarketplaceMetering({ ${settings} })`,
    call: `client.meterUsage(${input})`,
  },
  {
    name: "aws4fetch",
    imports: 'import { AwsClient } from "aws4fetch";',
    construct:
      'new AwsClient({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", region: "us-east-1", service: "aws-marketplace" })',
    call: 'client.fetch(endpoint, { method: "POST", headers: { "x-amz-target": "AWSMPMeteringService.MeterUsage" }, body: "{}" }).then((response) => response.text())',
  },
];

/** Starts each program anew, the candidates by turns, as it is installed and in one bundled file. */
export async function measureColdStarts(
  endpoint: string,
  turns: number,
  cases: readonly ColdStartCase[] = coldStartCases,
): Promise<readonly ColdStart[]> {
  const folder = await mkdtemp(join(tmpdir(), "cold-start-"));
  try {
    const programs = await writePrograms(folder, cases);
    const figures = programs.map((): Figures[] => []);
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [index, { file }] of programs.entries()) {
        figures[index]?.push(await start(file, endpoint));
      }
    }
    return programs.map(({ name, form }, index) => {
      const of = (figure: keyof Figures): Summary =>
        summarize((figures[index] ?? []).map((figures) => figures[figure]));
      return {
        name,
        form,
        imported: of("imported"),
        constructed: of("constructed"),
        answered: of("answered"),
        cpu: of("cpu"),
      };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Program {
  readonly name: string;
  readonly form: ColdStart["form"];
  readonly file: string;
}

async function writePrograms(
  folder: string,
  cases: readonly ColdStartCase[],
): Promise<readonly Program[]> {
  const programs: Program[] = [];
  for (const [index, one] of cases.entries()) {
    const source = printProgram(one);
    const bundled = join(folder, `${index}-bundled.mjs`);
    const installed = join(folder, `${index}-installed.mjs`);
    await build({
      stdin: { contents: source, resolveDir: import.meta.dirname },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      minify: true,
      outfile: bundled,
      logLevel: "error",
      banner: { js: createRequire },
    });
    await writeFile(installed, resolveImports(source));
    programs.push(
      { name: one.name, form: "installed", file: installed },
      { name: one.name, form: "bundled", file: bundled },
    );
  }
  return programs;
}

/** What CommonJS packages need in a bundle of ES modules. */
const createRequire =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** The program lies in another folder than what it imports. */
function resolveImports(source: string): string {
  return source.replace(/from "((?:@|aws)[^"]+)"/g, (_, name: string) => {
    return `from ${JSON.stringify(import.meta.resolve(name))}`;
  });
}

function printProgram({ imports, construct, call }: ColdStartCase): string {
  return `
    ${imports}
    const imported = performance.now();
    const endpoint = process.argv[2];
    const client = ${construct};
    const constructed = performance.now();
    await ${call};
    const answered = performance.now();
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ imported, constructed, answered, cpu: (user + system) / 1000 }));
    process.exit();
  `;
}

interface Figures {
  readonly imported: number;
  readonly constructed: number;
  readonly answered: number;
  readonly cpu: number;
}

async function start(file: string, endpoint: string): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, endpoint]);
  return JSON.parse(stdout) as Figures;
}
