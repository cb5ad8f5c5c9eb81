import { describe, expect, inject, test } from "vitest";
import { compilers } from "./compilers.ts";
import { webEnvironments } from "./environments.ts";
import { type ForeignFault, foreignFaults } from "./foreign-faults.ts";
import { copyExamples, copyTypeProgram, createProgramFolder, readMistakes } from "./programs.ts";
import { findReadmes } from "./readmes.ts";
import { judge } from "./verdict.ts";

const installed = inject("installed");
const project = await createProgramFolder(installed.project, "web-programs");
const program = await copyTypeProgram("web", project);
const mistakes = await copyTypeProgram("web-mistakes", project);
const { web: examples } = await copyExamples(findReadmes(installed.project), project);
const passedOver = new Set<ForeignFault>();

const cases = webEnvironments.flatMap((environment) =>
  environment.resolutions.map((resolution) => ({
    environment,
    title: environment.title,
    resolution,
  })),
);

describe.each(compilers)("TypeScript $version", (compiler) => {
  test.each(cases)(
    "checks what is written for $title, resolving as $resolution",
    async ({ resolution, environment }) => {
      const files = [program, ...examples];
      const verdict = judge(compiler, { project, resolution, environment, files, mistakes });
      for (const fault of verdict.passedOver) passedOver.add(fault);
      expect(verdict.against).toEqual([]);
      expect(verdict.mistakes).toEqual(await readMistakes("web-mistakes", compiler.version));
    },
  );
});

test("no fault of others is passed over that is gone", () => {
  expect(passedOver).toEqual(new Set(foreignFaults.filter(({ withoutNode }) => withoutNode)));
});

test.each(compilers.slice(-1))(
  "TypeScript $version misses types of the web by name where there are none",
  ({ check }) => {
    const files = [program];
    const findings = check({ project, files, resolution: "bundler", lib: ["ES2022"], types: [] });
    expect(findings.map(({ message }) => message)).toContain("Cannot find name 'AbortSignal'.");
  },
);
