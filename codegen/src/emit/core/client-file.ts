import type { Code } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitDocComment } from "../docs.ts";
import type { PackagePlan, PlannedOperation } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";
import {
  emitInputType,
  emitOperationComment,
  emitResultType,
  isOptional,
} from "./operation-file.ts";
import { emitPageMethods } from "./page-functions.ts";
import { emitWaiterMethod } from "./waiter-functions.ts";

const Transport = importedType("Transport", "@pawprint/runtime");
const CallOptions = importedType("CallOptions", "@pawprint/runtime");

/** The class with a method for each operation, its pages and its waiters, over any transport. */
export function emitClientFile(plan: PackagePlan): GeneratedFile {
  const { service, names, header } = plan;
  const methods = plan.operations.flatMap((planned) => [
    emitMethod(planned),
    ...emitPageMethods(planned),
    ...planned.waiters.map((waiter) => emitWaiterMethod(planned, waiter)),
  ]);
  return emitSourceFile("src/client.ts", header, [
    code`
      ${emitDocComment({ documentation: service.documentation })}
      export class ${names.baseClient} {
        private readonly transport: ${Transport};

        /** A client over a transport of your own. The packages for a platform have one that makes its transport itself. */
        constructor(transport: ${Transport}) {
          this.transport = transport;
        }

        ${methods.map((method) => code`${method}\n`)}
        /** Frees idle connections. Calls under way still settle. */
        destroy(): void {
          this.transport.destroy();
        }
      }
    `,
  ]);
}

function emitMethod(planned: PlannedOperation): Code {
  const { operation, names } = planned;
  return code`
    ${emitOperationComment(planned, 2)}
    ${names.function}(
      input: ${emitInputType(operation.input, "./types.js")}${isOptional(operation.input) && " = {}"},
      options?: ${CallOptions},
    ): Promise<${emitResultType(operation.output, "./types.js")}> {
      return ${importedValue(names.function, `./operations/${names.file}.js`)}(this.transport, input, options);
    }
  `;
}
