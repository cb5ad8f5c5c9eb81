import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@pawprint/codegen";
import { buildProjects, type Compilation, checkProgram, type UserProgram } from "./compilation.ts";
import { installRival } from "./rival.ts";

/** A client's published types, in a program that makes the client and calls one operation. */
export interface Subject {
  readonly name: string;
  /** How many operations its types are of. */
  readonly operations: number;
  readonly program: UserProgram;
}

export interface DeclarationMeasurement {
  readonly subject: Subject;
  readonly skipLibCheck: boolean;
  readonly compilations: readonly Compilation[];
}

/** In the repository, so that both programs find the same `@types/node`, and ours the runtime. */
const folder = fileURLToPath(new URL("../.test-results/declarations", import.meta.url));

/** Generates and builds the packages of SageMaker's model, and installs the official client. */
export async function prepareSubjects(model: string): Promise<readonly [Subject, Subject]> {
  await rm(folder, { recursive: true, force: true });
  return [await prepareOurs(model), await prepareTheirs()];
}

/** Lets the programs take turns. */
export async function measureDeclarations(
  subjects: readonly Subject[],
  turns: number,
): Promise<readonly DeclarationMeasurement[]> {
  const cases = [true, false].flatMap((skipLibCheck) =>
    subjects.map((subject) => ({ subject, skipLibCheck, compilations: [] as Compilation[] })),
  );
  // The first turn fills the caches of the machine.
  for (let turn = -1; turn < turns; turn += 1) {
    for (const { subject, skipLibCheck, compilations } of cases) {
      const compilation = await checkProgram(subject.program, skipLibCheck);
      if (turn >= 0) compilations.push(compilation);
    }
  }
  return cases;
}

async function prepareOurs(model: string): Promise<Subject> {
  const out = join(folder, "ours");
  const { packages } = await generate({ models: [{ model }], out, check: false });
  const find = (kind: string): string => join(out, `sagemaker/${kind}`);
  await link(find("core"), join(out, "node_modules/@pawprint/sagemaker"));
  await link(find("node"), join(out, "node_modules/@pawprint/sagemaker-node"));
  await buildProjects([find("node")]);
  const core = packages.find(({ directory }) => directory === "sagemaker/core");
  return {
    name: "@pawprint/sagemaker-node",
    operations: core?.files.filter(({ path }) => path.startsWith("src/operations/")).length ?? 0,
    program: {
      folder: join(out, "program"),
      source: `
        import { SageMaker } from "@pawprint/sagemaker-node";
        const client = new SageMaker({ region: "us-east-1" });
        const { Endpoints } = await client.listEndpoints({ MaxResults: 10 });
        console.log(Endpoints?.map(({ EndpointName }) => EndpointName));
        export {};
      `,
    },
  };
}

async function prepareTheirs(): Promise<Subject> {
  const modules = await installRival();
  const out = join(folder, "theirs");
  await link(modules, join(out, "node_modules"));
  const commands = await readdir(join(modules, "@aws-sdk/client-sagemaker/dist-types/commands"));
  return {
    name: "@aws-sdk/client-sagemaker",
    operations: commands.filter((name) => name.endsWith("Command.d.ts")).length,
    program: {
      folder: join(out, "program"),
      source: `
        import { ListEndpointsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
        const client = new SageMakerClient({ region: "us-east-1" });
        const { Endpoints } = await client.send(new ListEndpointsCommand({ MaxResults: 10 }));
        console.log(Endpoints?.map(({ EndpointName }) => EndpointName));
        export {};
      `,
    },
  };
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}
