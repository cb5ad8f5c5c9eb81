import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Bump } from "./expected-version.ts";
import { expectedVersion } from "./expected-version.ts";
import type { ReleasedPackage } from "./release-check.ts";
import { checkRelease } from "./release-check.ts";
import type { ScratchClone } from "./scratch-clone.ts";
import { createScratchClone } from "./scratch-clone.ts";

export interface RehearsalOptions {
  readonly repository: string;
  /** Files of one model, the oldest first. */
  readonly revisions: readonly string[];
  readonly onStep: (line: string) => void;
}

const service = "marketplace-metering";
const core = `packages/${service}/core`;
const kinds = ["core", "node", "edge", "mocks"];

/** Updates a clone from revision to revision, with a release after each, and gives the changelog in the end. */
export function rehearse({ repository, revisions, onStep }: RehearsalOptions): string {
  const clone = createScratchClone(repository);
  try {
    const [oldest, ...later] = revisions as [string, ...string[]];
    startFrom(clone, oldest);
    onStep(`${nameOf(oldest)}  ${versionOf(clone)}  ${buildAndCall(clone)}`);
    let previous = oldest;
    for (const revision of later) {
      onStep(`${nameOf(revision)}  ${update(clone, previous, revision)}`);
      previous = revision;
    }
    return readFileSync(join(clone.folder, core, "CHANGELOG.md"), "utf8");
  } finally {
    clone.remove();
  }
}

/** Old models do not say where requests go: an overlay says it for them, as today's model does. */
function startFrom(clone: ScratchClone, oldest: string): void {
  const place = join(clone.folder, "models", service);
  const { shapes } = JSON.parse(readFileSync(`${place}.json`, "utf8")) as {
    readonly shapes: { readonly [id: string]: { readonly type: string; readonly traits?: object } };
  };
  const [target, definition] =
    Object.entries(shapes).find(([, { type }]) => type === "service") ?? [];
  const traits = Object.entries(definition?.traits ?? {}).filter(([id]) =>
    ["smithy.rules#endpointRuleSet", "smithy.rules#endpointTests"].includes(id),
  );
  const correction = {
    target,
    traits: Object.fromEntries(traits),
    reason: "models of that time do not say where requests go",
    source: "the model of today",
  };
  for (const changeset of globSync(join(clone.folder, ".changeset/*.md"))) rmSync(changeset);
  writeFileSync(`${place}.json`, readFileSync(oldest));
  writeFileSync(
    `${place}.overlay.json`,
    `${JSON.stringify({ service: target, corrections: [correction] }, undefined, 2)}\n`,
  );
  clone.run("pawprint", "generate");
  clone.run("npm", "run", "build", "--workspace", "@pawprint/runtime");
  clone.commit(`Start from the model of ${nameOf(oldest)}`);
}

function update(clone: ScratchClone, previous: string, revision: string): string {
  const overlay = ["--overlay", `models/${service}.overlay.json`];
  const { bump } = JSON.parse(
    clone.run("pawprint", "diff", previous, revision, "--json", ...overlay),
  ) as { readonly bump: Bump };
  const version = expectedVersion(versionOf(clone), bump);
  clone.run("pawprint", "update", service, revision);
  clone.run("pawprint", "generate", "--check");
  const called = buildAndCall(clone);
  const changesets = globSync(join(clone.folder, `.changeset/${service}-*.md`));
  if (changesets.length !== (bump === "none" ? 0 : 1)) {
    throw new Error(`${bump} has ${changesets.length} changesets`);
  }
  const [changeset] = changesets;
  const tells = changeset && readFileSync(changeset, "utf8").split("\n").find(isItem);
  clone.commit(`Follow the model of ${nameOf(revision)}`);
  if (tells !== undefined) release(clone, version, tells);
  return [bump.padEnd(5), versionOf(clone), called].join("  ");
}

function release(clone: ScratchClone, version: string, tells: string): void {
  clone.run("changeset", "version");
  clone.run("pawprint", "generate");
  const packages = readPackages(clone);
  const names = kinds.map((kind) => `@pawprint/${service}${kind === "core" ? "" : `-${kind}`}`);
  const problems = checkRelease(packages, { version, service: names, tells });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  clone.commit(`Release ${version}`);
}

/** Compiles all four packages, runs the tests that they have, and calls every operation. */
function buildAndCall(clone: ScratchClone): string {
  for (const kind of kinds) {
    const workspace = ["--workspace", `packages/${service}/${kind}`];
    clone.run("npm", "run", "build", ...workspace);
    clone.run("npm", "run", "typecheck", ...workspace);
  }
  clone.run("npm", "run", "test", "--workspace", core);
  return clone.run("node", "tools/evolution/src/call-every-operation.ts").trim();
}

function readPackages(clone: ScratchClone): readonly ReleasedPackage[] {
  const manifests = ["codegen", "packages/*", "packages/*/*"].flatMap((folder) =>
    globSync(join(clone.folder, folder, "package.json")),
  );
  return manifests.map((path) => {
    const { name, version } = JSON.parse(readFileSync(path, "utf8")) as ReleasedPackage;
    const [changelog] = globSync(join(dirname(path), "CHANGELOG.md"));
    return { name, version, changelog: changelog && readFileSync(changelog, "utf8") };
  });
}

function versionOf(clone: ScratchClone): string {
  const manifest = readFileSync(join(clone.folder, core, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

function isItem(line: string): boolean {
  return line.startsWith("- ");
}

function nameOf(revision: string): string {
  return basename(revision, ".json");
}
