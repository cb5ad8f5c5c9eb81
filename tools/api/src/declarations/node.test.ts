import { describe, expect, inject, test } from "vitest";
import { compilers } from "./compilers.ts";
import { nodeEnvironment, testEnvironment } from "./environments.ts";
import { type ForeignFault, foreignFaults } from "./foreign-faults.ts";
import { copyExamples, copyTypeProgram, createProgramFolder, readMistakes } from "./programs.ts";
import { findReadmes } from "./readmes.ts";
import { judge } from "./verdict.ts";

const installed = inject("installed");
const project = await createProgramFolder(installed.project, "node-programs");
const names = ["node", "node-mistakes", "mocks", "mocks-mistakes"];
for (const name of names) await copyTypeProgram(name, project);
const { node: examples, tests } = await copyExamples(findReadmes(installed.project), project);
const passedOver = new Set<ForeignFault>();

describe.each(compilers)("TypeScript $version", (compiler) => {
  test.each(nodeEnvironment.resolutions)(
    "checks what is written for Node, resolving as %s",
    async (resolution) => {
      const verdict = judge(compiler, {
        project,
        resolution,
        environment: nodeEnvironment,
        files: ["node.ts", ...examples],
        mistakes: "node-mistakes.ts",
      });
      expect(verdict).toEqual({
        against: [],
        mistakes: await readMistakes("node-mistakes", compiler.version),
        passedOver: [],
      });
    },
  );

  test.each(testEnvironment.resolutions)(
    "checks tests with mocks, resolving as %s",
    async (resolution) => {
      const verdict = judge(compiler, {
        project,
        resolution,
        environment: testEnvironment,
        files: ["mocks.ts"],
        mistakes: "mocks-mistakes.ts",
      });
      for (const fault of verdict.passedOver) passedOver.add(fault);
      expect(verdict.against).toEqual([]);
      expect(verdict.mistakes).toEqual(await readMistakes("mocks-mistakes", compiler.version));
    },
  );
});

// `msw/node` takes an older compiler many seconds.
test.each(compilers.slice(-1))(
  "TypeScript $version checks the tests of the READMEs",
  (compiler) => {
    const { lib, types } = testEnvironment;
    const program = { project, files: tests, resolution: "nodenext", lib, types } as const;
    expect(tests.length).toBeGreaterThan(2);
    expect(compiler.check(program)).toEqual([]);
  },
);

test("no fault of others is passed over that is gone", () => {
  expect(passedOver).toEqual(new Set(foreignFaults.filter(({ withoutNode }) => !withoutNode)));
});
