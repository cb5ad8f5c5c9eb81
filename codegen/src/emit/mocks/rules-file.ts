import type { DatedRule } from "../../ir/service.ts";
import type { Code } from "../code.ts";
import { code, importedType } from "../code.ts";
import { emitArray, emitObject } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

/** The overlay's dated rules as data, for emulators of the service. Absent where it has none. */
export function emitRulesFile({ service, header }: PackagePlan): GeneratedFile | undefined {
  if (service.rules.length === 0) return undefined;
  const Rule = importedType("DatedRule", "@pawprint/runtime/mocks");
  return emitSourceFile("src/rules.ts", header, [
    code`
      /** What the documentation of ${service.title} says beyond its model, with its time and its source. */
      export const rules: readonly ${Rule}[] = ${emitArray(service.rules.map(emitRule))};
    `,
  ]);
}

function emitRule({ id, since, until, statement, values, source }: DatedRule): Code {
  const entries = Object.entries({ id, since, until, statement, values, source });
  return emitObject(
    entries.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`],
    ),
  );
}
