import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProject, packPackages, type Tarball } from "tools-tarballs";
import type { TestProject } from "vitest/node";
import { installGoldenPackage } from "./golden-package.ts";

/** The packages as users get them: packed, and installed into an empty project. */
export interface InstalledPackages {
  /** The absolute path of the project. */
  readonly project: string;
  readonly tarballs: readonly Tarball[];
}

declare module "vitest" {
  interface ProvidedContext {
    readonly installed: InstalledPackages;
  }
}

/** What users install beside the packages, in the versions of this repository. */
const companions = ["@cloudflare/workers-types", "@types/node", "https-proxy-agent", "msw"];

/** Packs and installs once, for all tests. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await createFolder("api-");
  const installed = await installPackages(folder);
  await installGoldenPackage(installed.project);
  provide("installed", installed);
  return () => rm(folder, { recursive: true });
}

/** Packs all that is published and installs it into an empty project in a folder. */
export async function installPackages(folder: string): Promise<InstalledPackages> {
  const tarballs = await packPackages(join(folder, "tarballs"));
  const project = join(folder, "project");
  await createProject(project, tarballs, Object.fromEntries(await readVersions(companions)));
  return { project, tarballs };
}

/** A new folder for temporary files, by the path that compilers and bundlers print. */
export async function createFolder(prefix: string): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), prefix)));
}

async function readVersions(names: readonly string[]): Promise<readonly [string, string][]> {
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const manifest = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
      return [name, JSON.parse(await readFile(manifest, "utf8")).version];
    }),
  );
}
