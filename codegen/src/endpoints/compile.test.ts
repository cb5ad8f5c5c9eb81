// biome-ignore-all lint/suspicious/noTemplateCurlyInString: printed code has templates
import { describe, expect, test } from "vitest";
import { parseArn } from "../../../packages/runtime/src/endpoints/arn.ts";
import type { EndpointParameters } from "../../../packages/runtime/src/endpoints/endpoint.ts";
import { isValidHostLabel } from "../../../packages/runtime/src/endpoints/host-label.ts";
import { partition } from "../../../packages/runtime/src/endpoints/partition.ts";
import { emitSourceFile } from "../emit/source-file.ts";
import type {
  EndpointExpression,
  EndpointProperty,
  EndpointRule,
  EndpointRuleSet,
} from "../ir/endpoint-rules.ts";
import { readEndpointRuleSet } from "../reader/endpoint-rules.ts";
import { emitEndpointResolver } from "./compile.ts";
import {
  expectedOutcome,
  loadResolver,
  outcomeOf,
  ownModels,
  printResolver,
  type ReferenceModel,
  referenceData,
  referenceModels,
  referenceRuleSets,
  someParameters,
} from "./resolver.test-program.ts";
import { typeCheck } from "./type-check.test-program.ts";

const address = ["model.json", "com.example#Service"];

const parameters = {
  Region: { type: "string", builtIn: "AWS::Region" },
  UseFIPS: { type: "boolean", required: true, default: false },
  UseDualStack: { type: "boolean", required: true, default: false },
  Endpoint: { type: "string" },
  Bucket: { type: "string" },
  Accelerate: { type: "boolean" },
  Arns: { type: "stringArray" },
};

const isSet = (name: string): unknown => ({ fn: "isSet", argv: [{ ref: name }] });
const isTrue = (name: string): unknown => ({ fn: "booleanEquals", argv: [{ ref: name }, true] });
const isFalse = (name: string): unknown => ({ fn: "booleanEquals", argv: [{ ref: name }, false] });
const equals = (name: string, text: string): unknown => ({
  fn: "stringEquals",
  argv: [{ ref: name }, text],
});
const not = (condition: unknown): unknown => ({ fn: "not", argv: [condition] });
const assign = (name: string, fn: string, ...argv: readonly unknown[]): unknown => ({
  fn,
  argv,
  assign: name,
});
const endpoint = (conditions: readonly unknown[], url: unknown): unknown => ({
  type: "endpoint",
  conditions,
  endpoint: { url },
});
const error = (conditions: readonly unknown[], message: unknown): unknown => ({
  type: "error",
  conditions,
  error: message,
});
const tree = (conditions: readonly unknown[], ...rules: readonly unknown[]): unknown => ({
  type: "tree",
  conditions,
  rules,
});

/** Every rule set of these tests, to be type-checked at the end. */
const printed = new Map<string, EndpointRuleSet>();

function readRules(rules: readonly unknown[]): EndpointRuleSet {
  const ruleSet = readEndpointRuleSet({ version: "1.1", parameters, rules }, address);
  printed.set(`inline-${printed.size}`, ruleSet);
  return ruleSet;
}

/** Its body, without the line that reads the parameters. */
function printBody(...rules: readonly unknown[]): string {
  const text = printResolver(readRules(rules));
  const body = /\{\n(?: {2}const \{[^}]*\} = parameters[^;]*;\n)?(?<body>.*?)\n\}/s.exec(text);
  return (body?.groups?.body ?? "").replaceAll(/^ {2}/gm, "");
}

function resolveWith(given: EndpointParameters, ...rules: readonly unknown[]): unknown {
  return outcomeOf(loadResolver(readRules(rules)), given);
}

