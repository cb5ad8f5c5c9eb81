import { describe, expect, test } from "vitest";
import { readEndpointRuleSet, readEndpointTests } from "./endpoint-rules.ts";

const address = ["model.json", "com.example#Service"];

const parameters = {
  Region: { type: "String", builtIn: "AWS::Region", documentation: "The region." },
  UseFIPS: { type: "boolean", required: true, default: false },
  Names: { type: "stringArray" },
};

const fallback = { type: "error", conditions: [], error: "nowhere" };

function readRules(...rules: readonly unknown[]): ReturnType<typeof readEndpointRuleSet> {
  return readEndpointRuleSet({ version: "1.0", parameters, rules }, address);
}

function readConditions(...conditions: readonly unknown[]): ReturnType<typeof readEndpointRuleSet> {
  return readRules({ type: "error", conditions, error: "found" }, fallback);
}

function readUrl(url: unknown): unknown {
  const isSet = { fn: "isSet", argv: [{ ref: "Region" }] };
  const partition = { fn: "aws.partition", argv: [{ ref: "Region" }], assign: "part" };
  const names = { fn: "isSet", argv: [{ ref: "Names" }] };
  const conditions = [isSet, partition, names];
  const [rule] = readRules({ type: "endpoint", conditions, endpoint: { url } }).rules;
  return rule?.type === "endpoint" ? rule.url : undefined;
}

const text = (value: string): unknown => ({ kind: "template", parts: [value] });
const reference = (name: string): unknown => ({ kind: "reference", name });

test("parameters keep their order, and their types are written in one way", () => {
  expect(readRules(fallback).parameters).toEqual([
    {
      name: "Region",
      type: "string",
      builtIn: "AWS::Region",
      required: false,
      default: undefined,
      documentation: "The region.",
    },
    {
      name: "UseFIPS",
      type: "boolean",
      builtIn: undefined,
      required: true,
      default: false,
      documentation: undefined,
    },
    {
      name: "Names",
      type: "stringArray",
      builtIn: undefined,
      required: false,
      default: undefined,
      documentation: undefined,
    },
  ]);
});

test("a built-in that nothing knows is refused, with what is known", () => {
  const moon = { Moon: { type: "string", builtIn: "AWS::Moon" } };
  const ruleSet = { version: "1.0", parameters: moon, rules: [fallback] };
  expect(() => readEndpointRuleSet(ruleSet, address)).toThrow(
    'model.json: com.example#Service: /parameters/Moon/builtIn: found "AWS::Moon"; one of "AWS::Auth::AccountId", ',
  );
});

test("conditions, what they assign, and the three kinds of rules are read", () => {
  const { rules } = readRules(
    {
      type: "tree",
      documentation: "With a region.",
      conditions: [
        { fn: "isSet", argv: [{ ref: "Region" }] },
        { fn: "aws.partition", argv: [{ ref: "Region" }], assign: "part" },
      ],
      rules: [
        {
          type: "endpoint",
          conditions: [],
          endpoint: {
            url: "https://a.{part#dnsSuffix}",
            properties: { authSchemes: [{ name: "sigv4", signingRegion: "{Region}" }] },
            headers: { "x-region": ["{Region}", "*"] },
          },
        },
      ],
    },
    fallback,
  );
  expect(rules).toEqual([
    {
      type: "tree",
      documentation: "With a region.",
      conditions: [
        {
          call: { kind: "call", function: "isSet", arguments: [reference("Region")] },
          assign: undefined,
        },
        {
          call: { kind: "call", function: "aws.partition", arguments: [reference("Region")] },
          assign: "part",
        },
      ],
      rules: [
        {
          type: "endpoint",
          documentation: undefined,
          conditions: [],
          url: {
            kind: "template",
            parts: [
              "https://a.",
              {
                kind: "call",
                function: "getAttr",
                arguments: [reference("part"), text("dnsSuffix")],
              },
            ],
          },
          properties: {
            authSchemes: {
              kind: "list",
              items: [
                {
                  kind: "record",
                  entries: {
                    name: text("sigv4"),
                    signingRegion: { kind: "template", parts: [reference("Region")] },
                  },
                },
              ],
            },
          },
          headers: { "x-region": [{ kind: "template", parts: [reference("Region")] }, text("*")] },
        },
      ],
    },
    { type: "error", documentation: undefined, conditions: [], error: text("nowhere") },
  ]);
});

