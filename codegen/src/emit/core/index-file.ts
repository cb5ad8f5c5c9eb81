import {
  nameUnionMembers,
  paginationValues,
  runtimeTypes,
  runtimeValues,
  typeName,
  waiterTypes,
  waiterValues,
} from "../../ir/naming.ts";
import { isErrorShape } from "../../ir/shape.ts";
import type { PackagePlan, PlannedOperation } from "../package-plan.ts";
import type { GeneratedFile, Reexport } from "../source-file.ts";
import { emitReexportFile } from "../source-file.ts";

/** Everything that a user of core can import, in one list that the packages for a platform repeat. */
export function publicNames(plan: PackagePlan): readonly Reexport[] {
  const own = ownNames(plan);
  const isPaginated = plan.operations.some(({ operation }) => operation.pagination !== undefined);
  const hasWaiters = plan.operations.some(({ waiters }) => waiters.length > 0);
  const runtime = {
    from: "@pawprint/runtime",
    values: [
      ...runtimeValues,
      ...(isPaginated ? paginationValues : []),
      ...(hasWaiters ? waiterValues : []),
    ],
    types: [...runtimeTypes, ...(hasWaiters ? waiterTypes : [])],
  };
  return [withoutTaken(runtime, own), ...own];
}

/** The functions of an operation: those that call it, and the one that tells its errors. */
function functionsOf({
  operation: { pagination },
  names,
  waiters,
}: PlannedOperation): readonly string[] {
  return [
    names.function,
    names.guard,
    ...(pagination === undefined ? [] : [names.pages]),
    ...(pagination?.items === undefined ? [] : [names.items]),
    ...waiters.map(({ name }) => name),
  ];
}

/** What is left of a reexport where other modules have names of their own for some of it. */
export function withoutTaken(reexport: Reexport, others: readonly Reexport[]): Reexport {
  const taken = new Set(others.flatMap(({ values, types }) => [...values, ...types]));
  return {
    ...reexport,
    values: reexport.values.filter((name) => !taken.has(name)),
    types: reexport.types.filter((name) => !taken.has(name)),
  };
}

function ownNames({ service, names, operations }: PackagePlan): readonly Reexport[] {
  const errors = service.shapes.filter(isErrorShape).map(typeName);
  const types = service.shapes.flatMap((shape) => {
    const name = typeName(shape);
    if (shape.type === "structure" && shape.error === undefined) return [name];
    return shape.type === "union" ? [name, nameUnionMembers(shape, service)] : [];
  });
  const enums = service.shapes.filter(({ type }) => type === "enum" || type === "intEnum");
  return [
    { from: "./client.js", values: [names.baseClient], types: [] },
    { from: "./errors.js", values: errors, types: [names.error] },
    ...operations.map((planned) => ({
      from: `./operations/${planned.names.file}.js`,
      values: functionsOf(planned),
      types: [planned.names.error],
    })),
    { from: "./types.js", values: enums.map(typeName), types },
  ].filter(({ values, types: typeNames }) => values.length + typeNames.length > 0);
}

export function emitIndexFile(plan: PackagePlan): GeneratedFile {
  return emitReexportFile("src/index.ts", plan.header, publicNames(plan));
}
