import { code, importedType, importedValue } from "../code.ts";
import { emitInputType, emitOutputType } from "../core/operation-file.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";
import { mockedName } from "./operation-mock-file.ts";

const runtime = "@pawprint/runtime/mocks";

/** The function that mocks the whole service. */
export function emitMockFile({ names, operations, header }: PackagePlan): GeneratedFile {
  const core = names.packages.core;
  const OperationMock = importedType("OperationMock", runtime);
  const mocks = operations.map((planned) => ({
    name: planned.names.function,
    type: code`${OperationMock}<${emitInputType(planned.operation.input, core)}, ${emitOutputType(planned.operation.output, core)}>`,
    mocked: importedValue(mockedName(planned), `./operations/${planned.names.file}.js`),
    operation: planned.operation.name,
  }));
  return emitSourceFile("src/mock.ts", header, [
    code`
      /** A mock of every operation of ${names.client}, under the operation's name. */
      export interface ${names.mock} extends ${importedType("ServiceMock", runtime)} {
        ${mocks.map(({ name, type }) => code`readonly ${name}: ${type};`)}
      }
    `,
    code`
      /**
       * Mocks ${names.client}. Every operation answers with a default that the model allows, until the
       * test says otherwise.
       */
      export function ${names.mockFunction}(options: ${importedType("MockOptions", runtime)} = {}): ${names.mock} {
        return ${importedValue("mockService", runtime)}<${names.mock}>({
          ${mocks.map(({ name, mocked }) => code`${name}: ${mocked},`)}
        }, options);
      }
    `,
  ]);
}
