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
      export interface ${names.mock} {
        /** The msw handlers of all operations. They match the service's requests on any host. */
        readonly handlers: readonly ${importedType("HttpHandler", "msw")}[];
        ${mocks.map(({ name, type }) => code`readonly ${name}: ${type};`)}
        /** Resets every operation: no calls, and the default answers. */
        reset(): void;
      }
    `,
    code`
      /**
       * Mocks ${names.client}. Every operation answers with a default that the model allows, until the
       * test says otherwise.
       */
      export function ${names.mockFunction}(): ${names.mock} {
        const nextRequestId = ${importedValue("createRequestIds", runtime)}();
        const operations = {
          ${mocks.map(({ name, mocked }) => code`${name}: ${importedValue("mockOperation", runtime)}(${mocked}, nextRequestId),`)}
        };
        const all = Object.values(operations);
        return {
          handlers: all.map(({ handler }) => handler),
          ...operations,
          reset: () => {
            for (const operation of all) operation.reset();
          },
        };
      }
    `,
  ]);
}
