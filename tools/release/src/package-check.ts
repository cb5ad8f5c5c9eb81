import { dirname, join } from "node:path/posix";
import type { PackedFile, PackedManifest, PackedPackage } from "./packed-package.ts";

/** Far above what any package weighs today: whoever passes it packs something by mistake. */
const largestSize = 4 * 2 ** 20;

/**
 * What is wrong with the packages of one release, each with the name of the package and what would
 * be right. All packages share the version of the first.
 */
export function checkPackages(packages: readonly PackedPackage[]): readonly string[] {
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
  const [version = ""] = versions.values();
  return packages.flatMap((packed) =>
    [
      ...checkVersion(packed.manifest, version),
      ...checkRanges(packed.manifest, versions),
      ...checkProvenance(packed.manifest),
      ...checkFiles(packed),
      ...packed.files.flatMap((file) => checkSourceMap(file, packed.files)),
    ].map((problem) => `${packed.manifest.name}: ${problem}`),
  );
}

function checkVersion(manifest: PackedManifest, version: string): readonly string[] {
  if (manifest.version === version) return [];
  return [`has version ${manifest.version}; all packages of a release have ${version}`];
}

function checkRanges(
  { dependencies, peerDependencies, optionalDependencies }: PackedManifest,
  versions: ReadonlyMap<string, string>,
): readonly string[] {
  const ranges = [dependencies, peerDependencies, optionalDependencies].flatMap((list) =>
    Object.entries(list ?? {}),
  );
  return ranges.flatMap(([name, range]) => {
    if (/^(?:workspace|file|link|portal):/.test(range)) {
      return [`depends on ${name} as ${range}; published packages name a version`];
    }
    const own = versions.get(name);
    if (own === undefined || own === range) return [];
    return [`depends on ${name} ${range}; packages of one release depend on each other as ${own}`];
  });
}

/** No variable and no `.npmrc` takes it back: npm then publishes nowhere but in CI. */
function checkProvenance({ publishConfig }: PackedManifest): readonly string[] {
  if (publishConfig?.provenance === undefined) return [];
  return ["its publishConfig has provenance; leave that to the workflow, which can make it"];
}

function checkFiles({ manifest, files }: PackedPackage): readonly string[] {
  const required = ["LICENSE", "README.md"].filter(
    (name) => !files.some(({ path, text }) => path === name && text.trim() !== ""),
  );
  const tests = files.filter(({ path }) =>
    /\.test(?:-[^./]+)?\.[cm]?[jt]s$|\.test\.d\.ts$/.test(path),
  );
  const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return [
    ...required.map((name) => `has no ${name}, or an empty one`),
    ...(manifest.license === "Apache-2.0" ? [] : ["its licence must be Apache-2.0"]),
    ...(files.some(({ path }) => path.endsWith(".js"))
      ? []
      : ["has no JavaScript; build it first"]),
    ...tests.map(({ path }) => `${path} is a test; leave it out of what is published`),
    ...(size > largestSize ? [`has ${size} bytes unpacked; at most ${largestSize} are meant`] : []),
  ];
}

function checkSourceMap(
  { path, text }: PackedFile,
  files: readonly PackedFile[],
): readonly string[] {
  const has = (file: string): boolean => files.some((other) => other.path === file);
  const [, map] = /^\/\/# sourceMappingURL=(?!data:)(\S+)\s*$/m.exec(text) ?? [];
  if (map !== undefined && !has(join(dirname(path), map))) {
    return [`${path} points to ${map}, which is not packed; leave out the comment or pack the map`];
  }
  if (!path.endsWith(".map")) return [];
  const { sources, sourcesContent = [] } = JSON.parse(text) as {
    readonly sources: readonly string[];
    readonly sourcesContent?: readonly (string | null)[];
  };
  return sources
    .filter((source, index) => !has(join(dirname(path), source)) && !sourcesContent[index])
    .map((source) => `${path} points to ${source}, which is not packed`);
}
