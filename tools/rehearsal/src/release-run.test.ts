import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createScratchClone, type ScratchClone } from "tools-scratch-clone";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type Break, runRelease } from "./release-run.ts";
import { BrokenOff, Report } from "./report.ts";

const workflow = `
jobs:
  plan:
    steps:
      - run: echo "changesets=$(find .changeset -name '*.md' | wc -l)" >> "$GITHUB_OUTPUT"
  version:
    if: needs.plan.outputs.changesets != '0'
    steps:
      - run: npm ci
      - run: echo new > version.txt
      - run: |
          echo never > asked.txt
          gh pr create
  publish:
    if: needs.plan.outputs.changesets == '0'
    steps:
      - uses: actions/checkout@v4
      - run: touch checked.txt
      # In the place of changeset publish, something that does not end.
      - run: echo changeset publish; touch published.txt; sleep 100
      - run: touch tagged.txt
`;

let clone: ScratchClone;
let lines: string[];
let report: Report;

function prepare(registry: string): void {
  const repository = mkdtempSync(join(tmpdir(), "repository-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  const files = { ".changeset/config.json": "{}", ".github/workflows/release.yml": workflow };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repository, dirname(path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  mkdirSync(join(repository, "node_modules/.bin"), { recursive: true });
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: repository });
  git("init", "--quiet");
  git("add", "--all");
  git(...identity, "commit", "--quiet", "--message=Begin");
  const environment = { ...process.env, npm_config_registry: registry };
  const created = createScratchClone(repository, { environment });
  onTestFinished(() => created.remove());
  clone = created;
}

beforeEach(() => {
  lines = [];
  report = new Report((line) => lines.push(line));
  prepare("http://127.0.0.1:4873/");
});

function has(file: string): boolean {
  return existsSync(join(clone.folder, file));
}

function publish(breakOff: Break): Promise<void> {
  return runRelease({ clone, report, expect: "publish", breakOff });
}

test("while there are changesets, the job that makes versions runs, and its changes are committed", async () => {
  writeFileSync(join(clone.folder, ".changeset/new.md"), "");
  await clone.commit("Add a changeset");
  await runRelease({ clone, report, expect: "version" });
  expect(await clone.run("git", "show", "HEAD:version.txt")).toBe("new\n");
  expect(has("asked.txt")).toBe(false);
  expect(lines.join("\n")).not.toContain("npm ci");
});

test("a job that was not expected does not run", async () => {
  await expect(runRelease({ clone, report, expect: "version" })).rejects.toThrow(BrokenOff);
  expect(lines).toContain("      the plan was to run publish");
  expect(has("version.txt")).toBe(false);
});

test("a job that breaks off before a command has done what was before it", async () => {
  await publish({ at: "changeset publish" });
  expect([has("checked.txt"), has("published.txt")]).toEqual([true, false]);
  expect(report.failed).toBe(0);
});

test("a job that breaks off during a command does nothing after it, and begins anew the next time", async () => {
  const when = vi.waitFor(
    () => {
      if (!has("published.txt")) throw new Error("not yet");
    },
    { timeout: 30_000 },
  );
  await publish({ at: "changeset publish", when });
  expect([has("published.txt"), has("tagged.txt")]).toEqual([true, false]);
  expect(report.failed).toBe(0);
  await publish({ at: "touch checked.txt" });
  expect([has("checked.txt"), has("published.txt")]).toEqual([false, false]);
});

test("a command that ends before it was to be broken off is a failure", async () => {
  const never = new Promise<void>(() => {});
  await expect(publish({ at: "touch checked.txt", when: never })).rejects.toThrow(BrokenOff);
  expect(lines).toContain("      it ended before it could be broken off");
});

test("a command to break off at that a job does not have is a failure", async () => {
  writeFileSync(join(clone.folder, ".changeset/new.md"), "");
  await clone.commit("Add a changeset");
  await runRelease({ clone, report, expect: "version", breakOff: { at: "npm run upload" } });
  expect(lines).toContain("      the job version has no such command");
  expect(report.failed).toBe(1);
});

test("nothing is published where npm knows a registry elsewhere", async () => {
  prepare("https://registry.example.com/");
  const published = runRelease({ clone, report, expect: "publish" });
  await expect(published).rejects.toThrow(BrokenOff);
  expect(lines).toContain(
    "      registry is https://registry.example.com/; a rehearsal publishes to 127.0.0.1 or localhost, and nowhere else",
  );
  expect(has("published.txt")).toBe(false);
});