describe("the printed code reads as a person would write it", () => {
  test("booleans stand for themselves, and what is known is not asked again", () => {
    expect(
      printBody(
        tree(
          [isTrue("UseFIPS"), isTrue("UseDualStack")],
          endpoint([isTrue("UseFIPS")], "https://both"),
        ),
        endpoint([isTrue("UseFIPS"), isFalse("UseDualStack")], "https://fips"),
        endpoint([isFalse("UseFIPS"), isTrue("UseDualStack")], "https://dual"),
        endpoint([], "https://plain"),
      ),
    ).toBe(
      [
        "if (UseFIPS && UseDualStack) {",
        '  return { url: "https://both" };',
        "}",
        "if (UseFIPS) {",
        '  return { url: "https://fips" };',
        "}",
        "if (UseDualStack) {",
        '  return { url: "https://dual" };',
        "}",
        'return { url: "https://plain" };',
      ].join("\n"),
    );
  });

  test("a rule without conditions is the last one, and its tree needs no block", () => {
    expect(
      printBody(
        tree([], endpoint([isTrue("UseFIPS")], "https://fips"), tree([], error([], "no"))),
        endpoint([], "https://never"),
      ),
    ).toBe(
      [
        "if (UseFIPS) {",
        '  return { url: "https://fips" };',
        "}",
        'throw new ConfigurationError("no");',
      ].join("\n"),
    );
  });

  test("what is exceptional comes first, and the rest is not nested", () => {
    expect(
      printBody(
        tree(
          [isSet("Region")],
          tree(
            [assign("PartitionResult", "aws.partition", { ref: "Region" })],
            endpoint([isTrue("UseFIPS")], "https://fips.{PartitionResult#dnsSuffix}"),
            endpoint([], "https://{Region}.{PartitionResult#dnsSuffix}"),
          ),
        ),
        error([], "Missing Region"),
      ),
    ).toBe(
      [
        "if (Region === undefined) {",
        '  throw new ConfigurationError("Missing Region");',
        "}",
        "const partitionResult = partition(Region);",
        "if (UseFIPS) {",
        "  return { url: `https://fips.${partitionResult.dnsSuffix}` };",
        "}",
        "return { url: `https://${Region}.${partitionResult.dnsSuffix}` };",
      ].join("\n"),
    );
  });

  test("a value that may be absent is checked, and what nothing reads is not computed", () => {
    expect(
      printBody(
        endpoint(
          [
            isSet("Arns"),
            assign("First", "getAttr", { ref: "Arns" }, "[0]"),
            assign("Unused", "aws.partition", "us-east-1"),
            assign("Arn", "aws.parseArn", { ref: "First" }),
          ],
          "https://{Arn#service}",
        ),
        error([], "none"),
      ),
    ).toBe(
      [
        "if (Arns !== undefined) {",
        "  const first = Arns[0];",
        "  if (first !== undefined) {",
        "    const arn = parseArn(first);",
        "    if (arn !== undefined) {",
        "      return { url: `https://${arn.service}` };",
        "    }",
        "  }",
        "}",
        'throw new ConfigurationError("none");',
      ].join("\n"),
    );
  });

  test("comparing with text needs no other check", () => {
    expect(
      printBody(
        endpoint([isSet("Region"), equals("Region", "local")], "http://localhost"),
        error([], "x"),
      ),
    ).toBe(
      [
        'if (Region === "local") {',
        '  return { url: "http://localhost" };',
        "}",
        'throw new ConfigurationError("x");',
      ].join("\n"),
    );
  });

  test("the same value of two rules is computed once where both see it", () => {
    const partitionOf = assign("Result", "aws.partition", "us-east-1");
    const named = (name: string): unknown => ({
      fn: "stringEquals",
      argv: [{ fn: "getAttr", argv: [{ ref: "Result" }, "name"] }, name],
    });
    expect(
      printBody(
        endpoint([partitionOf, named("aws")], "https://a"),
        endpoint([partitionOf, named("aws-cn")], "https://cn"),
        error([], "x"),
      ),
    ).toBe(
      [
        'const result = partition("us-east-1");',
        'if (result.name === "aws") {',
        '  return { url: "https://a" };',
        "}",
        'if (result.name === "aws-cn") {',
        '  return { url: "https://cn" };',
        "}",
        'throw new ConfigurationError("x");',
      ].join("\n"),
    );
  });

  test("a rule that can never match is left out", () => {
    expect(
      printBody(
        tree(
          [isSet("Region"), equals("Region", "local")],
          endpoint([equals("Region", "other")], "https://never"),
          endpoint([not(equals("Region", "other"))], "http://localhost"),
        ),
        error([], "x"),
      ),
    ).not.toContain("never");
  });

  test("names that the language or the code needs are changed", () => {
    const ruleSet = readEndpointRuleSet(
      {
        version: "1.0",
        parameters: { default: { type: "string" }, partition: { type: "string" } },
        rules: [
          endpoint(
            [
              isSet("default"),
              assign("Partition", "aws.partition", { ref: "default" }),
              isSet("partition"),
            ],
            "https://{partition}.{Partition#name}",
          ),
        ],
      },
      address,
    );
    printed.set("names", ruleSet);
    const text = printResolver(ruleSet);
    expect(text).toContain("const { default: default2, partition: partition2 } = parameters");
    expect(text).toContain("const partition3 = partition(default2);");
    expect(outcomeOf(loadResolver(ruleSet), { default: "cn-north-1", partition: "p" })).toEqual({
      url: "https://p.aws-cn",
    });
  });

  test("long lines are broken", () => {
    const long = "https://{Region}.with-a-name-that-is-rather-long.and-goes-on-and-on.example.com";
    expect(
      printBody(endpoint([isSet("Region")], long), error([], `${long.slice(16)} is long`)),
    ).toBe(
      [
        "if (Region !== undefined) {",
        "  return {",
        "    url: `https://${Region}.with-a-name-that-is-rather-long.and-goes-on-and-on.example.com`,",
        "  };",
        "}",
        "throw new ConfigurationError(",
        '  ".with-a-name-that-is-rather-long.and-goes-on-and-on.example.com is long",',
        ");",
      ].join("\n"),
    );
  });

  test("a resolver that depends on nothing takes nothing", () => {
    expect(printResolver(readRules([endpoint([], "https://a")]))).toContain(
      "export function resolveEndpoint(): ResolvedEndpoint {\n  return",
    );
  });
});

