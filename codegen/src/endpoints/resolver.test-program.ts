import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArn } from "../../../packages/runtime/src/endpoints/arn.ts";
import type {
  EndpointParameters,
  ResolvedEndpoint,
} from "../../../packages/runtime/src/endpoints/endpoint.ts";
import {
  isValidHostLabel,
  isVirtualHostableS3Bucket,
} from "../../../packages/runtime/src/endpoints/host-label.ts";
import { partition } from "../../../packages/runtime/src/endpoints/partition.ts";
import { split, substring } from "../../../packages/runtime/src/endpoints/text.ts";
import { parseUrl, uriEncode } from "../../../packages/runtime/src/endpoints/url.ts";
import { ConfigurationError } from "../../../packages/runtime/src/errors.ts";
import { printCode } from "../emit/code.ts";
import { formatTypeScript } from "../emit/format.ts";
import type { EndpointRuleSet, EndpointRules, EndpointTestCase } from "../ir/endpoint-rules.ts";
import { readEndpointRuleSet, readEndpointTests } from "../reader/endpoint-rules.ts";
import { emitEndpointResolver } from "./compile.ts";

const runtime = {
  ConfigurationError,
  isValidHostLabel,
  isVirtualHostableS3Bucket,
  parseArn,
  parseUrl,
  partition,
  split,
  substring,
  uriEncode,
};

/** The printed function as it stands in a package. */
export function printResolver(rules: EndpointRules): string {
  return formatTypeScript("endpoint.ts", printCode(emitEndpointResolver(rules)));
}

export type Resolve = (given: EndpointParameters) => ResolvedEndpoint;

/** The printed function itself. */
export function loadResolver(rules: EndpointRules): Resolve {
  const script = stripTypeScriptTypes(printResolver(rules));
  const body = script.replace("export function", "return function");
  return new Function(...Object.keys(runtime), body)(...Object.values(runtime)) as Resolve;
}

/** What came out, in the form of a test case's expectation. */
export function outcomeOf(resolve: Resolve, given: EndpointParameters): unknown {
  try {
    return resolve(given);
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return { error: thrown.message };
    throw thrown;
  }
}

export interface ReferenceModel {
  readonly name: string;
  /** The rule set as it stands in the model. */
  readonly written: unknown;
  readonly ruleSet: EndpointRuleSet;
  readonly tests: readonly EndpointTestCase[];
}

function readModels(directory: string): readonly ReferenceModel[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".overlay.json"))
    .map((file) => readSmithyModel(join(directory, file), file));
}

function readSmithyModel(path: string, name: string): ReferenceModel {
  const { shapes } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly shapes: { readonly [id: string]: { readonly type: string; readonly traits?: object } };
  };
  const traits = Object.values(shapes).find(({ type }) => type === "service")?.traits ?? {};
  const found = new Map<string, unknown>(Object.entries(traits));
  const written = found.get("smithy.rules#endpointRuleSet");
  return {
    name,
    written,
    ruleSet: readEndpointRuleSet(written, [name]),
    tests: readEndpointTests(found.get("smithy.rules#endpointTests"), [name]),
  };
}

function readRuleSets(directory: string): readonly ReferenceModel[] {
  return readdirSync(directory)
    .map((service) => join(directory, service, "endpoint-rule-set-1.json"))
    .filter((path) => existsSync(path))
    .map((path) => {
      const written: unknown = JSON.parse(readFileSync(path, "utf8"));
      return { name: path, written, ruleSet: readEndpointRuleSet(written, [path]), tests: [] };
    });
}

export const ownModels: readonly ReferenceModel[] = readModels(
  fileURLToPath(new URL("../../../models", import.meta.url)),
);

/** A folder with AWS's models, where there is one. */
export const referenceData: string | undefined = process.env.PAWPRINT_REFERENCE_DATA;

export const referenceModels: readonly ReferenceModel[] =
  referenceData === undefined ? [] : readModels(join(referenceData, "smithy-models"));

export const referenceRuleSets: readonly ReferenceModel[] =
  referenceData === undefined ? [] : readRuleSets(join(referenceData, "service-2-models"));

const texts = [
  "us-east-1",
  "us-gov-west-1",
  "cn-north-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "aws-global",
  "local",
  "",
  "not a label",
  "required",
  "disabled",
  "preferred",
  "123456789012",
  "control",
  "https://example.com",
  "arn:aws:dynamodb:us-east-1:123456789012:table/name",
  "arn:aws:dynamodb:us-east-1::table/name",
  "arn:aws:kinesis:us-east-1:123456789012:stream/name",
  "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/name",
  "arn:aws:kinesis:us-east-1:123456789012:consumer/name",
  "arn:aws:kinesis:us-east-1:123456789012:/name",
  "arn:aws:sqs:us_east:123456789012:name",
];

/** Parameters by the thousand, the same in each run. */
export function* someParameters(
  { parameters }: EndpointRules,
  count: number,
): Generator<EndpointParameters> {
  let state = 1;
  const next = (bound: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
  const text = (): string => texts[next(texts.length)] ?? "";
  for (let index = 0; index < count; index++) {
    const values = parameters.map(({ type, builtIn }) => {
      if (next(3) === 0) return undefined;
      if (type === "boolean") return next(2) === 0;
      if (type === "stringArray") return Array.from({ length: next(3) }, text);
      return builtIn === "AWS::Region" && next(2) === 0 ? "us-east-1" : text();
    });
    yield Object.fromEntries(parameters.map(({ name }, at) => [name, values[at]]));
  }
}

/** What a test case of a model expects to come out. */
export function expectedOutcome(expected: EndpointTestCase["expect"]): unknown {
  if ("error" in expected) return expected;
  const { url, headers, properties } = expected.endpoint;
  const authSchemes = properties?.authSchemes;
  return {
    url,
    ...(headers && Object.keys(headers).length > 0 && { headers }),
    ...(authSchemes !== undefined && { authSchemes }),
  };
}
