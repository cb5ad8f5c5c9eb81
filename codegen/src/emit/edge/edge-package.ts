import { emitPackageFiles } from "../package-files.ts";
import type { GeneratedPackage, PackagePlan } from "../package-plan.ts";
import { directoryOf } from "../package-plan.ts";
import { emitPlatformReadme } from "../readme.ts";
import { emitEdgeIndexFile, emitEdgeTransportFile } from "./transport-file.ts";

/** The transport for everything that has `fetch`, and the client over it. */
export function emitEdgePackage(plan: PackagePlan): GeneratedPackage {
  const { names, service } = plan;
  return {
    directory: directoryOf(plan, "edge"),
    files: [
      ...emitPackageFiles(plan, {
        kind: "edge",
        description: `${service.title} for Workers, Deno, Bun and browsers: a typed client on fetch.`,
        keywords: ["client", "edge", "workers", "deno", "bun", "fetch"],
        exports: { ".": "index" },
        dependencies: {
          [names.packages.core]: plan.version,
          "@pawprint/runtime": plan.version,
        },
        types: [],
      }),
      emitPlatformReadme(plan, "edge"),
      emitEdgeTransportFile(plan),
      emitEdgeIndexFile(plan),
    ],
  };
}
