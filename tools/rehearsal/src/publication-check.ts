/** A package as a registry has it. */
export interface RegistryPackage {
  readonly name: string;
  readonly "dist-tags": { readonly latest: string };
  readonly versions: { readonly [version: string]: RegistryManifest };
}

export interface RegistryManifest {
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

export interface ExpectedPublications {
  /** Every version that has been published, the newest last. */
  readonly versions: readonly string[];
  /** What the registry has taken, such as `@example/core@1.2.3`. */
  readonly published: readonly string[];
  /** The tags of the repository, such as `@example/core@1.2.3`. */
  readonly tags: readonly string[];
}

/**
 * What is wrong with what a registry has: every package has every version, published and tagged
 * once, and no other; packages of one version depend on each other in that version.
 */
export function checkPublications(
  packages: readonly RegistryPackage[],
  { versions, published, tags }: ExpectedPublications,
): readonly string[] {
  const names = packages.map(({ name }) => name);
  const newest = versions.at(-1) ?? "";
  return packages.flatMap((entry) => {
    const { name, "dist-tags": distTags } = entry;
    const found = Object.keys(entry.versions);
    const manifest = entry.versions[newest] ?? {};
    return [
      ...(found.join() === versions.join()
        ? []
        : [`${name} has ${found.join(", ")}; ${versions.join(", ")} were released`]),
      ...(distTags.latest === newest ? [] : [`${name} has ${distTags.latest} as its latest`]),
      ...versions
        .map((version) => `${name}@${version}`)
        .flatMap((id) => [
          ...checkOnce(published, id, "published"),
          ...checkOnce(tags, id, "tagged"),
        ]),
      ...checkRanges(manifest, names, newest).map((problem) => `${name} ${problem}`),
    ];
  });
}

function checkOnce(all: readonly string[], id: string, what: string): readonly string[] {
  const count = all.filter((other) => other === id).length;
  return count === 1 ? [] : [`${id} was ${what} ${count} times`];
}

function checkRanges(
  { dependencies, peerDependencies, optionalDependencies }: RegistryManifest,
  names: readonly string[],
  version: string,
): readonly string[] {
  return [dependencies, peerDependencies, optionalDependencies]
    .flatMap((list) => Object.entries(list ?? {}))
    .filter(([name, range]) => (names.includes(name) ? range !== version : range.includes(":")))
    .map(([name, range]) => `depends on ${name} as ${range}`);
}
