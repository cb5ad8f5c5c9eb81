import { code, importedType, importedValue } from "../code.ts";
import type { PackagePlan } from "../package-plan.ts";
import { emitSourceFile } from "../source-file.ts";
import type { GeneratedFile } from "../source-file.ts";

const runtime = "@pawprint/runtime";

/** What all operations share. */
export function emitServiceFile({ service, protocol, names, header }: PackagePlan): GeneratedFile {
  return emitSourceFile("src/service.ts", header, [
    code`
      /** What all operations of ${service.title} share. */
      export const ${names.service}: ${importedType("Service", runtime)} = {
        sdkId: ${JSON.stringify(service.sdkId)},
        shapeName: ${JSON.stringify(service.shapeName)},
        apiVersion: ${JSON.stringify(service.version)},
        signingName: ${JSON.stringify(service.signingName)},
        packageVersion: ${importedValue("version", "./version.js")},
        protocol: ${protocol.client(service)},
        ${importedValue("resolveEndpoint", "./endpoint.js")},
      };
    `,
  ]);
}

/** The one file of the package that a new version changes. */
export function emitVersionFile({ version, header }: PackagePlan): GeneratedFile {
  return emitSourceFile("src/version.ts", header, [
    code`
      /** The version of this package. */
      export const version: string = ${JSON.stringify(version)};
    `,
  ]);
}