describe("the printed code does what the rules say", () => {
  test("parameters that are not given have their defaults", () => {
    const rules = [endpoint([isTrue("UseFIPS")], "https://fips"), endpoint([], "https://plain")];
    expect(resolveWith({}, ...rules)).toEqual({ url: "https://plain" });
    expect(resolveWith({ UseFIPS: undefined }, ...rules)).toEqual({ url: "https://plain" });
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({ url: "https://fips" });
  });

  test("a parameter that must be given and is not is an error", () => {
    const ruleSet = readEndpointRuleSet(
      {
        version: "1.0",
        parameters: { Bucket: { type: "string", required: true } },
        rules: [endpoint([], "https://{Bucket}")],
      },
      address,
    );
    printed.set("required", ruleSet);
    const resolve = loadResolver(ruleSet);
    expect(outcomeOf(resolve, {})).toEqual({ error: "The endpoint parameter Bucket is missing" });
    expect(outcomeOf(resolve, { Bucket: "a" })).toEqual({ url: "https://a" });
  });

  test("once the conditions of a tree hold, no rule behind it is looked at", () => {
    const rules = [
      tree([isTrue("UseFIPS")], endpoint([isTrue("UseDualStack")], "https://both")),
      endpoint([], "https://plain"),
    ];
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({
      error: "No endpoint rule matches these parameters",
    });
    expect(resolveWith({ UseDualStack: true }, ...rules)).toEqual({ url: "https://plain" });
  });

  test("headers and authentication schemes come along", () => {
    const rule = {
      type: "endpoint",
      conditions: [isSet("Region")],
      endpoint: {
        url: "https://a",
        headers: { "x-amz-region": ["{Region}", "*"] },
        properties: {
          authSchemes: [
            { name: "sigv4a", signingRegionSet: ["*"], disableDoubleEncoding: true },
            { name: "sigv4", signingName: "s3", signingRegion: "{Region}" },
          ],
          backend: "S3Express",
          metricValues: ["O"],
        },
      },
    };
    expect(resolveWith({ Region: "us-east-1" }, rule)).toEqual({
      url: "https://a",
      headers: { "x-amz-region": ["us-east-1", "*"] },
      authSchemes: [
        { name: "sigv4a", signingRegionSet: ["*"], disableDoubleEncoding: true },
        { name: "sigv4", signingName: "s3", signingRegion: "us-east-1" },
      ],
    });
  });

  test("text keeps its backticks, backslashes, quotes and braces", () => {
    const message = '`{Bucket}` $\\{Bucket} ${Bucket} \\n "{{}}"';
    expect(resolveWith({ Bucket: "b" }, error([isSet("Bucket")], message))).toEqual({
      error: '`b` $\\b $b \\n "{}"',
    });
    expect(resolveWith({ Bucket: "b" }, error([isSet("Bucket")], "a\n  {Bucket}\r"))).toEqual({
      error: "a\n  b\r",
    });
  });

  test("parseURL gives the parts of a URL, or nothing", () => {
    const rules = [
      endpoint(
        [isSet("Endpoint"), assign("url", "parseURL", "{Endpoint}")],
        "{url#scheme}://b.{url#authority}{url#normalizedPath}",
      ),
      error([], "bad"),
    ];
    expect(resolveWith({ Endpoint: "https://a:80/c" }, ...rules)).toEqual({
      url: "https://b.a:80/c/",
    });
    expect(resolveWith({ Endpoint: "ftp://a" }, ...rules)).toEqual({ error: "bad" });
  });

  test("an attribute of what may be absent may be absent", () => {
    const scheme = {
      fn: "getAttr",
      argv: [{ fn: "parseURL", argv: [{ ref: "Endpoint" }] }, "scheme"],
    };
    const rules = [
      endpoint([isSet("Endpoint"), assign("scheme", "coalesce", scheme, "none")], "{scheme}://a"),
      error([], "unset"),
    ];
    expect(resolveWith({ Endpoint: "http://b" }, ...rules)).toEqual({ url: "http://a" });
    expect(resolveWith({ Endpoint: "b" }, ...rules)).toEqual({ url: "none://a" });
  });

  test("substring, uriEncode and split take text apart", () => {
    const rules = [
      error(
        [
          isSet("Bucket"),
          assign("end", "substring", { ref: "Bucket" }, 0, 3, true),
          assign("encoded", "uriEncode", { ref: "end" }),
          assign("parts", "split", { ref: "Bucket" }, "--", 0),
          assign("last", "getAttr", { ref: "parts" }, "[-1]"),
        ],
        "{encoded} {last}",
      ),
      error([], "short"),
    ];
    expect(resolveWith({ Bucket: "a--b--c d" }, ...rules)).toEqual({ error: "c%20d c d" });
    expect(resolveWith({ Bucket: "ab" }, ...rules)).toEqual({ error: "short" });
  });

  test("empty text is a value, and false is not", () => {
    const empty = assign("text", "coalesce", { ref: "Bucket" }, { ref: "Region" });
    const rules = [error([empty], "[{text}]"), error([], "none")];
    expect(resolveWith({ Bucket: "", Region: "r" }, ...rules)).toEqual({ error: "[]" });
    expect(resolveWith({ Region: "r" }, ...rules)).toEqual({ error: "[r]" });
    expect(resolveWith({}, ...rules)).toEqual({ error: "none" });
    const flag = { fn: "coalesce", argv: [{ ref: "Accelerate" }, false] };
    const flags = [error([flag], "on"), error([], "off")];
    expect(resolveWith({ Accelerate: true }, ...flags)).toEqual({ error: "on" });
    expect(resolveWith({ Accelerate: false }, ...flags)).toEqual({ error: "off" });
    expect(resolveWith({}, ...flags)).toEqual({ error: "off" });
  });

  test("ite chooses, also by what it computes", () => {
    const off = { fn: "not", argv: [{ fn: "coalesce", argv: [{ ref: "Accelerate" }, false] }] };
    const rules = [
      endpoint(
        [
          assign("fips", "ite", { ref: "UseFIPS" }, "-fips", ""),
          assign("plain", "ite", off, "plain", {
            fn: "coalesce",
            argv: [{ ref: "Bucket" }, "fast"],
          }),
        ],
        "https://a{fips}.{plain}",
      ),
    ];
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({ url: "https://a-fips.plain" });
    expect(resolveWith({ Accelerate: true }, ...rules)).toEqual({ url: "https://a.fast" });
    expect(resolveWith({ Accelerate: true, Bucket: "b" }, ...rules)).toEqual({
      url: "https://a.b",
    });
  });

  test("a choice compares with any text", () => {
    const suffix = assign("suffix", "ite", { ref: "UseFIPS" }, "-fips", "");
    const partitionOf = assign("result", "aws.partition", "us-{suffix}");
    const rules = [
      error([suffix, equals("suffix", "-fips")], "fips"),
      error([suffix, equals("suffix", "other")], "other"),
      error([suffix, partitionOf, equals("suffix", "")], "{result#name}"),
    ];
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({ error: "fips" });
    expect(resolveWith({}, ...rules)).toEqual({ error: "aws" });
  });

  test("what two rules say together still leaves a check that types need", () => {
    const rules = [
      error([isTrue("UseFIPS"), not(isSet("Region"))], "no region"),
      endpoint(
        [isTrue("UseFIPS"), isSet("Region"), assign("part", "aws.partition", { ref: "Region" })],
        "https://{Region}.{part#dnsSuffix}",
      ),
      error([], "no fips"),
    ];
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({ error: "no region" });
    expect(resolveWith({ UseFIPS: true, Region: "cn-north-1" }, ...rules)).toEqual({
      url: "https://cn-north-1.amazonaws.com.cn",
    });
    expect(resolveWith({}, ...rules)).toEqual({ error: "no fips" });
  });

  test("conditions can be values, assigned and compared", () => {
    const virtual = assign("virtual", "aws.isVirtualHostableS3Bucket", { ref: "Bucket" }, true);
    const same = { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, { ref: "UseDualStack" }] };
    const different = { fn: "booleanEquals", argv: [same, false] };
    const rules = [
      error([different], "different"),
      error(
        [isSet("Bucket"), virtual, { fn: "booleanEquals", argv: [{ ref: "virtual" }, true] }],
        "virtual",
      ),
      error([assign("fips", "booleanEquals", { ref: "UseFIPS" }, true)], "both"),
      error([], "neither"),
    ];
    expect(resolveWith({ UseFIPS: true }, ...rules)).toEqual({ error: "different" });
    expect(resolveWith({ Bucket: "bucket" }, ...rules)).toEqual({ error: "virtual" });
    expect(resolveWith({ Bucket: "b" }, ...rules)).toEqual({ error: "neither" });
    expect(resolveWith({ UseFIPS: true, UseDualStack: true }, ...rules)).toEqual({ error: "both" });
  });

  test("a list can stand for one that is not given", () => {
    const rules = [
      error(
        [
          assign("list", "coalesce", { ref: "Arns" }, ["{Region}-a", "b"]),
          assign("first", "getAttr", { ref: "list" }, "[0]"),
        ],
        "{first}",
      ),
      error([], "none"),
    ].map((rule) => tree([isSet("Region")], rule));
    expect(resolveWith({ Region: "r" }, ...rules)).toEqual({ error: "r-a" });
    expect(resolveWith({ Region: "r", Arns: ["x"] }, ...rules)).toEqual({ error: "x" });
  });
});

