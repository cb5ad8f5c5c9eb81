import { parserName, serializerName, shapeConstant } from "../../ir/naming.ts";
import { divideForCore } from "../conversions.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitReexportFile } from "../source-file.ts";

/** The subpath `./protocol`: what transports and mocks are made of. */
export function emitProtocolIndexFile(plan: PackagePlan): GeneratedFile {
  const { shapes, serialize, parse } = divideForCore(plan.service, plan.format);
  const modules = [
    { from: "./endpoint.js", values: ["resolveEndpoint"] },
    ...plan.operations.map(({ names }) => ({
      from: `./operations/${names.file}.js`,
      values: [names.descriptor],
    })),
    { from: "./parse.js", values: parse.map(parserName) },
    { from: "./serialize.js", values: serialize.map(serializerName) },
    { from: "./service.js", values: [plan.names.service] },
    { from: "./shapes.js", values: shapes.map(shapeConstant) },
  ];
  const reexports = modules
    .filter(({ values }) => values.length > 0)
    .map((module) => ({ ...module, types: [] }));
  return emitReexportFile("src/protocol.ts", plan.header, reexports);
}
