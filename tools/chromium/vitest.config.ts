import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // A machine may be busy: a test that hangs is still found.
    testTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".test-results/results.json" }]],
  },
});
