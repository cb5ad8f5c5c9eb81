import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { InstalledPackages } from "./installed-packages.ts";

/** A module that users can import. */
export interface EntryPoint {
  /** As it is imported: `@pawprint/runtime/edge`. */
  readonly specifier: string;
  /** The absolute path of its declarations. */
  readonly declarations: string;
}

/** Every module that the packages export, in the order of their names. */
export async function listEntryPoints({
  project,
  tarballs,
}: InstalledPackages): Promise<readonly EntryPoint[]> {
  const entryPoints = await Promise.all(
    tarballs.map(async ({ name }) => {
      const folder = join(project, "node_modules", name);
      const { exports } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      return Object.entries(exports as { readonly [subpath: string]: string | { types: string } })
        .filter(([subpath]) => subpath !== "./package.json")
        .map(([subpath, target]) => {
          const specifier = `${name}${subpath.slice(1)}`;
          if (typeof target === "string") throw new Error(`${specifier}: has no declarations`);
          return { specifier, declarations: join(folder, target.types) };
        });
    }),
  );
  return entryPoints.flat().sort((one, other) => (one.specifier < other.specifier ? -1 : 1));
}
