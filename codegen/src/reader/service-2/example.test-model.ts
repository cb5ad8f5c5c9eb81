import type { Service } from "../../ir/service.ts";
import type { Part, Parts } from "../example.test-model.ts";
import { lowerService } from "../lower.ts";
import type { Model, ModelShape } from "../model.ts";
import { readService2, type SiblingName } from "./service-2.ts";

// Small models for tests: a test writes the keys that it is about, and the rest of a service is
// added.

export interface Service2Parts {
  readonly shapes?: Parts;
  /** Default: one called `Run`, with the shapes called `Input` and `Output`, and the error `Broken`. */
  readonly operations?: Parts;
  /** In the place of the example's; `null` removes a key. */
  readonly metadata?: Part;
  /** Further keys at the top of the model. */
  readonly top?: Part;
  /** The files beside it, by their names. */
  readonly siblings?: { readonly [name in SiblingName]?: unknown };
}

export function structure(members: Parts = {}, rest: Part = {}): Part {
  return { type: "structure", members, ...rest };
}

/** A reference to a shape. */
export function member(shape: string, rest: Part = {}): Part {
  return { shape, ...rest };
}

export function operation(rest: Part = {}): Part {
  return { name: "Run", http: { method: "POST", requestUri: "/" }, ...rest };
}

/** The model as JSON. */
export function exampleService2({ shapes = {}, operations, metadata, top }: Service2Parts): Part {
  const reference = (role: string, name: string): Part =>
    name in shapes ? { [role]: { shape: name } } : {};
  const run = operation({
    ...reference("input", "Input"),
    ...reference("output", "Output"),
    ...("Broken" in shapes && { errors: [{ shape: "Broken" }] }),
  });
  return {
    version: "2.0",
    metadata: withoutNulls({ ...exampleMetadata, ...metadata }),
    operations: operations ?? { Run: run },
    shapes: { String: { type: "string" }, ...shapes },
    ...top,
  };
}

const exampleMetadata: Part = {
  apiVersion: "2020-01-02",
  endpointPrefix: "example",
  jsonVersion: "1.1",
  protocol: "json",
  serviceFullName: "Amazon Example",
  serviceId: "Example",
  signatureVersion: "v4",
  targetPrefix: "ExampleService",
};

function withoutNulls(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));
}

/** The model as its reader gives it. */
export function readExample2(parts: Service2Parts): Model {
  const siblings = Object.entries(parts.siblings ?? {}).map(
    ([name, value]) => [name as SiblingName, { value, file: `${name}.json` }] as const,
  );
  return readService2({ value: exampleService2(parts), file: "service-2.json" }, new Map(siblings));
}

export function lowerExample2(parts: Service2Parts): Service {
  return lowerService(readExample2(parts));
}

/** A shape of the model by its name. */
export function findShape(parts: Service2Parts, name: string): ModelShape | undefined {
  return readExample2(parts).shapes.get(`com.amazonaws.example#${name}`);
}

/** The traits of a shape, or of a member as `Shape$Member`. */
export function traitsOf(parts: Service2Parts, name: string): Part | undefined {
  const [shapeName = "", memberName] = name.split("$");
  const shape = findShape(parts, shapeName);
  const owner = memberName === undefined ? shape : shape?.members.get(memberName);
  return owner && Object.fromEntries(owner.traits);
}

export const exampleRules: Part = {
  version: "1.0",
  parameters: {},
  rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
};
