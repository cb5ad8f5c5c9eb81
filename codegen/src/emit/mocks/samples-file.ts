import { sampleName, typeName, uncapitalize } from "../../ir/naming.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Choice, SamplePlan, StructureHints } from "../../samples/sample-plan.ts";
import type { Code, ImportedSymbol } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitArray, emitObject } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

const runtime = "@pawprint/runtime/mocks";

/** `samples.ts`: a function for each input and output, and what samples are made from. */
export function emitSamplesFile(
  { header, names }: PackagePlan,
  { roots, missing, hints }: SamplePlan,
  locate: (shape: Shape) => ImportedSymbol,
): GeneratedFile | undefined {
  if (roots.length === 0) return undefined;
  const constants = new ValueConstants();
  const entries = hints.map((hint) => emitHints(hint, locate, constants));
  const Hints = importedType("SampleHints", runtime);
  const Shape = importedType("Shape", "@pawprint/runtime/protocol");
  return emitSourceFile("src/samples.ts", header, [
    ...missing.map(
      (shape) =>
        code`// There is no sample of ${shape.name}: a part of it that is required has no known value that fits.`,
    ),
    ...roots.map((shape) => {
      const type = importedType(typeName(shape), names.packages.core);
      return code`
        /** Sample data that the model allows as \`${typeName(shape)}\`, the same for the same seed. */
        export function ${sampleName(shape)}(options: ${importedType("SampleOptions", runtime)}<${type}> = {}): ${type} {
          return ${importedValue("createSample", runtime)}(${locate(shape)}, sampleTable, options);
        }
      `;
    }),
    ...constants.declarations,
    code`
      /** What samples choose from, and what they leave out. */
      const sampleTable: ${importedType("SampleTable", runtime)} = /* @__PURE__ */ new Map<${Shape}, ${Hints}>([
        ${entries}
      ]);
    `,
  ]);
}

function emitHints(
  { shape, choices, leftOut }: StructureHints,
  locate: (shape: Shape) => ImportedSymbol,
  constants: ValueConstants,
): Code {
  const chosen = choices.map(
    (choice) => code`${quoteWay(choice.way)}: ${constants.nameOf(choice)}`,
  );
  const notes = leftOut.flatMap(({ member, reason }) =>
    reason === undefined ? [] : [`// ${member}: ${reason.replace(/\s+/g, " ")}`],
  );
  const fields = [
    chosen.length > 0 && code`choices: ${emitObject(chosen)}`,
    leftOut.length > 0 &&
      code`leavesOut: ${emitArray(leftOut.map(({ member }) => JSON.stringify(member)))}`,
  ].filter((field) => field !== false);
  return code`
    ${notes}
    [${locate(shape)}, ${emitObject(fields)}],
  `;
}

function quoteWay(way: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(way) && way !== "__proto__" ? way : JSON.stringify(way);
}

/** A constant for each list of values. */
class ValueConstants {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  get declarations(): readonly Code[] {
    return [...this.names].map(([values, name]) => code`const ${name} = ${values};`);
  }

  nameOf({ name, values }: Choice): string {
    const text = `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const base = `${uncapitalize(name.replace(/\W/g, ""))}Values`;
    let free = base;
    for (let count = 2; this.taken.has(free); count += 1) free = `${base}${count}`;
    this.taken.add(free);
    this.names.set(text, free);
    return free;
  }
}
