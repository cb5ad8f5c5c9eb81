import { code, importedType, importedValue } from "../code.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

/** What is imported only once a call needs a region or credentials that nobody gave. */
export function emitDefaultsFile({ header }: PackagePlan): GeneratedFile {
  const config = "@smithy/core/config";
  const explanations = "@pawprint/runtime/node/credentials";
  return emitSourceFile("src/defaults.ts", header, [
    code`
      /** AWS's chain: environment, SSO, web identity, shared files, process, container, instance. */
      export const defaultCredentials: ${importedType("AwsCredentialIdentityProvider", "@smithy/types")} =
        ${importedValue("explainCredentials", explanations)}(
          ${importedValue("defaultProvider", "@aws-sdk/credential-provider-node")},
        );
    `,
    code`
      /** The Region of the environment or of the profile in the shared config file. */
      export const defaultRegion: () => Promise<string> = ${importedValue("explainRegion", explanations)}(
        ${importedValue("loadConfig", config)}(
          {
            ...${importedValue("NODE_REGION_CONFIG_OPTIONS", config)},
            environmentVariableSelector: ({ AWS_REGION }) => AWS_REGION || undefined,
          },
          ${importedValue("NODE_REGION_CONFIG_FILE_OPTIONS", config)},
        ),
      );
    `,
  ]);
}
