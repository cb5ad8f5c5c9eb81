import { code, importedType, importedValue } from "../code.ts";
import { publicNames, withoutTaken } from "../core/index-file.ts";
import { emitOptionsInterface } from "../endpoint-options.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitReexportFile, emitSourceFile } from "../source-file.ts";

const runtime = "@pawprint/runtime/node";

export function emitNodeTransportFile({ service, names, header }: PackagePlan): GeneratedFile {
  const Transport = importedType("Transport", "@pawprint/runtime");
  const Options = importedType("NodeTransportOptions", runtime);
  return emitSourceFile("src/transport.ts", header, [
    code`
      /** The options of {@link ${names.client}} and of {@link createTransport}. */
      ${emitOptionsInterface(service, names.options, Options)}
    `,
    code`
      /**
       * The transport for Node. Nothing is connected or loaded before the first call. Region and
       * credentials that are not given come from the environment, the shared config files, and the
       * container or instance.
       *
       * @throws ConfigurationError for an option that cannot be
       */
      export function createTransport(options: ${names.options} = {}): ${Transport} {
        return ${importedValue("createNodeTransport", runtime)}(
          ${importedValue(names.service, `${names.packages.core}/protocol`)},
          options,
          () => import("./defaults.js"),
          ${service.credentialRefusals.length > 0 && `() => import("./refusals.js"),`}
        );
      }
    `,
    code`
      /** ${names.client} on Node: one method for each operation. */
      export class ${names.client} extends ${importedValue(names.baseClient, names.packages.core)} {
        /** @throws ConfigurationError for an option that cannot be */
        constructor(options: ${names.options} = {}) {
          super(createTransport(options));
        }
      }
    `,
  ]);
}

export function emitNodeIndexFile(plan: PackagePlan): GeneratedFile {
  return emitPlatformIndexFile(plan, "NodeHttpHandler", "NodeHttpHandlerOptions", runtime);
}

/** The client of a platform, and all of core beside it: one import is enough. */
export function emitPlatformIndexFile(
  plan: PackagePlan,
  handler: string,
  handlerOptions: string,
  from: string,
): GeneratedFile {
  const { client, options } = plan.names;
  const names = publicNames(plan);
  const core = {
    from: plan.names.packages.core,
    values: names.flatMap(({ values }) => values),
    types: names.flatMap(({ types }) => types),
  };
  const modules = [
    core,
    withoutTaken({ from, values: [handler], types: [handlerOptions] }, [core]),
    { from: "./transport.js", values: ["createTransport", client], types: [options] },
  ];
  return emitReexportFile("src/index.ts", plan.header, modules);
}
