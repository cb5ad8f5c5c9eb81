import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    globalSetup: "src/installed-packages.ts",
    // Vitest leaves one core alone, which is half of a small machine.
    maxWorkers: "100%",
    // Compilers are many and a machine may be busy: a test that hangs is still found.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["default", ["json", { outputFile: ".test-results/results.json" }]],
  },
});
