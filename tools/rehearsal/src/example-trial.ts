import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { ScratchClone } from "tools-scratch-clone";
import { type Command, runCommand } from "tools-scratch-clone/command";
import { findPublishedPackages } from "tools-tarballs";
import { findFirstExample, listImports } from "./readme-example.ts";
import { BrokenOff, type Report } from "./report.ts";

export interface ExampleTrialOptions {
  readonly clone: ScratchClone;
  readonly report: Report;
  /** Where the projects go. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where our packages have to come from, and in which version. */
  readonly registry: string;
  readonly version: string;
}

/** What examples take for given. */
const givens = `declare const region: string;
declare const credentials: { accessKeyId: string; secretAccessKey: string };
`;

/** The package whose project has what stands for AWS in the examples of the others. */
const mocks = "@pawprint/marketplace-metering-mocks";

/**
 * Installs packages into empty projects, each with the command of its README, and compiles and runs
 * the first example of the README that has been installed. Examples stay as they are: what they take
 * for given is there, and msw answers them in their own process.
 */
export async function tryExamples(options: ExampleTrialOptions): Promise<void> {
  const { clone, report } = options;
  report.begin("What the READMEs tell their readers to do first");
  const packages = findPublishedPackages(clone.folder).map(({ manifest, folder }) => ({
    manifest,
    example: findFirstExample(readFileSync(join(folder, "README.md"), "utf8")),
  }));
  report.check(
    "the README of every generated package has a first example",
    packages.flatMap(({ manifest: { name, pawprint }, example }) =>
      pawprint !== undefined && example === undefined ? [`that of ${name} has none`] : [],
    ),
  );
  const trials = packages.flatMap(({ manifest: { name }, example }) =>
    example === undefined ? [] : [{ name, install: example.install }],
  );
  // The others need its project.
  trials.sort((one, other) => Number(other.name === mocks) - Number(one.name === mocks));
  for (const { name, install } of trials) {
    try {
      await tryExample(options, name, install);
    } catch (error) {
      // It is in the report. The examples of other packages do not depend on it.
      if (!(error instanceof BrokenOff)) throw error;
    }
  }
}

async function tryExample(
  options: ExampleTrialOptions,
  name: string,
  install: string,
): Promise<void> {
  const { clone, report, version } = options;
  report.begin(name);
  const project = findProject(options, name);
  const run = (...command: Command): Promise<string> =>
    runCommand(command, {
      folder: project,
      environment: describeUser(options, project),
      signal: options.signal,
    });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const isInstalled = (other: string): boolean => existsSync(join(project, "node_modules", other));

  await report.step(install, () => run("bash", "-e", "-c", install));
  const readme = readFileSync(join(project, "node_modules", name, "README.md"), "utf8");
  const { code = "" } = findFirstExample(readme) ?? {};
  const missing = listImports(code).filter((other) => !isInstalled(other));
  if (missing.length > 0) {
    await report.step(`npm install ${missing.join(" ")}, which the example imports, too`, () =>
      run("npm", "install", ...missing),
    );
  }
  report.check(`our packages are ${version}, from the registry`, checkInstalled(options, project));

  writeFileSync(join(project, "example.ts"), code);
  writeFileSync(join(project, "givens.d.ts"), givens);
  const dependencies = join(clone.folder, "node_modules");
  const types = join(dependencies, "@types");
  writeFileSync(join(project, "tsconfig.json"), describeCompilation(code, types));
  const compiler = join(dependencies, "typescript/bin/tsc");
  await report.step("the example compiles", async () => {
    await run(process.execPath, compiler, "-p", ".");
  });
  const answersItself = code.includes('"msw/node"');
  await report.step("the example runs", async () => {
    const preload = answersItself ? [] : ["--import", placePreload(options)];
    const printed = await run(process.execPath, ...preload, "example.ts");
    if (answersItself) refuseSilence(printed);
    else refuseNoCall(project);
  });
}

function findProject({ folder }: ExampleTrialOptions, name: string): string {
  return join(folder, name.replace(/^.*\//, ""));
}

/** Puts the program into the project that has what it imports. */
function placePreload(options: ExampleTrialOptions): string {
  const place = join(findProject(options, mocks), "preload.ts");
  copyFileSync(fileURLToPath(new URL("example-preload.ts", import.meta.url)), place);
  return place;
}

function describeUser({ environment }: ExampleTrialOptions, project: string): NodeJS.ProcessEnv {
  return {
    ...environment,
    // No configuration of whoever runs this.
    HOME: project,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    PAWPRINT_EXAMPLE_CALLS: join(project, "calls.txt"),
  };
}

function describeCompilation(code: string, typeRoot: string): string {
  const isForNode = listImports(code).some((name) => name === "msw" || name.endsWith("-node"));
  return JSON.stringify({
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023", "DOM", "DOM.Iterable"],
      typeRoots: [typeRoot],
      types: isForNode ? ["node"] : [],
      module: "NodeNext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ["example.ts", "givens.d.ts"],
  });
}

/** Our packages are those that have just been published, and no others. */
function checkInstalled(
  { registry, version }: ExampleTrialOptions,
  project: string,
): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
    readonly packages: {
      readonly [path: string]: { readonly version?: string; readonly resolved?: string };
    };
  };
  const ours = Object.entries(packages).filter(([path]) => path.includes("/@pawprint/"));
  if (ours.length === 0) return ["none of our packages is installed"];
  return ours.flatMap(([path, installed]) => [
    ...(installed.version === version ? [] : [`${path} has version ${installed.version}`]),
    ...(installed.resolved?.startsWith(registry) ? [] : [`${path} is from ${installed.resolved}`]),
  ]);
}

function refuseSilence(printed: string): void {
  if (stripVTControlCharacters(printed).trim() === "") throw new Error("it prints nothing");
}

function refuseNoCall(project: string): void {
  const calls = readFileSync(join(project, "calls.txt"), "utf8");
  if (!(Number(calls) > 0)) throw new Error(`it has made ${calls} calls`);
}
