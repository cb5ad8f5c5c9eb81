import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildPackages } from "tools-conformance/generated-client";
import type { TestModel } from "tools-conformance/test-model";
import { createProject, packPackages, type Tarball } from "tools-tarballs";

/** An empty project with the packages installed, from tarballs, as users get them. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The clients of the test models. */
  readonly clients: readonly InstalledClient[];
}

/** A client of a test model: the names of its packages. */
export interface InstalledClient {
  readonly protocol: string;
  readonly core: string;
  readonly edge: string;
  readonly node: string;
}

/** A model whose client is installed. */
export interface ProtocolModel {
  readonly protocol: string;
  readonly model: TestModel;
}

/** Packs what has been built, generates and packs the clients of test models, and installs all of it. */
export async function installProject(
  folder: string,
  models: readonly ProtocolModel[],
  clientsFolder: string,
): Promise<Project> {
  // Packages for development alone run where Node does.
  const tarballs = (await packPackages(join(folder, "tarballs"))).filter(
    ({ name }) => !/\/codegen$|-(?:emulator|mocks)$/.test(name),
  );
  const clients: InstalledClient[] = [];
  const clientTarballs: Tarball[] = [];
  for (const { protocol, model } of models) {
    const { core, edge, node } = await buildPackages(model, join(clientsFolder, protocol));
    for (const { name, folder: source } of [core, edge, node]) {
      clientTarballs.push({ name, file: await pack(source, join(folder, "tarballs")), files: [] });
    }
    clients.push({ protocol, core: core.name, edge: edge.name, node: node.name });
  }
  await createProject(join(folder, "project"), [...tarballs, ...clientTarballs]);
  return { folder: join(folder, "project"), clients };
}

/** Packs a package that is no part of the workspace. */
async function pack(source: string, destination: string): Promise<string> {
  const list = ["pack", "--json", "--ignore-scripts", `--pack-destination=${destination}`];
  const { stdout } = await promisify(execFile)("npm", list, { cwd: source, maxBuffer: 2 ** 26 });
  const [result] = Object.values(JSON.parse(stdout) as object) as { readonly filename: string }[];
  if (result === undefined) throw new Error(`npm packed nothing in ${source}`);
  return join(destination, result.filename);
}
