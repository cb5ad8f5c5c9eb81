import { typeName } from "../../ir/naming.ts";
import { isErrorShape } from "../../ir/shape.ts";
import type { PackagePlan } from "../package-plan.ts";
import { emitReexportFile } from "../source-file.ts";
import type { GeneratedFile, Reexport } from "../source-file.ts";

/** Names of the runtime that users need beside the generated ones. */
export const runtimeValues: readonly string[] = [
  "ConfigurationError",
  "InvalidInputError",
  "isConfigurationError",
  "isInvalidInputError",
  "isResponseError",
  "isServiceError",
  "isTransportError",
  "ResponseError",
  "ServiceError",
  "TransportError",
  "UnmodeledServiceError",
];

export const runtimeTypes: readonly string[] = [
  "CallOptions",
  "HttpHandler",
  "InputProblem",
  "Interceptor",
  "MetadataBearer",
  "Operation",
  "ResponseMetadata",
  "Transport",
];

/** Everything that a user of core can import, in one list that the packages for a platform repeat. */
export function publicNames({ service, names, operations }: PackagePlan): readonly Reexport[] {
  const errors = service.shapes.filter(isErrorShape).map(typeName);
  const types = service.shapes.flatMap((shape) => {
    const name = typeName(shape);
    if (shape.type === "structure" && shape.error === undefined) return [name];
    return shape.type === "union" ? [name, `${name}Members`] : [];
  });
  const enums = service.shapes.filter(({ type }) => type === "enum" || type === "intEnum");
  return [
    { from: "@pawprint/runtime", values: runtimeValues, types: runtimeTypes },
    { from: "./client.js", values: [names.baseClient], types: [] },
    { from: "./errors.js", values: errors, types: [names.error] },
    ...operations.map(({ names: operation }) => ({
      from: `./operations/${operation.file}.js`,
      values: [operation.function, operation.guard],
      types: [operation.error],
    })),
    { from: "./types.js", values: enums.map(typeName), types },
  ].filter(({ values, types: typeNames }) => values.length + typeNames.length > 0);
}

export function emitIndexFile(plan: PackagePlan): GeneratedFile {
  return emitReexportFile("src/index.ts", plan.header, publicNames(plan));
}
