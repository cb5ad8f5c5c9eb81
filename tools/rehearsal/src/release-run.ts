import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScratchClone } from "tools-scratch-clone";
import { findPublishedPackages } from "tools-tarballs";
import { listOwnTargets, listSettings, refuseForeignTargets } from "./publish-target.ts";
import type { Report } from "./report.ts";
import { type Job, type ReleaseWorkflow, readReleaseWorkflow } from "./workflow.ts";

/** Where a job breaks off. */
export interface Break {
  /** A part of the command. */
  readonly at: string;
  /** When this resolves, the running command is killed. Without it, the job ends before the command. */
  readonly when?: Promise<void>;
}

export interface ReleaseRunOptions {
  readonly clone: ScratchClone;
  readonly report: Report;
  /** The job that has to run. */
  readonly expect: "publish" | "version";
  readonly breakOff?: Break;
}

/** What is done instead of a command, where anything is. */
const replacements = new Map<string, string | undefined>([
  // The clone has the repository's dependencies.
  ["npm ci", undefined],
  // CI runs the tests of the same commit. What they leave to later commands is the build.
  ["npm test", "npm run build"],
]);

/** Does what the workflow does after a push: finds out which job is to run, and runs it. */
export async function runRelease(options: ReleaseRunOptions): Promise<void> {
  const { clone, report, expect } = options;
  const workflow = readReleaseWorkflow(
    readFileSync(join(clone.folder, ".github/workflows/release.yml"), "utf8"),
  );
  await report.step(`after a push, the job ${expect} runs`, async () => {
    await checkOut(clone);
    const job = await planJob(clone, workflow);
    if (job !== expect) throw new Error(`the plan was to run ${job}`);
  });
  await runJob(workflow[expect], options);
}

/** Every job has a checkout of its own. */
async function checkOut(clone: ScratchClone): Promise<void> {
  await clone.run("git", "reset", "--quiet", "--hard");
  await clone.run("git", "clean", "-ffdxq", "--exclude=node_modules");
}

async function planJob(
  clone: ScratchClone,
  { plan }: ReleaseWorkflow,
): Promise<"publish" | "version"> {
  const begin = 'export GITHUB_OUTPUT="$(mktemp)"';
  const script = [begin, ...plan.commands, 'cat "$GITHUB_OUTPUT"', 'rm "$GITHUB_OUTPUT"'].join(
    "\n",
  );
  const printed = await clone.run("bash", "-e", "-c", script);
  const [, changesets] = /^changesets=(\d+)$/m.exec(printed) ?? [];
  if (changesets === undefined) throw new Error(`the plan tells no changesets:\n${printed}`);
  return changesets === "0" ? "publish" : "version";
}

async function runJob(
  job: Job,
  { clone, report, expect, breakOff }: ReleaseRunOptions,
): Promise<void> {
  for (const original of job.commands) {
    const command = replacements.has(original) ? replacements.get(original) : original;
    if (command === undefined) continue;
    const title = nameCommand(command);
    const breaksHere = breakOff !== undefined && command.includes(breakOff.at);
    if (breaksHere && breakOff.when === undefined) {
      report.note(`broken off before ${breakOff.at}`);
      return;
    }
    if (command.includes("changeset publish")) {
      await report.step("npm publishes to this machine", () => refuseForeignRegistry(clone));
    }
    if (breaksHere && breakOff.when !== undefined) {
      const { when } = breakOff;
      await report.step(`broken off during ${breakOff.at}`, () => killAt(clone, command, when));
      return;
    }
    if (command.includes("gh pr create")) {
      await report.step("commit what the pull request would have", () => clone.commit("Release"));
    } else {
      await report.step(title, () => runScript(clone, command));
    }
  }
  if (breakOff !== undefined) {
    report.check(`broken off at ${breakOff.at}`, [`the job ${expect} has no such command`]);
  }
}

/** A script of several lines goes by its last one. */
function nameCommand(command: string): string {
  return command.split("\n").at(-1) ?? "";
}

async function runScript(clone: ScratchClone, script: string): Promise<void> {
  await clone.run("bash", "-e", "-c", script);
}

async function killAt(clone: ScratchClone, script: string, when: Promise<void>): Promise<void> {
  const end = new AbortController();
  const killed = new Error("killed");
  const running = clone.runUntil(end.signal, "bash", "-e", "-c", script);
  when.then(() => end.abort(killed));
  try {
    await running;
  } catch (error) {
    if (error === killed) return;
    throw error;
  }
  throw new Error("it ended before it could be broken off");
}

async function refuseForeignRegistry(clone: ScratchClone): Promise<void> {
  const manifests = findPublishedPackages(clone.folder).map(({ manifest }) => manifest);
  const targets = await Promise.all(
    listSettings(manifests).map(async (setting) => {
      const url = (await clone.run("npm", "config", "get", setting)).trim();
      return { setting, url };
    }),
  );
  refuseForeignTargets([...targets, ...listOwnTargets(manifests)]);
}
