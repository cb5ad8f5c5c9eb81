import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createScratchClone } from "tools-scratch-clone";
import { Interruption, listenForInterruption } from "tools-scratch-clone/interruption";
import { findPublishedPackages } from "tools-tarballs";
import { createEnvironment } from "./environment.ts";
import { tryExamples } from "./example-trial.ts";
import { startLocalRegistry } from "./local-registry.ts";
import { rehearseReleases } from "./release-rehearsal.ts";
import { BrokenOff, Report } from "./report.ts";

/*
 * Releases a clone of the repository to a registry on this machine, as the workflow does: a patch, a
 * minor and a major version, two of them with interruptions. Then installs what has been published
 * into empty projects, and runs what the READMEs tell their readers to do first.
 */

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const resultsFile = join(repository, ".test-results", "rehearsal.json");

rmSync(resultsFile, { force: true });
const signal = listenForInterruption();
const report = new Report((line) => console.log(line));
const upstream = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
if (isReachable()) {
  try {
    await rehearse();
  } catch (error) {
    if (!(error instanceof BrokenOff))
      report.check("the rehearsal comes to its end", [tell(error)]);
  }
} else {
  report.skip("a rehearsal needs the npm registry, which cannot be reached.");
}
report.write(resultsFile);
console.log(`\n${report.summarize()}`);
process.exitCode = report.failed === 0 ? 0 : 1;

async function rehearse(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pawprint-rehearsal-"));
  try {
    const scopes = findPublishedPackages(repository).map(({ manifest: { name } }) =>
      name.replace(/^(@[^/]+)\/.*$/, "$1/*"),
    );
    const registry = await startLocalRegistry({ folder, upstream, own: [...new Set(scopes)] });
    try {
      const environment = createEnvironment(folder, registry.url, process.env);
      const clone = createScratchClone(repository, { environment, signal });
      try {
        const version = await rehearseReleases({ clone, registry, report });
        const projects = join(folder, "projects");
        await tryExamples({
          clone,
          report,
          folder: projects,
          environment,
          signal,
          registry: registry.url,
          version,
        });
      } finally {
        await clone.remove();
      }
    } finally {
      await registry.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isReachable(): boolean {
  const args = ["view", "verdaccio", "version", "--prefer-online", "--fetch-retries=0"];
  try {
    execFileSync("npm", [...args, "--fetch-timeout=20000"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

function tell(error: unknown): string {
  if (error instanceof Interruption) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
