import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What is inside a tarball. */
export interface PackedPackage {
  readonly manifest: PackedManifest;
  readonly files: readonly PackedFile[];
}

export interface PackedManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly publishConfig?: { readonly provenance?: boolean };
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

export interface PackedFile {
  /** Inside the package, such as `dist/index.js`. */
  readonly path: string;
  readonly text: string;
}

/** Unpacks a tarball into a folder and reads everything in it. */
export function readTarball(tarball: string, folder: string): PackedPackage {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", folder]);
  const root = join(folder, "package");
  const files = globSync("**/*", { cwd: root })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  return {
    manifest: JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackedManifest,
    files,
  };
}
