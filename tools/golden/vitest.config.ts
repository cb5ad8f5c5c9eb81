import { defineConfig } from "vitest/config";

const source = (path: string): string =>
  new URL(`packages/kitchen-sink/${path}`, import.meta.url).pathname;

export default defineConfig({
  // The packages are no part of the workspace: their sources run.
  resolve: {
    alias: [
      { find: /^@pawprint\/kitchen-sink$/, replacement: source("core/src/index.ts") },
      { find: /^@pawprint\/kitchen-sink\/protocol$/, replacement: source("core/src/protocol.ts") },
      {
        find: /^@pawprint\/kitchen-sink-(edge|mocks|node)$/,
        replacement: source("$1/src/index.ts"),
      },
    ],
  },
  test: {
    include: ["src/**/*.test.ts", "packages/**/*.test.ts"],
    // A machine may be busy: a test that hangs is still found.
    testTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".test-results/results.json" }]],
  },
});