describe("a template is taken apart", () => {
  test.each([
    ["", []],
    ["plain", ["plain"]],
    ["{Region}", [reference("Region")]],
    ["a{Region}b{Region}", ["a", reference("Region"), "b", reference("Region")]],
    ["{{{Region}}}", ["{", reference("Region"), "}"]],
    ["{{Region}}", ["{Region}"]],
    [
      "{part#name}",
      [{ kind: "call", function: "getAttr", arguments: [reference("part"), text("name")] }],
    ],
  ])("%j", (template, parts) => {
    expect(readUrl(template)).toEqual({ kind: "template", parts });
  });

  test.each([
    ["{Region", 'has a "{" without its pair'],
    ["Region}", 'has a "}" without its pair'],
    ["{Re{gion}", 'has a "{" without its pair'],
    ["{}", 'nothing is called "" here'],
    ["{Regoin}", 'nothing is called "Regoin" here; what is: Region, UseFIPS, Names, part'],
    ["{UseFIPS}", "found a boolean; a string belongs here"],
    ["{part}", "found a partition; a string belongs here"],
    ["{part#suffix}", 'a partition has no "suffix"'],
    ["{part#name[0]}", 'a partition has no "name[0]"'],
    ["{part#name.}", 'a partition has no "name."'],
    ["{Names#[0]}", "what getAttr gives may be absent"],
  ])("%j is refused: %s", (template, problem) => {
    expect(() => readUrl(template)).toThrow(
      "model.json: com.example#Service: /rules/0/endpoint/url: ",
    );
    expect(() => readUrl(template)).toThrow(problem);
  });
});

describe("a condition that cannot be evaluated is refused with its place", () => {
  const region = { ref: "Region" };
  test.each([
    [{ fn: "isSett", argv: [region] }, '/fn: "isSett" is no function of endpoint rules'],
    [{ fn: "constructor", argv: [] }, '/fn: "constructor" is no function of endpoint rules'],
    [{ fn: "not", argv: [] }, "/argv: not is called with 0 arguments; it takes 1"],
    [
      { fn: "coalesce", argv: ["a"] },
      "/argv: coalesce is called with 1 arguments; it takes 2 or more",
    ],
    [{ fn: "isSet", argv: [{ ref: "Regoin" }] }, '/argv/0/ref: nothing is called "Regoin" here'],
    [{ fn: "stringEquals", argv: ["a", true] }, "/argv/1: found a boolean; a string belongs here"],
    [
      { fn: "stringEquals", argv: ["a", region] },
      '/argv/1: "Region" may be absent; a condition must make sure of it before',
    ],
    [
      { fn: "not", argv: [{ fn: "uriEncode", argv: [region] }] },
      '/argv/0/argv/0: "Region" may be absent',
    ],
    [{ fn: "getAttr", argv: [{ ref: "Names" }, "[x]"] }, '/argv/1: a list of strings has no "[x]"'],
    [{ fn: "coalesce", argv: ["a", true] }, "/argv: coalesce is called with a string, a boolean"],
    [{ fn: "isSet", argv: [{}] }, "/argv/0: found an object;"],
    [{ fn: "isSet", argv: [null] }, "/argv/0: found null;"],
    [{ fn: "isSet" }, "/argv: found nothing; an array belongs here"],
    [{ fn: "isSet", argv: [region], asign: "x" }, "/asign: unknown property"],
    [{ fn: "isSet", argv: [region], assign: "Region" }, '/assign: "Region" is taken here'],
    [{ fn: "isSet", argv: [region], assign: "a b" }, '/assign: found "a b"; a name of letters'],
    [
      { fn: "substring", argv: ["abc", 0.5, 1, false] },
      "/argv/1: found 0.5; a whole number belongs here",
    ],
  ])("%j", (condition, problem) => {
    expect(() => readConditions(condition)).toThrow(
      `model.json: com.example#Service: /rules/0/conditions/0${problem}`,
    );
  });
});

test("a parameter can be used once isSet made sure of it, and no longer behind the rule", () => {
  const isSet = { fn: "isSet", argv: [{ ref: "Region" }] };
  const use = { fn: "stringEquals", argv: [{ ref: "Region" }, "local"] };
  expect(() => readConditions(isSet, use)).not.toThrow();
  expect(() =>
    readRules(
      { type: "error", conditions: [isSet], error: "a" },
      { ...fallback, error: "{Region}" },
    ),
  ).toThrow('/rules/1/error: "Region" may be absent');
});

