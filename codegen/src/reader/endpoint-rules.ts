import {
  attributeSteps,
  attributeType,
  type EndpointType,
  type EndpointTypeName,
  endpointFunction,
  literalText,
  resultOf,
} from "../ir/endpoint-functions.ts";
import {
  type BuiltIn,
  builtInNames,
  type EndpointCall,
  type EndpointCondition,
  type EndpointExpression,
  type EndpointParameter,
  type EndpointProperty,
  type EndpointResultRule,
  type EndpointRule,
  type EndpointRuleSet,
  type EndpointRules,
  type EndpointTestCase,
} from "../ir/endpoint-rules.ts";
import {
  type JsonObject,
  mismatch,
  type Reader,
  readArray,
  readArrayOf,
  readBoolean,
  readInteger,
  readObject,
  readObjectOf,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "./json.ts";
import { type Address, ModelError } from "./model-error.ts";

/**
 * Reads `smithy.rules#endpointRuleSet`, and checks all that can be checked without evaluating it:
 * each name is in scope, each function gets what it takes, and nothing that may be absent is used
 * before a condition makes sure of it.
 */
export function readEndpointRuleSet(value: unknown, address: Address): EndpointRuleSet {
  const ruleSet = readObject(value, address);
  refuseUnknownProperties(ruleSet, ["version", "parameters", "rules"], address);
  readProperty(ruleSet, "version", address, readVersion);
  const parameters = readProperty(ruleSet, "parameters", address, readParameters);
  const rules = readProperty(ruleSet, "rules", address, rulesReader(scopeOf(parameters)));
  return { parameters, rules };
}

/**
 * Reads `smithy.rules#endpointTests`. The `operationInputs` of a case are left out: they say how a
 * client comes by its `params`.
 */
export function readEndpointTests(value: unknown, address: Address): readonly EndpointTestCase[] {
  const tests = readObject(value, address);
  refuseUnknownProperties(tests, ["version", "testCases"], address);
  readProperty(tests, "version", address, readVersion);
  return readProperty(tests, "testCases", address, (cases, casesAddress) =>
    readArrayOf(cases, casesAddress, readTestCase),
  );
}

/** The parameter that something outside the rule set names. */
export function findParameter(
  { parameters }: EndpointRules,
  name: string,
  address: Address,
): EndpointParameter {
  const parameter = parameters.find((candidate) => candidate.name === name);
  if (parameter !== undefined) return parameter;
  const names = parameters.map((candidate) => candidate.name).join(", ");
  throw new ModelError(address, `the endpoint rules have no parameter ${name}; they have ${names}`);
}

/** The types of the names that a place in the rule set can refer to. */
export type Scope = ReadonlyMap<string, EndpointType>;

interface Typed {
  readonly expression: EndpointExpression;
  readonly type: EndpointType;
}

const versionPattern = /^1\.\d+$/;
const namePattern = /^[a-z_]\w*$/i;

export function readVersion(value: unknown, address: Address): string {
  const version = readString(value, address);
  if (!versionPattern.test(version)) throw mismatch(value, address, 'a version such as "1.0"');
  return version;
}

export function readParameters(value: unknown, address: Address): readonly EndpointParameter[] {
  return Object.entries(readObject(value, address)).map(([name, parameter]) =>
    readParameter(name, parameter, within(address, name)),
  );
}

function readParameter(name: string, value: unknown, address: Address): EndpointParameter {
  checkName(name, address);
  const parameter = readObject(value, address);
  refuseUnknownProperties(
    parameter,
    ["type", "builtIn", "default", "required", "documentation", "deprecated"],
    address,
  );
  const type = readProperty(parameter, "type", address, readParameterType);
  const required = readOptional(parameter, "required", address, readBoolean) ?? false;
  const defaultValue = readOptional<boolean | string | readonly string[]>(
    parameter,
    "default",
    address,
    defaultReaders[type],
  );
  if (defaultValue !== undefined && !required) {
    throw new ModelError(address, 'a default without "required"; both belong here');
  }
  return {
    name,
    type,
    builtIn: readOptional(parameter, "builtIn", address, readBuiltIn),
    required,
    default: defaultValue,
    documentation: readOptional(parameter, "documentation", address, readString),
  };
}

function readBuiltIn(value: unknown, address: Address): BuiltIn {
  return readOneOf(value, address, Object.keys(builtInNames) as readonly BuiltIn[]);
}

/** Models write these types in small letters and with a capital. */
function readParameterType(value: unknown, address: Address): EndpointParameter["type"] {
  const types = ["boolean", "string", "stringArray"] as const;
  const written = readString(value, address).toLowerCase();
  return types.find((type) => type.toLowerCase() === written) ?? readOneOf(value, address, types);
}

const defaultReaders: {
  readonly [type in EndpointParameter["type"]]: Reader<boolean | string | readonly string[]>;
} = { boolean: readBoolean, string: readString, stringArray: readStrings };

function readStrings(value: unknown, address: Address): readonly string[] {
  return readArrayOf(value, address, readString);
}

/** What is in scope everywhere. */
export function scopeOf(parameters: readonly EndpointParameter[]): Scope {
  return new Map(
    parameters.map(({ name, type, required }) => [name, { name: type, optional: !required }]),
  );
}

function rulesReader(scope: Scope): Reader<readonly EndpointRule[]> {
  return (value, address) => {
    const rules = readArrayOf(value, address, (rule, ruleAddress) =>
      readRule(rule, ruleAddress, scope),
    );
    if (rules.length === 0) throw mismatch(value, address, "at least one rule");
    return rules;
  };
}

const propertyOfRule = { endpoint: "endpoint", error: "error", tree: "rules" } as const;

export function readRule(value: unknown, address: Address, outer: Scope): EndpointRule {
  const rule = readObject(value, address);
  const type = readProperty(rule, "type", address, (name, nameAddress) =>
    readOneOf(name, nameAddress, ["endpoint", "error", "tree"]),
  );
  const content = propertyOfRule[type];
  refuseUnknownProperties(rule, ["type", "documentation", "conditions", content], address);
  const documentation = readOptional(rule, "documentation", address, readString);
  const [conditions, scope] = readProperty(rule, "conditions", address, conditionsReader(outer));
  switch (type) {
    case "endpoint": {
      const endpoint = readProperty(rule, content, address, endpointReader(scope));
      return { type, documentation, conditions, ...endpoint };
    }
    case "error": {
      const error = readProperty(rule, content, address, textReader(scope));
      return { type, documentation, conditions, error };
    }
    case "tree": {
      const rules = readProperty(rule, content, address, rulesReader(scope));
      return { type, documentation, conditions, rules };
    }
  }
}

/** Conditions, and the scope of what stands behind them. */
function conditionsReader(outer: Scope): Reader<[readonly EndpointCondition[], Scope]> {
  return (value, address) => {
    let scope = outer;
    const conditions = readArray(value, address).map((item, index) => {
      const { condition, gives } = readCondition(item, within(address, index), scope);
      scope = scopeWhere(condition, gives, scope);
      return condition;
    });
    return [conditions, scope];
  };
}

/** Reads a condition, and the type of what its call gives. */
export function readCondition(
  value: unknown,
  address: Address,
  scope: Scope,
): { readonly condition: EndpointCondition; readonly gives: EndpointType } {
  const condition = readObject(value, address);
  refuseUnknownProperties(condition, ["fn", "argv", "assign", "documentation"], address);
  const { call, type } = readCall(condition, address, scope);
  const assign = readOptional(condition, "assign", address, (name, nameAddress) =>
    readNewName(name, nameAddress, scope),
  );
  return { condition: { call, assign }, gives: type };
}

/** Where a condition holds, what it assigns and what it found to be set is there. */
export function scopeWhere(
  { call, assign }: EndpointCondition,
  gives: EndpointType,
  scope: Scope,
): Scope {
  const behind = new Map(scopeWithSet(call, scope));
  if (assign !== undefined) behind.set(assign, { ...gives, optional: false });
  return behind;
}

/** Where a condition does not hold, the only news is what `not(isSet(name))` asks for. */
export function scopeWhereNot({ call }: EndpointCondition, scope: Scope): Scope {
  const [negated] = call.arguments;
  return call.function === "not" && negated?.kind === "call" ? scopeWithSet(negated, scope) : scope;
}

function scopeWithSet({ function: name, arguments: [subject] }: EndpointCall, scope: Scope): Scope {
  if (name !== "isSet" || subject?.kind !== "reference") return scope;
  const found = scope.get(subject.name);
  return found === undefined
    ? scope
    : new Map([...scope, [subject.name, { ...found, optional: false }]]);
}

function readNewName(value: unknown, address: Address, scope: Scope): string {
  const name = readString(value, address);
  checkName(name, address);
  if (scope.has(name)) {
    throw new ModelError(address, `"${name}" is taken here; a name of its own belongs here`);
  }
  return name;
}

function checkName(name: string, address: Address): void {
  if (!namePattern.test(name)) throw mismatch(name, address, "a name of letters and digits");
}

function readCall(
  object: JsonObject,
  address: Address,
  scope: Scope,
): { readonly call: EndpointCall; readonly type: EndpointType } {
  const name = readProperty(object, "fn", address, readString);
  const called = endpointFunction(name);
  if (called === undefined) {
    throw new ModelError(within(address, "fn"), `"${name}" is no function of endpoint rules`);
  }
  const argumentsAddress = within(address, "argv");
  const values = readProperty(object, "argv", address, (argv) =>
    readArrayOf(argv, argumentsAddress, (value, at) => readExpression(value, at, scope)),
  );
  const { takes, more } = called;
  if (values.length < takes.length || (values.length > takes.length && !more)) {
    const right = more ? `${takes.length} or more` : takes.length;
    throw new ModelError(
      argumentsAddress,
      `${name} is called with ${values.length} arguments; it takes ${right}`,
    );
  }
  values.forEach((value, index) => {
    checkType(value, takes[index] ?? takes.at(-1) ?? "any?", within(argumentsAddress, index));
  });
  const types = values.map((value) => value.type);
  const expressions = values.map((value) => value.expression);
  const type = resultOf(called, types, expressions);
  if (type === undefined && name === "getAttr") {
    throw new ModelError(
      within(argumentsAddress, 1),
      `${describe(types[0])} has no ${describeText(expressions[1])}`,
    );
  }
  if (type === undefined) {
    throw new ModelError(
      argumentsAddress,
      `${name} is called with ${types.map(describe).join(", ")}; one type belongs here`,
    );
  }
  return { call: { kind: "call", function: name, arguments: expressions }, type };
}

function readExpression(value: unknown, address: Address, scope: Scope): Typed {
  switch (typeof value) {
    case "boolean":
      return { expression: { kind: "boolean", value }, type: present("boolean") };
    case "number":
      return {
        expression: { kind: "number", value: readInteger(value, address) },
        type: present("number"),
      };
    case "string":
      return { expression: readTemplate(value, address, scope), type: present("string") };
    default:
      return Array.isArray(value)
        ? readArrayExpression(value, address, scope)
        : readObjectExpression(value, address, scope);
  }
}

function readArrayExpression(value: unknown, address: Address, scope: Scope): Typed {
  const items = readArrayOf(value, address, textReader(scope));
  return { expression: { kind: "array", items }, type: present("stringArray") };
}

function readObjectExpression(value: unknown, address: Address, scope: Scope): Typed {
  const object = readObject(value, address);
  if (Object.hasOwn(object, "ref")) {
    refuseUnknownProperties(object, ["ref"], address);
    const name = readProperty(object, "ref", address, readString);
    return readReference(name, within(address, "ref"), scope);
  }
  if (Object.hasOwn(object, "fn")) {
    refuseUnknownProperties(object, ["fn", "argv"], address);
    const { call, type } = readCall(object, address, scope);
    return { expression: call, type };
  }
  throw mismatch(value, address, 'a value, or an object with "ref" or "fn",');
}

function readReference(name: string, address: Address, scope: Scope): Typed {
  const type = scope.get(name);
  if (type === undefined) {
    throw new ModelError(
      address,
      `nothing is called "${name}" here; what is: ${[...scope.keys()].join(", ")}`,
    );
  }
  return { expression: { kind: "reference", name }, type };
}

/** Takes `https://{Region}.{PartitionResult#dnsSuffix}` apart. `{{` and `}}` stand for braces. */
function readTemplate(template: string, address: Address, scope: Scope): EndpointExpression {
  const parts: (string | EndpointExpression)[] = [];
  let literal = "";
  for (const [token, placeholder] of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (placeholder !== undefined) {
      if (literal !== "") parts.push(literal);
      literal = "";
      parts.push(readPlaceholder(placeholder, address, scope));
    } else if (token === "{" || token === "}") {
      throw new ModelError(
        address,
        `${JSON.stringify(template)} has a "${token}" without its pair; "${token}${token}" stands for one`,
      );
    } else {
      literal += token === "{{" ? "{" : token === "}}" ? "}" : token;
    }
  }
  if (literal !== "") parts.push(literal);
  return { kind: "template", parts };
}

/** `Name`, or `Name#path` for an attribute of it. */
function readPlaceholder(placeholder: string, address: Address, scope: Scope): EndpointExpression {
  const hash = placeholder.indexOf("#");
  if (hash === -1) {
    const reference = readReference(placeholder, address, scope);
    checkType(reference, "string", address);
    return reference.expression;
  }
  const path = placeholder.slice(hash + 1);
  const subject = readReference(placeholder.slice(0, hash), address, scope);
  const steps = attributeSteps(path);
  const type = steps && attributeType(subject.type, steps);
  if (type === undefined) {
    throw new ModelError(address, `${describe(subject.type)} has no ${JSON.stringify(path)}`);
  }
  const expression: EndpointCall = {
    kind: "call",
    function: "getAttr",
    arguments: [subject.expression, { kind: "template", parts: [path] }],
  };
  checkType({ expression, type }, "string", address);
  return expression;
}

/** A reader of what must give a string. */
function textReader(scope: Scope): Reader<EndpointExpression> {
  return (value, address) => {
    const typed = readExpression(value, address, scope);
    checkType(typed, "string", address);
    return typed.expression;
  };
}

type EndpointResult = Pick<EndpointResultRule, "url" | "properties" | "headers">;

function endpointReader(scope: Scope): Reader<EndpointResult> {
  return (value, address) => {
    const endpoint = readObject(value, address);
    refuseUnknownProperties(endpoint, ["url", "properties", "headers"], address);
    return {
      url: readProperty(endpoint, "url", address, textReader(scope)),
      properties: readOptional(endpoint, "properties", address, propertiesReader(scope)) ?? {},
      headers:
        readOptional(endpoint, "headers", address, (headers, headersAddress) =>
          readObjectOf(headers, headersAddress, (values, valuesAddress) =>
            readArrayOf(values, valuesAddress, textReader(scope)),
          ),
        ) ?? {},
    };
  };
}

/**
 * The properties of an endpoint that rule sets may give.
 *
 * - `authSchemes`: how to sign.
 * - `backend`: which of S3's back ends answers. The signing it asks for stands in `authSchemes`.
 * - `metricValues`: what AWS's own SDKs report in their user agent.
 */
const endpointProperties = ["authSchemes", "backend", "metricValues"];

function propertiesReader(scope: Scope): Reader<EndpointResultRule["properties"]> {
  return (value, address) => {
    const properties = readObject(value, address);
    refuseUnknownProperties(properties, endpointProperties, address);
    readOptional(properties, "authSchemes", address, (schemes, schemesAddress) =>
      readArrayOf(schemes, schemesAddress, checkAuthScheme),
    );
    return readObjectOf(properties, address, propertyReader(scope));
  };
}

/**
 * The ways to sign that rule sets name. Transports know `sigv4`, and refuse to call an endpoint
 * that takes none but the others: the rest of the service works all the same.
 */
const authSchemeNames = ["sigv4", "sigv4a", "sigv4-s3express"] as const;

function checkAuthScheme(value: unknown, address: Address): void {
  const scheme = readObject(value, address);
  readProperty(scheme, "name", address, (name, nameAddress) =>
    readOneOf(name, nameAddress, authSchemeNames),
  );
  readOptional(scheme, "signingName", address, readString);
  readOptional(scheme, "signingRegion", address, readString);
  readOptional(scheme, "signingRegionSet", address, readStrings);
  readOptional(scheme, "disableDoubleEncoding", address, readBoolean);
  refuseUnknownProperties(
    scheme,
    ["name", "signingName", "signingRegion", "signingRegionSet", "disableDoubleEncoding"],
    address,
  );
}

/** Properties hold data and templates, neither references nor calls. */
function propertyReader(scope: Scope): Reader<EndpointProperty> {
  const readPropertyValue: Reader<EndpointProperty> = (value, address) => {
    if (Array.isArray(value)) {
      return { kind: "list", items: readArrayOf(value, address, readPropertyValue) };
    }
    return typeof value === "object"
      ? { kind: "record", entries: readObjectOf(value, address, readPropertyValue) }
      : readExpression(value, address, scope).expression;
  };
  return readPropertyValue;
}

function readTestCase(value: unknown, address: Address): EndpointTestCase {
  const testCase = readObject(value, address);
  refuseUnknownProperties(
    testCase,
    ["documentation", "params", "operationInputs", "expect"],
    address,
  );
  return {
    documentation: readOptional(testCase, "documentation", address, readString),
    params: readOptional(testCase, "params", address, readObject) ?? {},
    expect: readProperty(testCase, "expect", address, readExpectation),
  };
}

function readExpectation(value: unknown, address: Address): EndpointTestCase["expect"] {
  const expectation = readObject(value, address);
  refuseUnknownProperties(expectation, ["endpoint", "error"], address);
  const error = readOptional(expectation, "error", address, readString);
  const endpoint = readOptional(expectation, "endpoint", address, readExpectedEndpoint);
  if (error !== undefined && endpoint === undefined) return { error };
  if (endpoint !== undefined && error === undefined) return { endpoint };
  throw mismatch(value, address, 'an object with either "endpoint" or "error"');
}

function readExpectedEndpoint(
  value: unknown,
  address: Address,
): Extract<EndpointTestCase["expect"], { readonly endpoint: unknown }>["endpoint"] {
  const endpoint = readObject(value, address);
  refuseUnknownProperties(endpoint, ["url", "properties", "headers"], address);
  const properties = readOptional(endpoint, "properties", address, readObject);
  const headers = readOptional(endpoint, "headers", address, (values, valuesAddress) =>
    readObjectOf(values, valuesAddress, readStrings),
  );
  return {
    url: readProperty(endpoint, "url", address, readString),
    ...(properties && { properties }),
    ...(headers && { headers }),
  };
}

function checkType(
  { expression, type }: Typed,
  expected: `${EndpointTypeName | "any"}${"" | "?"}`,
  address: Address,
): void {
  const name = expected.replace("?", "");
  if (name !== "any" && type.name !== name) {
    throw new ModelError(
      address,
      `found ${describe(type)}; ${articles[name as EndpointTypeName]} belongs here`,
    );
  }
  if (type.optional && !expected.endsWith("?")) {
    throw new ModelError(
      address,
      `${describeText(expression)} may be absent; a condition must make sure of it before`,
    );
  }
}

function present(name: EndpointTypeName): EndpointType {
  return { name, optional: false };
}

const articles: { readonly [type in EndpointTypeName]: string } = {
  arn: "an ARN",
  boolean: "a boolean",
  number: "a number",
  partition: "a partition",
  string: "a string",
  stringArray: "a list of strings",
  url: "a URL",
};

function describe(type: EndpointType | undefined): string {
  return type === undefined ? "nothing" : articles[type.name];
}

function describeText(expression: EndpointExpression | undefined): string {
  if (expression?.kind === "reference") return `"${expression.name}"`;
  if (expression?.kind === "call") return `what ${expression.function} gives`;
  return JSON.stringify(literalText(expression) ?? "the value");
}
