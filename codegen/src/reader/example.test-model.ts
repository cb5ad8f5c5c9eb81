import type { Service } from "../ir/service.ts";
import { lowerService } from "./lower.ts";
import type { Model } from "./model.ts";
import { ModelError } from "./model-error.ts";
import { preludeTypes, readSmithyAst } from "./smithy-ast.ts";

// Small models for tests: a test writes the shapes that it is about, and the rest of a service is
// added. Names without a namespace are taken from `com.example`, else from Smithy's prelude.

/** A piece of a model, as JSON. */
export interface Part {
  readonly [name: string]: unknown;
}

/** Shapes by their names. */
export interface Parts {
  readonly [name: string]: Part;
}

/** A member: what it targets, or, where it has traits too, all of it. */
export interface Members {
  readonly [name: string]: string | Part;
}

export function member(target: string, traits: Part): Part {
  return { target, traits };
}

export function required(target: string, traits: Part = {}): Part {
  return { target, traits: { required: {}, ...traits } };
}

export function structure(members: Members = {}, traits: Part = {}): Part {
  return { type: "structure", members: readMembers(members), traits };
}

export function union(members: Members, traits: Part = {}): Part {
  return { type: "union", members: readMembers(members), traits };
}

export function list(element: string | Part, traits: Part = {}): Part {
  return { type: "list", member: readMember(element), traits };
}

/** A map from strings. */
export function map(value: string | Part, traits: Part = {}): Part {
  return { type: "map", key: { target: "smithy.api#String" }, value: readMember(value), traits };
}

/** A shape without members, such as `simple("timestamp")`. */
export function simple(type: string, traits: Part = {}): Part {
  return { type, traits };
}

export function enumeration(type: "enum" | "intEnum", values: Parts): Part {
  const members = Object.entries(values).map(([name, traits]) => [
    name,
    member("smithy.api#Unit", traits),
  ]);
  return { type, members: Object.fromEntries(members) };
}

export function errorStructure(members: Members = {}, traits: Part = {}): Part {
  return structure(members, { error: "client", ...traits });
}

export interface OperationParts {
  readonly input?: string;
  readonly output?: string;
  readonly errors?: readonly string[];
  readonly traits?: Part;
}

export function operation({ input, output, errors, traits = {} }: OperationParts = {}): Part {
  return {
    type: "operation",
    ...(input !== undefined && { input: { target: input } }),
    ...(output !== undefined && { output: { target: output } }),
    ...(errors !== undefined && { errors: errors.map((target) => ({ target })) }),
    traits,
  };
}

/**
 * A model of a service with all operations that are among the shapes. Where there is none, it gets
 * one called `Run`, with the shapes called `Input` and `Output`.
 */
export function exampleModel(shapes: Parts, service: Part = {}): Part {
  const names = Object.keys(shapes);
  const run = operation({
    ...(names.includes("Input") && { input: "Input" }),
    ...(names.includes("Output") && { output: "Output" }),
  });
  const hasOperation = Object.values(shapes).some(({ type }) => type === "operation");
  const all: Parts = { ...(!hasOperation && { Run: run }), ...shapes };
  const operations = Object.keys(all).filter((name) => all[name]?.type === "operation");
  const { traits, ...rest } = service;
  const example = {
    type: "service",
    version: "2020-01-02",
    operations: operations.map((target) => ({ target })),
    ...rest,
    traits: withoutNulls({ ...serviceTraits, ...(traits as Part | undefined) }),
  };
  const entries = Object.entries({ ExampleService: example, ...all }).map(([name, shape]) => [
    name.includes("#") ? name : `com.example#${name}`,
    qualify(shape, Object.keys(all)),
  ]);
  return { smithy: "2.0", shapes: Object.fromEntries(entries) };
}

/** The model as its reader gives it, under the file name `model.json`. */
export function readExample(shapes: Parts, service?: Part): Model {
  return readSmithyAst(exampleModel(shapes, service), "model.json");
}

/** The model as emitters get it. */
export function exampleService(shapes: Parts, service?: Part): Service {
  return lowerService(readExample(shapes, service));
}

/** What the reader has against a model, or that it has nothing. */
export function problemOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  return "no problem";
}

const serviceTraits: Part = {
  "aws.api#service": { sdkId: "Example" },
  "aws.auth#sigv4": { name: "example" },
  "aws.protocols#awsJson1_1": {},
  "smithy.rules#endpointRuleSet": {
    version: "1.0",
    parameters: {},
    rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
  },
};

function readMembers(members: Members): Parts {
  const entries = Object.entries(members).map(([name, value]) => [name, readMember(value)]);
  return Object.fromEntries(entries);
}

function readMember(value: string | Part): Part {
  return typeof value === "string" ? { target: value } : value;
}

function withoutNulls(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));
}

function qualify(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => qualify(item, names));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => {
    if (name === "traits") return [name, qualifyTraits(part as Part)];
    return [name, name === "target" ? qualifyName(part as string, names) : qualify(part, names)];
  });
  return Object.fromEntries(entries);
}

function qualifyName(name: string, names: readonly string[]): string {
  if (name.includes("#")) return name;
  const isOwn = names.includes(name) || !preludeTypes.has(name);
  return `${isOwn ? "com.example" : "smithy.api"}#${name}`;
}

function qualifyTraits(traits: Part): Part {
  const entries = Object.entries(traits).map(([name, value]) => [
    name.includes("#") ? name : `smithy.api#${name}`,
    value,
  ]);
  return Object.fromEntries(entries);
}
