import type { EndpointExpression } from "./endpoint-rules.ts";

/**
 * The functions that endpoint rules call, and the types of what goes through them.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html
 */
export interface EndpointFunction {
  /** The types of the arguments, in order. `?`: the argument may be absent. */
  readonly takes: readonly `${EndpointTypeName | "any"}${"" | "?"}`[];
  /** Whether more arguments of the last type may follow. */
  readonly more?: true;
  /** The type of the result. A function says it where it depends on the arguments. */
  readonly gives: `${EndpointTypeName}${"" | "?"}` | ResultType;
}

export interface EndpointType {
  readonly name: EndpointTypeName;
  /** Whether it may be absent. */
  readonly optional: boolean;
}

export type EndpointTypeName =
  | "arn"
  | "boolean"
  | "number"
  | "partition"
  | "string"
  | "stringArray"
  | "url";

type ResultType = (
  types: readonly EndpointType[],
  values: readonly EndpointExpression[],
) => EndpointType | undefined;

/** The function of a name that a rule set uses. */
export function endpointFunction(name: string): EndpointFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** The type that a call gives. Nothing where its arguments do not fit each other. */
export function resultOf(
  called: EndpointFunction,
  types: readonly EndpointType[],
  values: readonly EndpointExpression[],
): EndpointType | undefined {
  return typeof called.gives === "string" ? typeOf(called.gives) : called.gives(types, values);
}

/** The steps of a `getAttr` path: `["resourceId", 0]` for `resourceId[0]`. Nothing for other text. */
export function attributeSteps(path: string): readonly (string | number)[] | undefined {
  if (!/^(?:[a-z]\w*(?:\.[a-z]\w*)*)?(?:\[-?\d+\])?$/i.test(path) || path === "") return undefined;
  return [...path.matchAll(/\[(-?\d+)\]|\w+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  );
}

/** The type of what a path leads to. Nothing where it leads nowhere. */
export function attributeType(
  type: EndpointType,
  steps: readonly (string | number)[],
): EndpointType | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return type;
  const next = typeof step === "number" ? elementType(type) : propertyType(type, step);
  return next && attributeType(next, rest);
}

/** Text with no reference in it. */
export function literalText(value: EndpointExpression | undefined): string | undefined {
  if (value?.kind !== "template") return undefined;
  const texts = value.parts.filter((part) => typeof part === "string");
  return texts.length === value.parts.length ? texts.join("") : undefined;
}

const functions: { readonly [name: string]: EndpointFunction } = {
  "aws.isVirtualHostableS3Bucket": { takes: ["string", "boolean"], gives: "boolean" },
  "aws.parseArn": { takes: ["string"], gives: "arn?" },
  "aws.partition": { takes: ["string"], gives: "partition" },
  booleanEquals: { takes: ["boolean", "boolean"], gives: "boolean" },
  coalesce: { takes: ["any?", "any?"], more: true, gives: typeOfFirstPresent },
  getAttr: { takes: ["any?", "string"], gives: typeOfAttribute },
  isSet: { takes: ["any?"], gives: "boolean" },
  isValidHostLabel: { takes: ["string", "boolean"], gives: "boolean" },
  ite: { takes: ["boolean", "any?", "any?"], gives: typeOfEitherBranch },
  not: { takes: ["boolean"], gives: "boolean" },
  parseURL: { takes: ["string"], gives: "url?" },
  split: { takes: ["string", "string", "number"], gives: "stringArray" },
  stringEquals: { takes: ["string", "string"], gives: "boolean" },
  substring: { takes: ["string", "number", "number", "boolean"], gives: "string?" },
  uriEncode: { takes: ["string"], gives: "string" },
};

const attributes: {
  readonly [type in EndpointTypeName]?: { readonly [name: string]: EndpointTypeName };
} = {
  arn: {
    partition: "string",
    service: "string",
    region: "string",
    accountId: "string",
    resourceId: "stringArray",
  },
  partition: {
    name: "string",
    dnsSuffix: "string",
    dualStackDnsSuffix: "string",
    implicitGlobalRegion: "string",
    supportsFIPS: "boolean",
    supportsDualStack: "boolean",
  },
  url: {
    scheme: "string",
    authority: "string",
    path: "string",
    normalizedPath: "string",
    isIp: "boolean",
  },
};

function typeOf(notation: `${EndpointTypeName}${"" | "?"}`): EndpointType {
  return {
    name: notation.replace("?", "") as EndpointTypeName,
    optional: notation.endsWith("?"),
  };
}

function typeOfFirstPresent(types: readonly EndpointType[]): EndpointType | undefined {
  return commonType(
    types,
    types.every((type) => type.optional),
  );
}

function typeOfEitherBranch(types: readonly EndpointType[]): EndpointType | undefined {
  const branches = types.slice(1);
  return commonType(
    branches,
    branches.some((type) => type.optional),
  );
}

function commonType(types: readonly EndpointType[], optional: boolean): EndpointType | undefined {
  const [first, ...others] = types;
  return first && others.every((type) => type.name === first.name)
    ? { name: first.name, optional }
    : undefined;
}

function typeOfAttribute(
  [type]: readonly EndpointType[],
  [, path]: readonly EndpointExpression[],
): EndpointType | undefined {
  const steps = attributeSteps(literalText(path) ?? "");
  return type && steps && attributeType(type, steps);
}

function propertyType(type: EndpointType, name: string): EndpointType | undefined {
  const properties = attributes[type.name];
  const property = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return property && { name: property, optional: type.optional };
}

/** A list may be shorter than an index. */
function elementType(type: EndpointType): EndpointType | undefined {
  return type.name === "stringArray" ? { name: "string", optional: true } : undefined;
}
