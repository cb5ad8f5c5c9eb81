import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How many tests of the workspace passed, failed and were skipped in their last runs. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Adds up what every project with tests has left in its `.test-results`, and what programs have left
 * in the one of the root. Throws where a project has left nothing.
 */
export function addTotals(root: string): Totals {
  const configured = globSync("{codegen,packages/*,tools/*,examples/*}/vitest.config.ts", {
    cwd: root,
  });
  const generated = globSync("packages/*/core/src/*.test.ts", { cwd: root });
  const projects = [
    ...configured.map((config) => dirname(config)),
    ...generated.map((test) => dirname(dirname(test))),
  ];
  const files = [...new Set(projects)].map((project) => `${project}/.test-results/results.json`);
  return [...files, ...globSync(".test-results/*.json", { cwd: root })]
    .map((file) => readTotals(join(root, file)))
    .reduce(
      (sum, totals) => ({
        passed: sum.passed + totals.passed,
        failed: sum.failed + totals.failed,
        skipped: sum.skipped + totals.skipped,
      }),
      { passed: 0, failed: 0, skipped: 0 },
    );
}

/** A command that failed without a test that did has broken off: it counts as one that failed. */
export function countCommands(totals: Totals, failedCommands: readonly string[]): Totals {
  return totals.failed > 0 ? totals : { ...totals, failed: failedCommands.length };
}

export function printTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** A file that could not be loaded has no tests to count: it counts as one that failed. */
function readTotals(file: string): Totals {
  const results = JSON.parse(readFileSync(file, "utf8")) as {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly numPendingTests: number;
    readonly testResults: readonly {
      readonly status: string;
      readonly assertionResults: readonly { readonly status: string }[];
    }[];
  };
  const broken = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests,
  };
}
