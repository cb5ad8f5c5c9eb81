import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPublishedPackages } from "tools-tarballs";

/** A package of a release, as its folder says it. */
export interface ReleasedPackage {
  readonly name: string;
  readonly version: string;
  /** Absent where it has none. */
  readonly changelog: string | undefined;
}

/** The published packages of a repository, as they stand in its folder. */
export function readReleasedPackages(repository: string): readonly ReleasedPackage[] {
  return findPublishedPackages(repository).map(({ manifest: { name, version }, folder }) => {
    const changelog = join(folder, "CHANGELOG.md");
    return {
      name,
      version,
      changelog: existsSync(changelog) ? readFileSync(changelog, "utf8") : undefined,
    };
  });
}

export interface ExpectedRelease {
  readonly version: string;
  /** The packages whose changelog tells the changes. */
  readonly changed: readonly string[];
  /** A line that their newest section has. */
  readonly tells: string;
}

/** What is wrong with a release: the packages of the fixed group share a version, and those that changed tell how. */
export function checkRelease(
  packages: readonly ReleasedPackage[],
  { version, changed, tells }: ExpectedRelease,
): readonly string[] {
  const versions = packages
    .filter((released) => released.version !== version)
    .map((released) => `${released.name} is at ${released.version}, not at ${version}`);
  const missing = changed.filter((name) => !packages.some((released) => released.name === name));
  const silent = packages
    .filter(({ name, changelog }) => {
      const section = newestSection(changelog ?? "", version);
      return changed.includes(name) && !section.split("\n").some((line) => line.trim() === tells);
    })
    .map(({ name }) => `${name} does not tell of ${version}: ${tells}`);
  return [...versions, ...missing.map((name) => `${name} is missing`), ...silent];
}

function newestSection(changelog: string, version: string): string {
  const [, first = ""] = changelog.split(/^## /m);
  return first.startsWith(`${version}\n`) ? first : "";
}
