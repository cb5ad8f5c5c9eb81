import { lowerEndpointRules } from "../../endpoints/rule-lowering.ts";
import { closureOf } from "../../ir/closure.ts";
import { builtInNames } from "../../ir/endpoint-rules.ts";
import type { Service } from "../../ir/service.ts";
import type { Shape } from "../../ir/shape.ts";
import { within } from "../../reader/json.ts";
import { ModelError } from "../../reader/model-error.ts";
import type { Code } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitDocComment } from "../docs.ts";
import { emitEndpointOptions } from "../endpoint-options.ts";
import { emitObject } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import type { GeneratedFile } from "../source-file.ts";
import { emitSourceFile } from "../source-file.ts";

const runtime = "@pawprint/runtime";

/** What all operations share. */
export function emitServiceFile(plan: PackagePlan): GeneratedFile {
  const { service, protocol, names, header } = plan;
  const endpointOptions = emitEndpointOptions(service);
  const inputChecks = emitInputChecks(service);
  return emitSourceFile("src/service.ts", header, [
    code`
      ${emitDocComment({ notes: [`What all operations of ${service.title} share.`] })}
      export const ${names.service}: ${importedType("Service", runtime)} = {
        sdkId: ${JSON.stringify(service.sdkId)},
        shapeName: ${JSON.stringify(service.shapeName)},
        apiVersion: ${JSON.stringify(service.version)},
        signingName: ${JSON.stringify(service.signingName)},
        packageVersion: ${importedValue("version", "./version.js")},
        protocol: ${protocol.client(service)},
        ${emitResolveEndpoint(plan)},
        ${endpointOptions && code`endpointOptions: ${endpointOptions},`}
        ${readsAccount(plan) && "usesAccountId: true,"}
        ${!isAlwaysSigned(service) && "needsNoCredentials: true,"}
        ${inputChecks && code`inputChecks: ${inputChecks},`}
      };
    `,
  ]);
}

/** Checks of the kinds of shapes that the runtime does not check by itself, as far as inputs have them. */
function emitInputChecks({ operations }: Service): Code | undefined {
  const inputs = operations.flatMap(({ input }) => input ?? []);
  const types: ReadonlySet<string> = new Set([...closureOf(inputs)].map(({ type }) => type));
  const checks = Object.entries(shapeChecks).filter(([type]) => types.has(type));
  if (checks.length === 0) return undefined;
  return emitObject(
    checks.map(([type, check]) => code`${type}: ${importedValue(check, `${runtime}/protocol`)}`),
  );
}

const shapeChecks: { readonly [type in Shape["type"]]?: string } = {
  bigDecimal: "checkBigDecimal",
  bigInteger: "checkBigInteger",
  blob: "checkBlob",
  document: "checkDocument",
  double: "checkDouble",
  float: "checkDouble",
  long: "checkLong",
  map: "checkMap",
  union: "checkUnion",
};

/** Transports call the built-ins by their usual names; a rule set may have others for them. */
function emitResolveEndpoint({ endpointRules, service: { source, id } }: PackagePlan): Code {
  const resolveEndpoint = importedValue("resolveEndpoint", "./endpoint.js");
  const { parameters } = lowerEndpointRules(endpointRules);
  const renamed = parameters.flatMap(({ parameter: { name, builtIn } }) => {
    const usual = builtIn && builtInNames[builtIn];
    if (name === usual) return [];
    if (usualNames.includes(name)) {
      const trait = "root" in endpointRules ? "endpointBdd" : "endpointRuleSet";
      throw new ModelError(
        within([source, id], "traits", `smithy.rules#${trait}`, "parameters", name),
        `transports give this name the value of another built-in; as a name of ${builtIn ?? "no built-in"} it is not supported`,
      );
    }
    return usual === undefined ? [] : [code`${name}: parameters.${usual}`];
  });
  if (renamed.length === 0) return code`${resolveEndpoint}`;
  const passed = emitObject([...renamed, "...parameters"]);
  return code`resolveEndpoint: (parameters) => ${resolveEndpoint}(${passed})`;
}

/** Whether the endpoint depends on who calls: only then does a transport ask before it resolves. */
function readsAccount({ endpointRules }: PackagePlan): boolean {
  const { parameters } = lowerEndpointRules(endpointRules);
  return parameters.some(({ parameter }) => parameter.builtIn === "AWS::Auth::AccountId");
}

/** Whether a caller without credentials can call nothing. */
export function isAlwaysSigned({ operations }: Service): boolean {
  return operations.every(({ auth }) => auth === "sigv4");
}

const usualNames: readonly string[] = Object.values(builtInNames);

/** The one file of the package that a new version changes. */
export function emitVersionFile({ version, header }: PackagePlan): GeneratedFile {
  return emitSourceFile("src/version.ts", header, [
    code`
      /** The version of this package. */
      export const version: string = ${JSON.stringify(version)};
    `,
  ]);
}
