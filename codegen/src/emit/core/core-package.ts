import { divideForCore } from "../conversions.ts";
import { emitConversionsFile } from "../conversions-file.ts";
import { emitPackageFiles } from "../package-files.ts";
import type { GeneratedPackage, PackagePlan } from "../package-plan.ts";
import { directoryOf } from "../package-plan.ts";
import { emitCoreReadme } from "../readme.ts";
import { emitShapesFile } from "../shapes-file.ts";
import { emitClientFile } from "./client-file.ts";
import { emitEndpointFile } from "./endpoint-file.ts";
import { emitEndpointTestFile, hasEndpointTests } from "./endpoint-test-file.ts";
import { emitErrorsFile } from "./errors-file.ts";
import { emitIndexFile } from "./index-file.ts";
import { emitOperationFile } from "./operation-file.ts";
import { emitProtocolIndexFile } from "./protocol-index-file.ts";
import { emitServiceFile, emitVersionFile } from "./service-file.ts";
import { emitTypesFile } from "./types-file.ts";

/** Types, errors, operation functions and what goes over the wire: everything but a transport. */
export function emitCorePackage(plan: PackagePlan): GeneratedPackage {
  const { service, protocol, format } = plan;
  const { shapes, serialize, parse } = divideForCore(service, format);
  const files = [
    ...emitPackageFiles(plan, {
      kind: "core",
      description: `${service.title}: types, errors and operations over ${protocol.title}, without a transport.`,
      keywords: ["client", "protocol"],
      exports: { ".": "index", "./protocol": "protocol" },
      dependencies: { "@pawprint/runtime": plan.version },
      types: [],
      tested: hasEndpointTests(plan),
    }),
    emitCoreReadme(plan),
    emitIndexFile(plan),
    emitProtocolIndexFile(plan),
    emitClientFile(plan),
    ...plan.operations.map((operation) => emitOperationFile(plan, operation)),
    emitTypesFile(plan),
    emitErrorsFile(plan),
    emitShapesFile(plan, shapes, () => undefined),
    emitConversionsFile(plan, "serialize", serialize),
    emitConversionsFile(plan, "parse", parse),
    emitEndpointFile(plan),
    emitEndpointTestFile(plan),
    emitServiceFile(plan),
    emitVersionFile(plan),
  ];
  return {
    directory: directoryOf(plan, "core"),
    files: files.filter((file) => file !== undefined),
  };
}
