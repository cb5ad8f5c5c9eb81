import type { CredentialRefusal } from "../../ir/service.ts";
import type { Code } from "../code.ts";
import { code, importedValue } from "../code.ts";
import { emitArray, emitObject } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

/** Which credentials the service refuses, where the overlay says so. Imported only after an error. */
export function emitRefusalsFile({ service, header }: PackagePlan): readonly GeneratedFile[] {
  if (service.credentialRefusals.length === 0) return [];
  const explanation = importedValue(
    "createRefusalExplanation",
    "@pawprint/runtime/node/credentials",
  );
  const refusals = emitArray(service.credentialRefusals.map(emitRefusal));
  return [
    emitSourceFile("src/refusals.ts", header, [
      code`
        /** Adds to the message of an error that the credentials may be the reason, where they come from a place that the operation does not accept. */
        export const explainRefusal: ReturnType<typeof ${explanation}> = ${explanation}(${refusals});
      `,
    ]),
  ];
}

function emitRefusal({ operations, errors, credentials, advice }: CredentialRefusal): Code {
  return emitObject([
    `operations: ${JSON.stringify(operations)}`,
    `errors: ${JSON.stringify(errors)}`,
    `sources: ${JSON.stringify(credentials)}`,
    `advice: ${JSON.stringify(advice)}`,
  ]);
}
