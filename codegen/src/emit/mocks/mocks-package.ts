import { parserName, serializerName, shapeConstant } from "../../ir/naming.ts";
import type { Shape } from "../../ir/shape.ts";
import { planSamples } from "../../samples/sample-plan.ts";
import type { ImportedSymbol } from "../code.ts";
import { importedValue } from "../code.ts";
import { divideForCore, divideForMocks } from "../conversions.ts";
import { emitConversionsFile } from "../conversions-file.ts";
import { emitPackageFiles } from "../package-files.ts";
import type { GeneratedPackage, PackagePlan } from "../package-plan.ts";
import { directoryOf } from "../package-plan.ts";
import { emitMocksReadme } from "../readme.ts";
import { emitShapesFile } from "../shapes-file.ts";
import { emitMocksIndexFile } from "./index-file.ts";
import { emitMockFile } from "./mock-file.ts";
import { createLocator, emitOperationMockFile } from "./operation-mock-file.ts";
import { emitRulesFile } from "./rules-file.ts";
import { emitSamplesFile } from "./samples-file.ts";

/** Mocks for msw: they decode what arrives, check it, and answer in the protocol's own form. */
export function emitMocksPackage(plan: PackagePlan): GeneratedPackage {
  const { service, names, format } = plan;
  const { shapes, serialize, parse } = divideForMocks(service, format);
  const core = divideForCore(service, format);
  const protocol = `${names.packages.core}/protocol`;
  const locate = createLocator(plan);
  const findIn = (shapes: readonly Shape[], nameOf: (shape: Shape) => string) => {
    const known = new Set(shapes);
    return (shape: Shape): ImportedSymbol | undefined =>
      known.has(shape) ? importedValue(nameOf(shape), protocol) : undefined;
  };
  const findShapeInCore = findIn(core.shapes, shapeConstant);
  const rulesFile = emitRulesFile(plan);
  const samples = planSamples(service, plan.isPresent);
  const files = [
    ...emitPackageFiles(plan, {
      kind: "mocks",
      description: `${service.title} for unit tests: typed mocks on msw.`,
      keywords: ["mock", "msw", "testing"],
      exports: { ".": "index", ...(rulesFile && { "./rules": "rules" }) },
      dependencies: {
        [names.packages.core]: plan.version,
        "@pawprint/runtime": plan.version,
      },
      peerDependencies: { msw: "^2.14.0 || ^3.0.0" },
      devDependencies: { msw: "^3.0.5" },
      types: [],
    }),
    emitMocksReadme(plan, samples),
    emitMocksIndexFile(plan, samples),
    emitMockFile(plan),
    rulesFile,
    ...plan.operations.map((operation) => emitOperationMockFile(plan, operation, locate)),
    emitSamplesFile(
      plan,
      samples,
      (shape) => findShapeInCore(shape) ?? importedValue(shapeConstant(shape), "./shapes.js"),
    ),
    emitShapesFile(plan, shapes, findShapeInCore),
    emitConversionsFile(plan, "serialize", serialize, {
      types: names.packages.core,
      functionFor: findIn(core.serialize, serializerName),
    }),
    emitConversionsFile(plan, "parse", parse, {
      types: names.packages.core,
      functionFor: findIn(core.parse, parserName),
    }),
  ];
  return {
    directory: directoryOf(plan, "mocks"),
    files: files.filter((file) => file !== undefined),
  };
}
