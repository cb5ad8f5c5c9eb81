import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createScratchClone, type ScratchClone } from "tools-scratch-clone";
import { checkRelease, readReleasedPackages } from "tools-scratch-clone/release-check";
import { type Bump, expectedVersion } from "./expected-version.ts";

export interface RehearsalOptions {
  readonly repository: string;
  /** Files of one model, the oldest first. */
  readonly revisions: readonly string[];
  readonly onStep: (line: string) => void;
  /** Ends it early; the clone is removed even so. */
  readonly signal: AbortSignal;
}

const service = "marketplace-metering";
const core = `packages/${service}/core`;
const kinds = ["core", "node", "edge", "mocks"];

/** Updates a clone from revision to revision, with a release after each, and gives the changelog in the end. */
export async function rehearse({
  repository,
  revisions,
  onStep,
  signal,
}: RehearsalOptions): Promise<string> {
  const clone = createScratchClone(repository, { signal });
  try {
    const [oldest, ...later] = revisions as [string, ...string[]];
    await startFrom(clone, oldest);
    onStep(`${nameOf(oldest)}  ${versionOf(clone)}  ${await buildAndCall(clone)}`);
    let previous = oldest;
    for (const revision of later) {
      onStep(`${nameOf(revision)}  ${await update(clone, previous, revision)}`);
      previous = revision;
    }
    return readFileSync(join(clone.folder, core, "CHANGELOG.md"), "utf8");
  } finally {
    await clone.remove();
  }
}

/** Old models do not say where requests go: an overlay says it for them, as today's model does. */
async function startFrom(clone: ScratchClone, oldest: string): Promise<void> {
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
  await clone.run("pawprint", "generate");
  await clone.run("npm", "run", "build", "--workspace", "@pawprint/runtime");
  await clone.commit(`Start from the model of ${nameOf(oldest)}`);
}

async function update(clone: ScratchClone, previous: string, revision: string): Promise<string> {
  const overlay = ["--overlay", `models/${service}.overlay.json`];
  const { bump } = JSON.parse(
    await clone.run("pawprint", "diff", previous, revision, "--json", ...overlay),
  ) as { readonly bump: Bump };
  const version = expectedVersion(versionOf(clone), bump);
  await clone.run("pawprint", "update", service, revision);
  await clone.run("pawprint", "generate", "--check");
  const called = await buildAndCall(clone);
  const changesets = globSync(join(clone.folder, `.changeset/${service}-*.md`));
  if (changesets.length !== (bump === "none" ? 0 : 1)) {
    throw new Error(`${bump} has ${changesets.length} changesets`);
  }
  const [changeset] = changesets;
  const tells = changeset && readFileSync(changeset, "utf8").split("\n").find(isItem);
  await clone.commit(`Follow the model of ${nameOf(revision)}`);
  if (tells !== undefined) await release(clone, version, tells);
  return [bump.padEnd(5), versionOf(clone), called].join("  ");
}

async function release(clone: ScratchClone, version: string, tells: string): Promise<void> {
  await clone.run("changeset", "version");
  await clone.run("pawprint", "generate");
  const packages = readReleasedPackages(clone.folder);
  const names = kinds.map((kind) => `@pawprint/${service}${kind === "core" ? "" : `-${kind}`}`);
  const problems = checkRelease(packages, { version, changed: names, tells });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  await clone.commit(`Release ${version}`);
}

/** Compiles all four packages, runs the tests that they have, and calls every operation. */
async function buildAndCall(clone: ScratchClone): Promise<string> {
  for (const kind of kinds) {
    const workspace = ["--workspace", `packages/${service}/${kind}`];
    await clone.run("npm", "run", "build", ...workspace);
    await clone.run("npm", "run", "typecheck", ...workspace);
  }
  await clone.run("npm", "run", "test", "--workspace", core);
  return (await clone.run("node", "tools/evolution/src/call-every-operation.ts")).trim();
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
