import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: {
    readonly [subpath: string]: string | { readonly [condition: string]: string };
  };
  readonly dependencies?: { readonly [name: string]: string };
  /** What a generated package was made from. Others have nothing of it. */
  readonly pawprint?: object;
}

/** A package that is published. */
export interface PublishedPackage {
  readonly manifest: Manifest;
  /** Absolute. */
  readonly folder: string;
}

/** A package as npm packs it. */
export interface Tarball {
  readonly name: string;
  /** The absolute path of the `.tgz`. */
  readonly file: string;
  /** What is in it: paths inside the package, such as `dist/index.js`. */
  readonly files: readonly string[];
}

/** Every package that is published, in the order of their folders; of this repository, or of a clone of it. */
export function findPublishedPackages(repository: string = root): readonly PublishedPackage[] {
  return globSync(
    ["codegen", "packages/*", "packages/*/*"].map((folder) => `${folder}/package.json`),
    {
      cwd: repository,
      exclude: (path) => path.includes("node_modules"),
    },
  )
    .sort()
    .map((path) => ({
      manifest: JSON.parse(readFileSync(join(repository, path), "utf8")) as Manifest,
      folder: join(repository, dirname(path)),
    }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Packs what has been built into a folder, which is made where it is missing. */
export async function packPackages(
  folder: string,
  packages: readonly PublishedPackage[] = findPublishedPackages(),
): Promise<readonly Tarball[]> {
  await mkdir(folder, { recursive: true });
  const workspaces = packages.map(({ manifest }) => `--workspace=${manifest.name}`);
  const options = ["--json", "--ignore-scripts", `--pack-destination=${folder}`];
  const results = JSON.parse(await npm(["pack", ...options, ...workspaces], root)) as unknown;
  // npm 10 gives a list, npm 11 an object with an entry for each package.
  return (Object.values(results as object) as PackResult[]).map(({ name, filename, files }) => ({
    name,
    file: join(folder, filename),
    files: files.map(({ path }) => path),
  }));
}

interface PackResult {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Makes an empty project in a folder and installs into it: tarballs, and packages by name and
 * version. Tarballs that depend on each other have to come together: no registry has them.
 */
export async function createProject(
  folder: string,
  tarballs: readonly Tarball[],
  dependencies: { readonly [name: string]: string } = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: "project",
    private: true,
    type: "module",
    dependencies: {
      ...Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`])),
      ...dependencies,
    },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  await npm(["install", "--no-audit", "--no-fund", "--prefer-offline"], folder);
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)("npm", [...args], { cwd, maxBuffer: 2 ** 26 });
  return stdout;
}