/** Evaluates rules one after the other, with no thought of what the outcome of one says about another. */
class PlainEvaluation {
  private readonly ruleSet: EndpointRuleSet;

  constructor(ruleSet: EndpointRuleSet) {
    this.ruleSet = ruleSet;
  }

  resolve(given: EndpointParameters): unknown {
    const scope = new Map<string, unknown>();
    for (const { name, default: value } of this.ruleSet.parameters) {
      scope.set(name, given[name] ?? value);
    }
    return this.first(this.ruleSet.rules, scope);
  }

  private first(rules: readonly EndpointRule[], scope: ReadonlyMap<string, unknown>): unknown {
    for (const rule of rules) {
      const inner = new Map(scope);
      const holds = rule.conditions.every(({ call, assign: name }) => {
        const value = this.value(call, inner);
        if (name !== undefined) inner.set(name, value);
        return value !== undefined && value !== false;
      });
      if (holds) return this.result(rule, inner);
    }
    return { error: "No endpoint rule matches these parameters" };
  }

  private result(rule: EndpointRule, scope: ReadonlyMap<string, unknown>): unknown {
    if (rule.type === "tree") return this.first(rule.rules, scope);
    if (rule.type === "error") return { error: this.value(rule.error, scope) };
    const { authSchemes } = rule.properties;
    const headers = Object.entries(rule.headers).map(([name, values]) => [
      name,
      values.map((value) => this.value(value, scope)),
    ]);
    return {
      url: this.value(rule.url, scope),
      ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
      ...(authSchemes && { authSchemes: this.property(authSchemes, scope) }),
    };
  }

