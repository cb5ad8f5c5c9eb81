import { globSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ScratchClone } from "tools-scratch-clone";
import { checkRelease, readReleasedPackages } from "tools-scratch-clone/release-check";
import { findPublishedPackages, type Manifest } from "tools-tarballs";
import type { LocalRegistry } from "./local-registry.ts";
import { type Bump, raiseVersion } from "./next-version.ts";
import { checkPublications, type RegistryPackage } from "./publication-check.ts";
import { runRelease } from "./release-run.ts";
import type { Report } from "./report.ts";

export interface Stage {
  readonly clone: ScratchClone;
  readonly registry: LocalRegistry;
  readonly report: Report;
}

/**
 * Publishes what is there, then a patch, a minor and a major version. The minor breaks off while it
 * is published, the major before its versions are committed and before it is published; both are
 * run again. Gives the last version.
 */
export async function rehearseReleases(stage: Stage): Promise<string> {
  const { clone, registry, report } = stage;
  const manifests = findPublishedPackages(clone.folder).map(({ manifest }) => manifest);
  const names = manifests.map(({ name }) => name);
  const versions = [manifests[0]?.version ?? ""];
  for (const changeset of globSync(join(clone.folder, ".changeset/*.md"))) rmSync(changeset);
  await clone.commit("Begin a rehearsal");

  report.begin(`${versions[0]}: what stands here is published`);
  await runRelease({ ...stage, expect: "publish" });
  await checkState(stage, names, versions);

  const patch = await announce(stage, "patch", findDependedOn(manifests), versions);
  await runRelease({ ...stage, expect: "version" });
  await runRelease({ ...stage, expect: "publish" });
  await checkState(stage, names, versions, patch);

  const minor = await announce(stage, "minor", findDependedOn(manifests), versions);
  await runRelease({ ...stage, expect: "version" });
  const when = registry.closeAfter(Math.floor(names.length / 2));
  await runRelease({ ...stage, expect: "publish", breakOff: { at: "changeset publish", when } });
  report.note(`the registry has ${countNewest(registry, versions)} of ${names.length} packages`);
  registry.open();
  await runRelease({ ...stage, expect: "publish" });
  await checkState(stage, names, versions, minor);

  const major = await announce(stage, "major", names, versions);
  await runRelease({ ...stage, expect: "version", breakOff: { at: "gh pr create" } });
  await runRelease({ ...stage, expect: "version" });
  await runRelease({ ...stage, expect: "publish", breakOff: { at: "npm run release-check" } });
  await runRelease({ ...stage, expect: "publish" });
  await checkState(stage, names, versions, major);
  return versions.at(-1) ?? "";
}

/** What a changeset says, and of which packages. */
interface Announcement {
  readonly changed: readonly string[];
  readonly tells: string;
}

/** Writes a changeset, and adds the version that it has to lead to. */
async function announce(
  { clone, report }: Stage,
  bump: Bump,
  changed: readonly string[],
  versions: string[],
): Promise<Announcement> {
  const version = raiseVersion(versions.at(-1) ?? "", bump);
  versions.push(version);
  report.begin(`${version}: a ${bump} version`);
  const tells = `- This is what a ${bump} version says.`;
  const changes = changed.map((name) => `"${name}": ${bump}`).join("\n");
  writeFileSync(
    join(clone.folder, `.changeset/rehearsed-${bump}.md`),
    `---\n${changes}\n---\n\nRehearse.\n\n${tells}\n`,
  );
  await clone.commit(`Announce a ${bump} version`);
  return { changed, tells };
}

/** Packages that others depend on: what moves these must not move the others further. */
function findDependedOn(manifests: readonly Manifest[]): readonly string[] {
  return manifests
    .map(({ name }) => name)
    .filter((name) => manifests.some(({ dependencies = {} }) => name in dependencies));
}

async function checkState(
  { clone, registry, report }: Stage,
  names: readonly string[],
  versions: readonly string[],
  announcement: Announcement = { changed: [], tells: "" },
): Promise<void> {
  const version = versions.at(-1) ?? "";
  const packages = await Promise.all(names.map((name) => readPackage(registry.url, name)));
  const tags = await listTags(clone);
  report.check(
    `the registry has ${versions.join(", ")} of all ${names.length} packages, published and tagged once, which depend on each other as ${version}`,
    checkPublications(packages, { versions, published: registry.published, tags }),
  );
  if (announcement.changed.length === 0) return;
  report.check(
    `all packages have version ${version}, and ${announcement.changed.length} changelogs tell why`,
    checkRelease(readReleasedPackages(clone.folder), { version, ...announcement }),
  );
}

function countNewest({ published }: LocalRegistry, versions: readonly string[]): number {
  return published.filter((id) => id.endsWith(`@${versions.at(-1)}`)).length;
}

async function readPackage(registry: string, name: string): Promise<RegistryPackage> {
  const response = await fetch(new URL(name.replace("/", "%2f"), registry));
  if (!response.ok) throw new Error(`the registry answers ${response.status} for ${name}`);
  return (await response.json()) as RegistryPackage;
}

/** The tags that have been pushed. */
async function listTags(clone: ScratchClone): Promise<readonly string[]> {
  const refs = await clone.run("git", "ls-remote", "--tags", "--refs", "origin");
  return [...refs.matchAll(/refs\/tags\/(.+)$/gm)].map(([, tag = ""]) => tag);
}
