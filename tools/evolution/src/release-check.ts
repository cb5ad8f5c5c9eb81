/** A package of a release, as its folder says it. */
export interface ReleasedPackage {
  readonly name: string;
  readonly version: string;
  /** Absent where it has none. */
  readonly changelog: string | undefined;
}

export interface ExpectedRelease {
  readonly version: string;
  /** The packages whose changelog tells the changes. */
  readonly service: readonly string[];
  /** A line that their newest section has. */
  readonly tells: string;
}

/** What is wrong with a release: the packages of the fixed group share a version, and the service's tell what changed. */
export function checkRelease(
  packages: readonly ReleasedPackage[],
  { version, service, tells }: ExpectedRelease,
): readonly string[] {
  const versions = packages
    .filter((released) => released.version !== version)
    .map((released) => `${released.name} is at ${released.version}, not at ${version}`);
  const missing = service.filter((name) => !packages.some((released) => released.name === name));
  const silent = packages
    .filter(({ name, changelog }) => {
      const section = newestSection(changelog ?? "", version);
      return service.includes(name) && !section.split("\n").some((line) => line.trim() === tells);
    })
    .map(({ name }) => `${name} does not tell of ${version}: ${tells}`);
  return [...versions, ...missing.map((name) => `${name} is missing`), ...silent];
}

function newestSection(changelog: string, version: string): string {
  const [, first = ""] = changelog.split(/^## /m);
  return first.startsWith(`${version}\n`) ? first : "";
}
