import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "./program.ts";
import { isBefore } from "./version.ts";

const folder = new URL("../../programs/types/", import.meta.url);

/**
 * A folder of its own in a project that has the packages: test files run side by side, and each
 * has its programs there.
 */
export async function createProgramFolder(project: string, name: string): Promise<string> {
  const created = join(project, name);
  await mkdir(created);
  return created;
}

/** Puts a program of `programs/types` into a folder. Gives its path there. */
export async function copyTypeProgram(name: string, target: string): Promise<string> {
  await copyFile(new URL(`${name}.ts`, folder), join(target, `${name}.ts`));
  return `${name}.ts`;
}

/**
 * The findings that a program of mistakes asks for, as its lines end: `// TS2345`, or
 * `// TS2345, from 7.0 on TS2741` where compilers differ. Line and code: `12 TS2345`.
 */
export async function readMistakes(name: string, version: string): Promise<readonly string[]> {
  const lines = (await readFile(new URL(`${name}.ts`, folder), "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    const marker = /\/\/ (?<code>TS\d+)(?:, from (?<from>[\d.]+) on (?<later>TS\d+))?$/.exec(line);
    if (!marker?.groups) return [];
    const { code, from, later } = marker.groups;
    return [`${index + 1} ${from === undefined || isBefore(version, from) ? code : later}`];
  });
}

/** The same of what a compiler found. */
export function printMistake({ line, code }: Finding): string {
  return `${line} TS${code}`;
}

/** A finding as one line. */
export function printFinding({ file, line, code, message }: Finding): string {
  return `${file}:${line} TS${code} ${message.split("\n")[0]}`;
}

/** What the examples of the READMEs take for given. */
const givens = `
declare const region: string;
declare const accessKeyId: string;
declare const secretAccessKey: string;
declare const ProductCode: string;
declare const credentials: { accessKeyId: string; secretAccessKey: string };
declare const client: import("@pawprint/marketplace-metering").MarketplaceMeteringClient;
declare const input: import("@pawprint/marketplace-metering").BatchMeterUsageRequest;
`;

export interface Examples {
  readonly web: readonly string[];
  readonly node: readonly string[];
  readonly tests: readonly string[];
}

/** Puts every TypeScript example of some READMEs into a project. Gives their paths there. */
export async function copyExamples(readmes: readonly string[], project: string): Promise<Examples> {
  const texts = await Promise.all(readmes.map((readme) => readFile(readme, "utf8")));
  const examples = texts.flatMap((text, index) =>
    [...text.matchAll(/^```ts\n(?<code>[\s\S]*?)^```$/gm)].map(({ groups = {} }, position) => ({
      file: `example-${index + 1}-${position + 1}.ts`,
      code: groups.code ?? "",
    })),
  );
  await writeFile(join(project, "givens.d.ts"), givens);
  for (const { file, code } of examples) await writeFile(join(project, file), code);
  const select = (kind: keyof Examples): readonly string[] => [
    "givens.d.ts",
    ...examples.filter(({ code }) => findKind(code) === kind).map(({ file }) => file),
  ];
  return { web: select("web"), node: select("node"), tests: select("tests") };
}

function findKind(code: string): keyof Examples | undefined {
  if (!/^import /m.test(code)) return undefined;
  if (/ from "(?:@pawprint\/[^"]*-(?:emulator|mocks)|msw)[/"]/.test(code)) return "tests";
  return /-node"|codegen"/.test(code) ? "node" : "web";
}
