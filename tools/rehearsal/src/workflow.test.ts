import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readReleaseWorkflow } from "./workflow.ts";

const text = readFileSync(
  new URL("../../../.github/workflows/release.yml", import.meta.url),
  "utf8",
);

test("the release has a job that makes versions and one that publishes", () => {
  const { version, publish } = readReleaseWorkflow(text);
  expect(version.commands).toContain("npm run version");
  expect(publish.commands).toContain("npx --no-install changeset publish");
  expect(publish.commands.at(-1)).toBe("git push origin --tags");
});

test("a workflow without one of these jobs is refused", () => {
  expect(() => readReleaseWorkflow(text.replace("  publish:", "  upload:"))).toThrow(
    "no job publish",
  );
});

test("a workflow with other conditions is refused", () => {
  expect(() => readReleaseWorkflow(text.replace("changesets != '0'", "changesets != '1'"))).toThrow(
    "the job version runs if needs.plan.outputs.changesets != '1'",
  );
});
