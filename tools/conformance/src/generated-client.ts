import { execFile } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Generation, generate } from "@pawprint/codegen";
import type {
  MetadataBearer,
  ServiceErrorClass,
  Transport,
  TransportOptions,
} from "@pawprint/runtime";
import { HarnessError } from "./harness-error.ts";
import { nameOf, type TestModel } from "./test-model.ts";

/** The packages of one model, compiled and loaded. */
export interface GeneratedClient {
  readonly transports: readonly Platform[];
  /** The function of an operation. Throws where the core package exports none. */
  readonly operation: (id: string) => OperationFunction;
  readonly errorClass: (name: string) => ServiceErrorClass | undefined;
}

export interface Platform {
  readonly name: "edge" | "node";
  readonly createTransport: (options: TransportOptions) => Transport;
}

export type OperationFunction = (transport: Transport, input: object) => Promise<MetadataBearer>;

/** Generates, compiles and loads a client for a test model, in a folder of its own. */
export async function createClient(model: TestModel, folder: string): Promise<GeneratedClient> {
  await mkdir(folder, { recursive: true });
  const overlay = join(folder, "overlay.json");
  await writeFile(overlay, JSON.stringify(describeOverlay(model), undefined, 2));
  const generation = await generate({
    models: [{ model: model.file, overlay }],
    out: folder,
    check: false,
  });
  const packages = findPackages(generation, folder);
  await link(packages.core, folder);
  await compile([packages.node.folder, packages.edge.folder]);
  return loadClient(packages);
}

interface PackageFolder {
  readonly name: string;
  readonly folder: string;
}

type Packages = { readonly [kind in "core" | "edge" | "node"]: PackageFolder };

/** Test models have no endpoint rules, and a client cannot be without. */
function describeOverlay({ service }: TestModel): object {
  return {
    corrections: [
      {
        target: service,
        traits: { "smithy.rules#endpointRuleSet": endpointRules },
        reason:
          "Protocol tests say how requests look, not where they go; a client has to send them somewhere.",
        source: "https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html",
      },
    ],
  };
}

/** An endpoint of the caller's, or one that exists nowhere. */
const endpointRules = {
  version: "1.0",
  parameters: {
    Region: { builtIn: "AWS::Region", type: "String", required: true },
    Endpoint: { builtIn: "SDK::Endpoint", type: "String", required: false },
  },
  rules: [
    {
      type: "endpoint",
      conditions: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }],
      endpoint: { url: { ref: "Endpoint" } },
    },
    {
      type: "endpoint",
      conditions: [],
      endpoint: { url: "https://conformance.{Region}.example.com" },
    },
  ],
};

function findPackages({ packages }: Generation, out: string): Packages {
  const find = (kind: string): PackageFolder => {
    const found = packages.find(({ directory }) => directory.endsWith(`/${kind}`));
    const manifest = found?.files.find(({ path }) => path === "package.json");
    if (found === undefined || manifest === undefined) {
      throw new HarnessError(`the generator gave no ${kind} package`);
    }
    const { name } = JSON.parse(manifest.text) as { readonly name: string };
    return { name, folder: join(out, found.directory) };
  };
  return { core: find("core"), edge: find("edge"), node: find("node") };
}

/** Puts a package where the others, which are no part of the workspace, find it. */
async function link({ name, folder }: PackageFolder, out: string): Promise<void> {
  const path = join(out, "node_modules", name);
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), folder), path);
}

/** As users build them, types included: what does not compile is no client. */
async function compile(projects: readonly string[]): Promise<void> {
  const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [tsc, "-b", ...projects], (cause, output) => {
      if (cause === null) resolve();
      else reject(new Error(`the generated client does not compile:\n${output}`, { cause }));
    });
  });
}

interface Module {
  readonly [name: string]: unknown;
}

async function loadClient(packages: Packages): Promise<GeneratedClient> {
  const core = await load(packages.core);
  return {
    transports: await Promise.all(
      (["node", "edge"] as const).map(async (name) => {
        const { createTransport } = await load(packages[name]);
        return { name, createTransport: createTransport as Platform["createTransport"] };
      }),
    ),
    operation: (id) => {
      const name = nameOf(id);
      const call = core[name.charAt(0).toLowerCase() + name.slice(1)];
      if (typeof call === "function") return call as OperationFunction;
      throw new Error(`the client has no operation ${name}`);
    },
    errorClass: (name) => core[name] as ServiceErrorClass | undefined,
  };
}

async function load({ folder }: PackageFolder): Promise<Module> {
  const { href } = pathToFileURL(join(folder, "dist", "index.js"));
  return (await import(/* @vite-ignore */ href)) as Module;
}
