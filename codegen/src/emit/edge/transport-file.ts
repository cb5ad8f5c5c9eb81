import { code, importedType, importedValue } from "../code.ts";
import { isAlwaysSigned } from "../core/service-file.ts";
import { emitOptionsInterface } from "../endpoint-options.ts";
import { emitPlatformIndexFile } from "../node/transport-file.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

const runtime = "@pawprint/runtime/edge";

export function emitEdgeTransportFile({ service, names, header }: PackagePlan): GeneratedFile {
  const Transport = importedType("Transport", "@pawprint/runtime");
  const [Options, given] = isAlwaysSigned(service)
    ? [importedType("EdgeTransportOptions", runtime), "Region and credentials are always given."]
    : [
        importedType("AnonymousEdgeTransportOptions", runtime),
        "a Region is always given, and credentials for the operations that are signed.",
      ];
  return emitSourceFile("src/transport.ts", header, [
    code`
      /** The options of {@link ${names.client}} and of {@link createTransport}: ${given} */
      ${emitOptionsInterface(service, names.options, Options)}
    `,
    code`
      /**
       * The transport for everything that has \`fetch\`. Nothing is sent before the first call.
       *
       * @throws ConfigurationError for an option that is missing or cannot be
       */
      export function createTransport(options: ${names.options}): ${Transport} {
        return ${importedValue("createEdgeTransport", runtime)}(
          ${importedValue(names.service, `${names.packages.core}/protocol`)},
          options,
        );
      }
    `,
    code`
      /** ${names.client} on the edge: one method for each operation. */
      export class ${names.client} extends ${importedValue(names.baseClient, names.packages.core)} {
        /** @throws ConfigurationError for an option that is missing or cannot be */
        constructor(options: ${names.options}) {
          super(createTransport(options));
        }
      }
    `,
  ]);
}

export function emitEdgeIndexFile(plan: PackagePlan): GeneratedFile {
  return emitPlatformIndexFile(plan, "FetchHttpHandler", "FetchHttpHandlerOptions", runtime);
}
