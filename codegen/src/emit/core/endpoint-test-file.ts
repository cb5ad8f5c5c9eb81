import { lowerEndpointRules } from "../../endpoints/rule-lowering.ts";
import type { EndpointTestCase } from "../../ir/endpoint-rules.ts";
import { propertyName } from "../../ir/naming.ts";
import { type Code, code, importedValue } from "../code.ts";
import { emitArray, emitObject } from "../literal.ts";
import type { PackagePlan } from "../package-plan.ts";
import { emitSourceFile, type GeneratedFile } from "../source-file.ts";

/** Whether the model says what its endpoint rules are to give. */
export function hasEndpointTests({ service }: PackagePlan): boolean {
  return service.endpointTests.length > 0;
}

/**
 * The model's own test cases for its endpoint rules. They stand beside the rules for whoever
 * changes the model or the generator: they are neither compiled nor published.
 */
export function emitEndpointTestFile(plan: PackagePlan): GeneratedFile | undefined {
  if (!hasEndpointTests(plan)) return undefined;
  const { endpointRules, service } = plan;
  const takesParameters = lowerEndpointRules(endpointRules).parameters.length > 0;
  return emitSourceFile(
    "src/endpoint.test.ts",
    plan.header,
    service.endpointTests.map((testCase, index) => emitTest(testCase, index, takesParameters)),
  );
}

function emitTest(
  { documentation, params, expect: expected }: EndpointTestCase,
  index: number,
  takesParameters: boolean,
): Code {
  const test = importedValue("test", "vitest");
  const expect = importedValue("expect", "vitest");
  const resolveEndpoint = importedValue("resolveEndpoint", "./endpoint.js");
  const name = JSON.stringify(documentation ?? `case ${index + 1}`);
  const resolved = code`${resolveEndpoint}(${takesParameters && emitValue(params)})`;
  if ("error" in expected) {
    const error = importedValue("ConfigurationError", "@pawprint/runtime/protocol");
    const message = JSON.stringify(expected.error);
    return code`
      ${test}(${name}, () => {
        ${expect}(() => ${resolved}).toThrow(new ${error}(${message}));
      });
    `;
  }
  return code`
    ${test}(${name}, () => {
      ${expect}(${resolved}).toEqual(${emitEndpoint(expected.endpoint)});
    });
  `;
}

type ExpectedEndpoint = Extract<EndpointTestCase["expect"], { readonly endpoint: unknown }>;

/** Of the properties, only how to sign is a matter of clients. */
function emitEndpoint({ url, headers = {}, properties }: ExpectedEndpoint["endpoint"]): Code {
  const authSchemes = properties?.authSchemes;
  return emitValue({
    url,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(authSchemes !== undefined && { authSchemes }),
  });
}

function emitValue(value: unknown): Code {
  if (Array.isArray(value)) return emitArray(value.map(emitValue));
  if (typeof value !== "object" || value === null) return code`${JSON.stringify(value)}`;
  return emitObject(
    Object.entries(value).map(([name, entry]) => code`${propertyName(name)}: ${emitValue(entry)}`),
  );
}
