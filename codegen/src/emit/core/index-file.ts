import { nameUnionMembers, runtimeTypes, runtimeValues, typeName } from "../../ir/naming.ts";
import { isErrorShape } from "../../ir/shape.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile, Reexport } from "../source-file.ts";
import { emitReexportFile } from "../source-file.ts";

/** Everything that a user of core can import, in one list that the packages for a platform repeat. */
export function publicNames(plan: PackagePlan): readonly Reexport[] {
  const own = ownNames(plan);
  const runtime = { from: "@pawprint/runtime", values: runtimeValues, types: runtimeTypes };
  return [withoutTaken(runtime, own), ...own];
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
