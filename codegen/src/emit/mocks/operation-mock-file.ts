import { parserName, serializerName, shapeConstant } from "../../ir/naming.ts";
import type { Shape } from "../../ir/shape.ts";
import { sampleOutput } from "../../samples/operation-sample.ts";
import { emitSample } from "../../samples/sample-literal.ts";
import type { Code, ImportedSymbol } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { divideForCore } from "../conversions.ts";
import { emitInputType, emitOutputType } from "../core/operation-file.ts";
import { emitObject } from "../literal.ts";
import type { PackagePlan, PlannedOperation } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

const runtime = "@pawprint/runtime/mocks";

/** What the mock of one operation knows: how to read its input, how to write its answers, and its default. */
export function emitOperationMockFile(
  plan: PackagePlan,
  planned: PlannedOperation,
  locate: Locator,
): GeneratedFile {
  const { format, names, protocol } = plan;
  const { operation, names: operationNames } = planned;
  const { input, output, errors } = operation;
  const core = `${names.packages.core}/protocol`;
  const parsed = input !== undefined && format.needsConversion(input, "parse");
  const serialized = output !== undefined && format.needsConversion(output, "serialize");
  const Input = emitInputType(input, names.packages.core);
  const Output = emitOutputType(output, names.packages.core);
  return emitSourceFile(`src/operations/${operationNames.file}.ts`, plan.header, [
    code`
      /** ${operation.name}, as a mock of it needs to know it. */
      export const ${mockedName(planned)}: ${importedType("MockedOperation", runtime)}<${Input}, ${Output}> = {
        operation: ${importedValue(operationNames.descriptor, core)},
        protocol: ${protocol.server(plan.service)},
        ${parsed && code`parseInput: ${locate.parser(input)},`}
        ${serialized && code`serializeOutput: ${locate.serializer(output)},`}
        output: ${output === undefined ? importedValue("unitShape", "@pawprint/runtime/protocol") : locate.shape(output)},
        errors: ${emitObject(
          errors.map((error) => {
            const status = error.error.httpStatus ?? (error.error.fault === "client" ? 400 : 500);
            const serialize =
              format.needsConversion(error, "serialize") &&
              code`serialize: ${locate.serializer(error)}`;
            const shape = code`shape: ${locate.shape(error)}`;
            const fields = [`status: ${status}`, shape, serialize];
            return code`${error.name}: ${emitObject(fields.filter((field) => field !== false))}`;
          }),
        )},
        defaultOutput: () => (${emitDefaultOutput(planned)}),
      };
    `,
    code`
      /** Mocks ${operation.name} alone: a bundler leaves out the other operations. */
      export function ${operationNames.mock}(options: ${importedType("MockOptions", runtime)} = {}): ${importedType("OperationMock", runtime)}<${Input}, ${Output}> {
        return ${importedValue("mockOperation", runtime)}(${mockedName(planned)}, options);
      }
    `,
  ]);
}

export function mockedName({ names }: PlannedOperation): string {
  return `mocked${names.descriptor.charAt(0).toUpperCase()}${names.descriptor.slice(1)}`;
}

function emitDefaultOutput({ operation }: PlannedOperation): Code {
  const sample = sampleOutput(operation);
  return sample === undefined ? code`{}` : emitSample(sample);
}

/** Finds what belongs to a shape: in core, or in this package where only a server needs it. */
export type Locator = {
  readonly [role in "parser" | "serializer" | "shape"]: (shape: Shape) => ImportedSymbol;
};

/** A locator for all operations of a service, which is divided once. */
export function createLocator({ service, format, names }: PackagePlan): Locator {
  const core = divideForCore(service, format);
  const protocol = `${names.packages.core}/protocol`;
  const locate = (shapes: readonly Shape[], nameOf: (shape: Shape) => string, file: string) => {
    const known = new Set(shapes);
    return (shape: Shape) =>
      importedValue(nameOf(shape), known.has(shape) ? protocol : `../${file}.js`);
  };
  return {
    parser: locate(core.parse, parserName, "parse"),
    serializer: locate(core.serialize, serializerName, "serialize"),
    shape: locate(core.shapes, shapeConstant, "shapes"),
  };
}