test("what a condition assigns is known behind it in its rule and nowhere else", () => {
  const assign = { fn: "aws.partition", argv: ["us-east-1"], assign: "part" };
  const use = { fn: "isSet", argv: [{ ref: "part" }] };
  expect(() => readConditions(assign, use)).not.toThrow();
  expect(() => readConditions(use, assign)).toThrow('nothing is called "part" here');
  expect(() =>
    readRules(
      { type: "error", conditions: [assign], error: "{part#name}" },
      { type: "error", conditions: [], error: "{part#name}" },
    ),
  ).toThrow('/rules/1/error: nothing is called "part" here');
});

describe("a rule set of another form is refused", () => {
  const endpoint = { type: "endpoint", conditions: [] };
  test.each([
    [{ version: "2.0", parameters, rules: [fallback] }, '/version: found "2.0"'],
    [{ parameters, rules: [fallback] }, "/version: found nothing"],
    [{ version: "1.0", rules: [fallback] }, "/parameters: found nothing; an object belongs here"],
    [{ version: "1.0", parameters, rules: [] }, "/rules: found an array; at least one rule"],
    [{ version: "1.0", parameters, rules: [], root: 2 }, "/root: unknown property"],
    [
      { version: "1.0", parameters: { A: { type: "int" } }, rules: [fallback] },
      '/parameters/A/type: found "int"; one of "boolean", "string", "stringArray" belongs here',
    ],
    [
      { version: "1.0", parameters: { A: { type: "boolean", default: true } }, rules: [fallback] },
      '/parameters/A: a default without "required"',
    ],
    [
      {
        version: "1.0",
        parameters: { A: { type: "boolean", required: true, default: "no" } },
        rules: [fallback],
      },
      '/parameters/A/default: found "no"; true or false belongs here',
    ],
    [
      { version: "1.0", parameters, rules: [{ conditions: [], error: "x" }] },
      '/rules/0/type: found nothing; one of "endpoint", "error", "tree" belongs here',
    ],
    [
      { version: "1.0", parameters, rules: [{ type: "error", error: "x" }] },
      "/rules/0/conditions: found nothing; an array belongs here",
    ],
    [
      { version: "1.0", parameters, rules: [{ ...fallback, rules: [] }] },
      "/rules/0/rules: unknown property",
    ],
    [
      { version: "1.0", parameters, rules: [{ ...endpoint, endpoint: {} }] },
      "/rules/0/endpoint/url: found nothing",
    ],
    [
      {
        version: "1.0",
        parameters,
        rules: [{ ...endpoint, endpoint: { url: "x", properties: { other: 1 } } }],
      },
      "/rules/0/endpoint/properties/other: unknown property",
    ],
    [
      {
        version: "1.0",
        parameters,
        rules: [
          {
            ...endpoint,
            endpoint: { url: "x", properties: { authSchemes: [{ name: "sigv4", region: "x" }] } },
          },
        ],
      },
      "/rules/0/endpoint/properties/authSchemes/0/region: unknown property",
    ],
  ])("%j", (ruleSet, problem) => {
    expect(() => readEndpointRuleSet(ruleSet, address)).toThrow(
      `model.json: com.example#Service: ${problem}`,
    );
  });
});

test("test cases are read, and a case without params has none", () => {
  const testCases = [
    { documentation: "a", params: { Region: "x" }, expect: { endpoint: { url: "https://x" } } },
    { expect: { error: "Missing Region" }, operationInputs: [] },
  ];
  expect(readEndpointTests({ version: "1.0", testCases }, address)).toEqual([
    { documentation: "a", params: { Region: "x" }, expect: { endpoint: { url: "https://x" } } },
    { documentation: undefined, params: {}, expect: { error: "Missing Region" } },
  ]);
});

test.each([
  [{ expect: {} }, '/testCases/0/expect: found an object; an object with either "endpoint" or'],
  [{ params: {} }, "/testCases/0/expect: found nothing"],
  [{ expect: { endpoint: {} } }, "/testCases/0/expect/endpoint/url: found nothing"],
  [{ expect: { error: "x" }, skip: true }, "/testCases/0/skip: unknown property"],
])("the test case %j is refused", (testCase, problem) => {
  const tests = { version: "1.0", testCases: [testCase] };
  expect(() => readEndpointTests(tests, address)).toThrow(problem);
});