  private property(property: EndpointProperty, scope: ReadonlyMap<string, unknown>): unknown {
    if (property.kind === "list") return property.items.map((item) => this.property(item, scope));
    if (property.kind !== "record") return this.value(property, scope);
    return Object.fromEntries(
      Object.entries(property.entries).map(([name, entry]) => [name, this.property(entry, scope)]),
    );
  }

  private value(expression: EndpointExpression, scope: ReadonlyMap<string, unknown>): unknown {
    switch (expression.kind) {
      case "boolean":
      case "number":
        return expression.value;
      case "reference":
        return scope.get(expression.name);
      case "array":
        return expression.items.map((item) => this.value(item, scope));
      case "template":
        return expression.parts
          .map((part) => (typeof part === "string" ? part : this.value(part, scope)))
          .join("");
      case "call":
        return this.call(
          expression.function,
          expression.arguments.map((argument) => this.value(argument, scope)),
        );
    }
  }

  private call(name: string, values: readonly unknown[]): unknown {
    const [first, second] = values;
    switch (name) {
      case "isSet":
        return first !== undefined;
      case "not":
        return first === false;
      case "booleanEquals":
      case "stringEquals":
        return first === second;
      case "getAttr":
        return String(second)
          .split(/[.[\]]+/)
          .filter((step) => step !== "")
          .reduce(
            (found, step) => (found as { [step: string]: unknown } | undefined)?.[step],
            first,
          );
      case "aws.partition":
        return partition(String(first));
      case "aws.parseArn":
        return parseArn(String(first));
      case "isValidHostLabel":
        return isValidHostLabel(String(first), second === true);
      default:
        throw new Error(`no model has used ${name} so far`);
    }
  }
}

