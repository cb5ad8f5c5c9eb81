import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A program of a user, in a folder from which the packages that it imports are found. */
export interface UserProgram {
  readonly folder: string;
  readonly source: string;
}

/** What the compiler says of one run. */
export interface Compilation {
  /** Seconds from the start of its process to its end. */
  readonly time: number;
  /** Megabytes. */
  readonly memory: number;
  readonly files: number;
  readonly lines: number;
  readonly types: number;
}

const compiler = fileURLToPath(
  new URL("../../../node_modules/typescript/bin/tsc", import.meta.url),
);

/** The version of the compiler, such as `7.0.2`. */
export async function readCompilerVersion(): Promise<string> {
  return (await tsc(["--version"])).replace("Version ", "").trim();
}

/** Builds packages, and those that they refer to. */
export async function buildProjects(folders: readonly string[]): Promise<void> {
  await tsc(["-b", ...folders]);
}

/** Checks a program as an editor or a build does. Rejects where it does not compile. */
export async function checkProgram(
  { folder, source }: UserProgram,
  skipLibCheck: boolean,
): Promise<Compilation> {
  await mkdir(folder, { recursive: true });
  const settings = {
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2023", "DOM", "DOM.AsyncIterable"],
      types: ["node"],
      module: "NodeNext",
      strict: true,
      noEmit: true,
      skipLibCheck,
    },
    files: ["program.ts"],
  };
  const file = join(folder, `tsconfig.${skipLibCheck ? "skip" : "check"}.json`);
  await writeFile(file, JSON.stringify(settings));
  await writeFile(join(folder, "program.ts"), source);
  const from = performance.now();
  const diagnostics = await tsc(["-p", file, "--extendedDiagnostics"]);
  const time = (performance.now() - from) / 1000;
  return {
    time,
    memory: readFigure(diagnostics, "Memory used") / 1e3,
    files: readFigure(diagnostics, "Files"),
    lines: readFigure(diagnostics, "Lines"),
    types: readFigure(diagnostics, "Types"),
  };
}

/** `Memory used:   123456K`. */
function readFigure(diagnostics: string, name: string): number {
  const [, figure] = new RegExp(`^${name}:\\s+(\\d+)K?$`, "m").exec(diagnostics) ?? [];
  if (figure === undefined) throw new Error(`the compiler did not say "${name}":\n${diagnostics}`);
  return Number(figure);
}

async function tsc(list: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, ...list], { maxBuffer: 2 ** 26 }, (cause, output) => {
      if (cause === null) resolve(output);
      else reject(new Error(`it does not compile:\n${output.slice(0, 2_000)}`, { cause }));
    });
  });
}
