import { execFile } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Generation, generate } from "@pawprint/codegen";
import { describeClient, type GeneratedClient, type Module } from "./client.ts";
import { HarnessError } from "./harness-error.ts";
import type { TestModel } from "./test-model.ts";

/** A generated package, built. */
export interface BuiltPackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

export type BuiltPackages = { readonly [kind in "core" | "edge" | "node"]: BuiltPackage };

/** Generates, builds and loads a client for a test model, in a folder of its own. */
export async function createClient(model: TestModel, folder: string): Promise<GeneratedClient> {
  const { core, edge, node } = await buildPackages(model, folder);
  return describeClient(await load(core), { node: await load(node), edge: await load(edge) });
}

/** Generates and builds the packages of a test model, in a folder of its own. */
export async function buildPackages(model: TestModel, folder: string): Promise<BuiltPackages> {
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
  await build(packages.core);
  await Promise.all([build(packages.edge), build(packages.node)]);
  return packages;
}

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

function findPackages({ packages }: Generation, out: string): BuiltPackages {
  const find = (kind: string): BuiltPackage => {
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
async function link({ name, folder }: BuiltPackage, out: string): Promise<void> {
  const path = join(out, "node_modules", name);
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), folder), path);
}

/** As users build it, types included: what does not compile is no client. */
async function build({ name, folder }: BuiltPackage): Promise<void> {
  const PATH = [binaries, process.env.PATH].join(delimiter);
  const options = { cwd: folder, env: { ...process.env, PATH } };
  await promisify(execFile)("npm", ["run", "build"], options).catch((cause) => {
    const { stdout, stderr } = cause as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${name} cannot be built:\n${stdout}${stderr}`, { cause });
  });
}

/** The commands of what this repository has installed, which the packages are no part of. */
const binaries = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

async function load({ folder }: BuiltPackage): Promise<Module> {
  const { href } = pathToFileURL(join(folder, "dist", "index.js"));
  return (await import(/* @vite-ignore */ href)) as Module;
}