function describeModel({ name, ruleSet, tests }: ReferenceModel): void {
  const resolve = loadResolver(ruleSet);
  printed.set(name, ruleSet);

  test(`${name}: the ${tests.length} test cases of the model hold`, () => {
    const outcomes = tests.map(({ params }) => outcomeOf(resolve, params as EndpointParameters));
    expect(outcomes).toEqual(tests.map(({ expect: expected }) => expectedOutcome(expected)));
  });

  test(`${name}: the resolver agrees with an evaluation of the rules`, () => {
    const evaluation = new PlainEvaluation(ruleSet);
    for (const given of someParameters(ruleSet, 5_000)) {
      expect(outcomeOf(resolve, given), JSON.stringify(given)).toEqual(evaluation.resolve(given));
    }
  });
}

describe("the project's own models", () => {
  test("there are some", () => expect(ownModels.length).toBeGreaterThan(0));
  ownModels.forEach(describeModel);
});

describe.skipIf(referenceData === undefined)("AWS's models (PAWPRINT_REFERENCE_DATA)", () => {
  test("there are some", () => expect(referenceModels.length).toBeGreaterThan(10));
  [...referenceModels, ...referenceRuleSets].forEach(describeModel);
});

test("the printed code compiles under the strictest settings", { timeout: 60_000 }, async () => {
  const files = [...printed.values()].map((ruleSet, index) =>
    emitSourceFile(`resolver-${index}.ts`, "// A test printed this.", [
      emitEndpointResolver(ruleSet),
    ]),
  );
  expect(await typeCheck(files)).toBe("");
});
