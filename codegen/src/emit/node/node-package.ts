import { emitPackageFiles } from "../package-files.ts";
import type { GeneratedPackage, PackagePlan } from "../package-plan.ts";
import { directoryOf } from "../package-plan.ts";
import { emitPlatformReadme } from "../readme.ts";
import { emitDefaultsFile } from "./defaults-file.ts";
import { nodeDependencies } from "./dependencies.ts";
import { emitRefusalsFile } from "./refusals-file.ts";
import { emitNodeIndexFile, emitNodeTransportFile } from "./transport-file.ts";

/** The transport for Node, and the client over it. */
export function emitNodePackage(plan: PackagePlan): GeneratedPackage {
  const { names, service } = plan;
  return {
    directory: directoryOf(plan, "node"),
    files: [
      ...emitPackageFiles(plan, {
        kind: "node",
        description: `${service.title} for Node: a typed client with SigV4, retries and the credential chain.`,
        keywords: ["client", "node"],
        exports: { ".": "index" },
        dependencies: {
          [names.packages.core]: plan.version,
          "@pawprint/runtime": plan.version,
          ...nodeDependencies,
        },
        types: ["node"],
        devDependencies: { "@types/node": "^24.0.0" },
      }),
      emitPlatformReadme(plan, "node"),
      emitDefaultsFile(plan),
      ...emitRefusalsFile(plan),
      emitNodeTransportFile(plan),
      emitNodeIndexFile(plan),
    ],
  };
}
