import { existsSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Tarball } from "tools-tarballs";

/** A package that an installation brings. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly files: readonly PackageFile[];
}

export interface PackageFile {
  /** Inside the package: `dist/index.js`. */
  readonly path: string;
  readonly bytes: number;
}

/** What `npm install` of one package leaves on the disk. */
export interface InstallSize {
  readonly packages: number;
  readonly files: number;
  /** What is in the files. */
  readonly bytes: number;
  /** What files and folders take of a disk, in blocks of 4 KiB, as `du` says it. */
  readonly bytesOnDisk: number;
}

const blockSize = 4096;

/**
 * The package and all that npm installs with it: dependencies of dependencies, optional ones as far
 * as they are there, and peers that are not optional. They are looked for as Node does it, from this
 * folder on, so their versions are those of this repository's lock file. Of packages of this
 * repository, the files in their tarballs count.
 */
export async function findInstalledPackages(
  name: string,
  tarballs: readonly Tarball[],
  from: string = import.meta.dirname,
): Promise<readonly InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  const waiting = [{ name, folder: await findPackage(name, from) }];
  for (const { name, folder } of waiting) {
    if (folder === undefined) throw new Error(`${name} is not installed: run \`npm ci\``);
    const manifest = await readManifest(folder);
    const key = `${name}@${manifest.version}`;
    if (found.has(key)) continue;
    const tarball = tarballs.find((one) => one.name === name);
    const paths = tarball?.files ?? (await listFiles(folder));
    const files = await Promise.all(
      paths.map(async (path) => ({ path, bytes: (await stat(join(folder, path))).size })),
    );
    found.set(key, { name, version: manifest.version, files });
    for (const { name, isOptional } of listDependencies(manifest)) {
      const dependency = { name, folder: await findPackage(name, folder) };
      if (dependency.folder !== undefined || !isOptional) waiting.push(dependency);
    }
  }
  return [...found.values()];
}

export function sumUp(packages: readonly InstalledPackage[]): InstallSize {
  const files = packages.flatMap(({ files }) => files);
  const folders = packages.flatMap(({ files }) => listFolders(files));
  const sum = (blocks: (bytes: number) => number): number =>
    files.reduce((total, { bytes }) => total + blocks(bytes), 0);
  return {
    packages: packages.length,
    files: files.length,
    bytes: sum((bytes) => bytes),
    bytesOnDisk:
      sum((bytes) => Math.ceil(bytes / blockSize) * blockSize) + folders.length * blockSize,
  };
}

/** Every folder of a package, itself included. */
function listFolders(files: readonly PackageFile[]): readonly string[] {
  const folders = new Set<string>(["."]);
  for (const { path } of files) {
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.add(at);
  }
  return [...folders];
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}

interface Dependency {
  readonly name: string;
  readonly isOptional: boolean;
}

function listDependencies(manifest: Manifest): readonly Dependency[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const isOptional = (name: string): boolean => Object.hasOwn(optionalDependencies, name);
  const isOptionalPeer = (name: string): boolean =>
    manifest.peerDependenciesMeta?.[name]?.optional === true;
  const names = new Set([
    ...Object.keys(dependencies),
    ...Object.keys(optionalDependencies),
    ...Object.keys(peerDependencies).filter((name) => !isOptionalPeer(name)),
  ]);
  return [...names].map((name) => ({ name, isOptional: isOptional(name) }));
}

/** Looks into the `node_modules` of a folder and of all above it. */
async function findPackage(name: string, folder: string): Promise<string | undefined> {
  const candidate = join(folder, "node_modules", name);
  if (existsSync(join(candidate, "package.json"))) return realpath(candidate);
  const above = dirname(folder);
  return above === folder ? undefined : findPackage(name, above);
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

/** Everything in the package's folder but the packages that are installed below it. */
async function listFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) files.push(entry.name);
    else if (entry.name !== "node_modules") {
      const inner = await listFiles(join(folder, entry.name));
      files.push(...inner.map((path) => join(entry.name, path)));
    }
  }
  return files;
}
