import { emitEndpointResolver } from "../../endpoints/compile.ts";
import { code } from "../code.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

/** The model's endpoint rules as plain conditionals. */
export function emitEndpointFile({ endpointRules, header }: PackagePlan): GeneratedFile {
  return emitSourceFile("src/endpoint.ts", header, [
    code`
      ${emitEndpointResolver(endpointRules)}
    `,
  ]);
}
