import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const generated = fileURLToPath(new URL(".test-results/properties", import.meta.url));
const samples = fileURLToPath(new URL(".test-results/samples", import.meta.url));
const golden = fileURLToPath(new URL("../golden/packages", import.meta.url));

export default defineConfig({
  // Packages that are no part of the workspace: their sources run.
  resolve: {
    alias: [
      { folder: golden, services: "kitchen-sink" },
      { folder: generated, services: "dynamodb|kms" },
      { folder: samples, services: "sagemaker" },
    ].flatMap(({ folder, services }) => [
      {
        find: new RegExp(`^@pawprint/(${services})$`),
        replacement: `${folder}/$1/core/src/index.ts`,
      },
      {
        find: new RegExp(`^@pawprint/(${services})/protocol$`),
        replacement: `${folder}/$1/core/src/protocol.ts`,
      },
    ]),
  },
  test: {
    include: ["src/**/*.test.ts"],
    globalSetup: "src/generated-services.ts",
    // A machine may be busy: a test that hangs is still found.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".test-results/results.json" }]],
  },
});
