import type { EndpointRules } from "../ir/endpoint-rules.ts";
import { isDeclared } from "../ir/naming.ts";
import { createPresence } from "../ir/presence.ts";
import type { Deprecation, Omission, Operation, Service, Traits } from "../ir/service.ts";
import type {
  Bounds,
  Constraints,
  EnumValue,
  ErrorShape,
  ErrorTraits,
  Member,
  Shape,
  ShapeBase,
  ShapeId,
  StructureShape,
  TimestampFormat,
} from "../ir/shape.ts";
import { isErrorShape } from "../ir/shape.ts";
import { readClientContextParameters } from "./client-context-parameters.ts";
import { readEndpointBdd } from "./endpoint-bdd.ts";
import { readEndpointRuleSet, readEndpointTests } from "./endpoint-rules.ts";
import type { Reader } from "./json.ts";
import {
  mismatch,
  readArrayOf,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
} from "./json.ts";
import type { Model, ModelMember, ModelShape } from "./model.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";
import { readPagination, readPaginationSettings } from "./pagination.ts";
import { checkRecursion } from "./recursion.ts";
import { preludeTypes, unitId } from "./smithy-ast.ts";
import { atOrigin } from "./trait-origin.ts";
import { checkTrait, unknownKeyNamespace } from "./traits.ts";
import { checkWaiterNames, readWaiters } from "./waiters.ts";

/** Resolves every reference of a model's one service. Throws a `ModelError` for what it does not understand. */
export function lowerService(model: Model): Service {
  return new Lowering(model).service();
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

class Lowering {
  private readonly model: Model;
  private readonly definition: ModelShape;
  private readonly shapes = new Map<ShapeId, Shape>();
  private readonly omissions: Omission[] = [];

  constructor(model: Model) {
    this.model = model;
    this.definition = findService(model);
  }

  service(): Service {
    const { id, address, traits } = this.definition;
    const identity = readTrait(traits, "aws.api#service", address, readObject);
    const signing = readTrait(traits, "aws.auth#sigv4", address, readObject);
    if (identity === undefined) throw missingTrait(address, "aws.api#service", "its sdkId");
    if (signing === undefined) throw missingTrait(address, "aws.auth#sigv4", "its signing name");
    const identityAddress = [...address, "aws.api#service"];
    this.checkUnknownKeys();
    const sdkId = readProperty(identity, "sdkId", identityAddress, readSdkId);
    const endpointPrefix = readOptional(identity, "endpointPrefix", identityAddress, readString);
    const operations = this.withPagesAndWaiters(this.operations());
    const shapes = [...this.model.shapes.keys()]
      .concat([...this.shapes.keys()].filter((shapeId) => !this.model.shapes.has(shapeId)))
      .flatMap((shapeId) => this.shapes.get(shapeId) ?? []);
    checkNames([...operations, ...shapes.filter(isDeclared)], this.model);
    checkRecursion(shapes, (shapeId) => this.addressOf(shapeId));
    const endpointRules = this.endpointRules();
    if (endpointRules !== undefined) this.omitClientContextParameters(endpointRules);
    return {
      id,
      shapeName: localName(id),
      sdkId,
      title: readTitle(traits, address) ?? sdkId,
      version: this.definition.version ?? "",
      endpointPrefix: endpointPrefix ?? localName(id).toLowerCase(),
      signingName: readProperty(signing, "name", [...address, "aws.auth#sigv4"], readString),
      documentation: readTrait(traits, "smithy.api#documentation", address, readString),
      protocols: [...traits.keys()].filter(isProtocolTrait),
      traits,
      operations,
      shapes,
      endpointRules,
      endpointTests: this.serviceTrait("smithy.rules#endpointTests", readEndpointTests) ?? [],
      rules: this.model.rules,
      omissions: [...(this.model.omissions ?? []), ...this.omissions],
      source: this.model.file,
      provenance: this.model.provenance,
    };
  }

  /** Where a model has both, they say the same, and rules read better than a diagram of them. */
  private endpointRules(): EndpointRules | undefined {
    return (
      this.serviceTrait("smithy.rules#endpointRuleSet", readEndpointRuleSet) ??
      this.serviceTrait("smithy.rules#endpointBdd", readEndpointBdd)
    );
  }

  private serviceTrait<Value>(trait: string, read: Reader<Value>): Value | undefined {
    const { address, traits } = this.definition;
    return atOrigin(this.definition, trait, () => readTrait(traits, trait, address, read));
  }

  private omitClientContextParameters(ruleSet: EndpointRules): void {
    const { id } = this.definition;
    const trait = "smithy.rules#clientContextParams";
    const names = this.serviceTrait(trait, (value, at) =>
      readClientContextParameters(value, at, ruleSet),
    );
    for (const name of names ?? []) {
      this.omissions.push({
        id: `${id}$${name}`,
        reason: `clients should take it as an option (${trait}), and such options are not supported`,
      });
    }
  }

  private operations(): readonly Operation[] {
    const ids = new Set(collectOperations(this.definition, this.model, []));
    if (ids.size === 0)
      throw new ModelError(this.definition.address, "the service has no operation");
    const operations = [...ids].sort(compareText).flatMap((id) => this.operation(id) ?? []);
    if (operations.length > 0) return operations;
    const reasons = this.omissions.map(({ id, reason }) => `${id}: ${reason}`).join("; ");
    throw new ModelError(
      this.definition.address,
      `the service has no operation that can be generated: ${reasons}`,
    );
  }

  /** Pages and waiters, which need to know all shapes of the service. */
  private withPagesAndWaiters(operations: readonly Operation[]): readonly Operation[] {
    const { address, traits } = this.definition;
    const defaults = readPaginationSettings(traits, address);
    const isPresent = createPresence({ operations });
    const complete = operations.map((operation) => {
      const definition = this.model.shapes.get(operation.id) as ModelShape;
      const at = definition.address;
      return {
        ...operation,
        pagination: atOrigin(definition, "smithy.api#paginated", () =>
          readPagination(operation, at, defaults),
        ),
        waiters: atOrigin(definition, "smithy.waiters#waitable", () =>
          readWaiters(operation, at, isPresent, (omission) => this.omissions.push(omission)),
        ),
      };
    });
    checkWaiterNames(complete, this.model.file);
    return complete;
  }

  private operation(id: ShapeId): Operation | undefined {
    const definition = this.model.shapes.get(id);
    if (definition?.type !== "operation") {
      throw new ModelError(this.definition.address, `${id} is no operation`);
    }
    const { address, traits } = definition;
    this.checkTraits(traits, address);
    const streaming = this.findStreaming(definition);
    if (streaming !== undefined) {
      this.omissions.push({
        id,
        reason: `it streams (${streaming}), and event streams and streamed bodies are not supported`,
      });
      return undefined;
    }
    const errors = [
      ...(definition.references.get("errors") ?? []),
      ...(this.definition.references.get("errors") ?? []),
    ];
    return {
      id,
      name: this.nameOf(id, address),
      input: this.structure(definition, "input"),
      output: this.structure(definition, "output"),
      errors: [...new Set(errors)].sort(compareText).map((error) => this.error(error, address)),
      documentation: readTrait(traits, "smithy.api#documentation", address, readString),
      deprecated: readDeprecation(traits, address),
      idempotent: traits.has("smithy.api#idempotent") || traits.has("smithy.api#readonly"),
      unsigned: isUnsigned(traits, address),
      pagination: undefined,
      waiters: [],
      traits,
    };
  }

  private structure(operation: ModelShape, role: "input" | "output"): StructureShape | undefined {
    const target = operation.references.get(role)?.[0];
    if (target === undefined || target === unitId) return undefined;
    const shape = this.shape(target, operation.address);
    if (shape.type === "structure") return shape;
    throw new ModelError(operation.address, `its ${role} ${target} is no structure`);
  }

  private error(target: ShapeId, address: Address): ErrorShape {
    const shape = this.shape(target, address);
    if (isErrorShape(shape)) return shape;
    throw new ModelError(
      this.addressOf(target),
      "is listed as an error and has no trait smithy.api#error",
    );
  }

  /** The member of an operation's input or output that streams. */
  private findStreaming(operation: ModelShape): string | undefined {
    const roots = ["input", "output"].flatMap((role) => operation.references.get(role) ?? []);
    for (const root of roots) {
      for (const [name, member] of this.model.shapes.get(root)?.members ?? []) {
        const target = this.model.shapes.get(member.target);
        if (target?.traits.has("smithy.api#streaming")) return `${root}$${name}`;
      }
    }
    return undefined;
  }

  private addressOf(id: ShapeId): Address {
    return this.model.shapes.get(id)?.address ?? [this.model.file, id];
  }

  private checkTraits(traits: Traits, address: Address): void {
    for (const trait of traits.keys()) checkTrait(trait, address, this.model.harmlessTraits);
  }

  /** Other traits of a service are checked where they are used. */
  private checkUnknownKeys(): void {
    const { address, origins, traits } = this.definition;
    for (const trait of traits.keys()) {
      if (!trait.startsWith(unknownKeyNamespace)) continue;
      checkTrait(trait, origins?.get(trait)?.([]) ?? address, this.model.harmlessTraits);
    }
  }

  /** The name without namespace, or the service's own for it. */
  private nameOf(id: ShapeId, address: Address): string {
    const name = this.definition.rename.get(id) ?? localName(id);
    if (/^[A-Za-z_$][\w$]*$/.test(name)) return name;
    throw new ModelError(
      address,
      `${JSON.stringify(name)} is no TypeScript identifier; rename it in the model, or with the service's rename`,
    );
  }

  private shape(id: ShapeId, referrer: Address): Shape {
    const known = this.shapes.get(id);
    if (known !== undefined) return known;
    const definition = this.model.shapes.get(id) ?? preludeShape(id);
    if (definition === undefined) throw new ModelError(referrer, `${id} is not in the model`);
    this.checkTraits(definition.traits, definition.address);
    return this.lowerShape(definition);
  }

  /** Registers the shape before its members are lowered: they may lead back to it. */
  private lowerShape(definition: ModelShape): Shape {
    const { id, address, traits } = definition;
    const base: ShapeBase = {
      id,
      name: this.nameOf(id, address),
      documentation: readTrait(traits, "smithy.api#documentation", address, readString),
      deprecated: readDeprecation(traits, address),
      sensitive: traits.has("smithy.api#sensitive"),
      traits,
    };
    const constraints = readConstraints(traits, address, noConstraints);
    const register = <Registered extends Shape>(shape: Registered): Registered => {
      this.shapes.set(id, shape);
      return shape;
    };
    const complete = <Incomplete extends Shape>(
      shape: Incomplete,
      rest: Partial<Incomplete>,
    ): Incomplete => Object.freeze(Object.assign(shape as Mutable<Incomplete>, rest));
    for (const member of definition.members.values()) {
      this.checkTraits(member.traits, member.address);
    }
    const sparse = traits.has("smithy.api#sparse");
    const { type } = definition;
    switch (type) {
      case "boolean":
      case "document":
        return register({ ...base, type });
      case "blob":
        return register({ ...base, type, constraints });
      case "string":
        return traits.has("smithy.api#enum")
          ? register({ ...base, type: "enum", values: readEnumTrait(traits, address) })
          : register({ ...base, type, constraints });
      case "enum":
        return register({ ...base, type, values: readEnumValues(definition, readEnumString) });
      case "intEnum":
        return register({ ...base, type, values: readEnumValues(definition, readEnumInteger) });
      case "timestamp":
        return register({ ...base, type, format: readTimestampFormat(traits, address) });
      case "list": {
        const shape = register({ ...base, type, member: pendingMember, sparse, constraints });
        return complete(shape, { member: this.member(definition, "member") });
      }
      case "map": {
        const pending = { key: pendingMember, value: pendingMember };
        const shape = register({ ...base, type, ...pending, sparse, constraints });
        const key = this.member(definition, "key");
        if (key.target.type !== "string" && key.target.type !== "enum") {
          throw new ModelError(
            [this.model.file, key.id],
            `the key of a map is a string, and this one's type is ${key.target.type}`,
          );
        }
        return complete(shape, { key, value: this.member(definition, "value") });
      }
      case "structure": {
        const shape = register({
          ...base,
          type,
          members: [] as readonly Member[],
          error: readError(traits, address),
          isInput: traits.has("smithy.api#input"),
          isOutput: traits.has("smithy.api#output"),
        });
        return complete(shape, { members: this.members(definition) });
      }
      case "union": {
        const shape = register({ ...base, type, members: [] as readonly Member[] });
        const members = this.members(definition);
        if (members.length === 0) throw new ModelError(address, "a union needs a member");
        return complete(shape, { members });
      }
      case "apply":
      case "operation":
      case "resource":
      case "service":
        throw new ModelError(address, `a member cannot target a shape of type ${type}`);
      default:
        return register({ ...base, type, constraints });
    }
  }

  private members(definition: ModelShape): readonly Member[] {
    return [...definition.members.keys()].map((name) => this.member(definition, name));
  }

  private member(definition: ModelShape, name: string): Member {
    const { target, traits, address } = definition.members.get(name) as ModelMember;
    const shape = this.shape(target, address);
    const inherited = "constraints" in shape ? shape.constraints : noConstraints;
    return Object.freeze({
      id: `${definition.id}$${name}`,
      name,
      target: shape,
      required: traits.has("smithy.api#required"),
      clientOptional: traits.has("smithy.api#clientOptional"),
      default: traits.get("smithy.api#default") ?? undefined,
      idempotencyToken: traits.has("smithy.api#idempotencyToken"),
      timestampFormat: readTimestampFormat(traits, address),
      documentation: readTrait(traits, "smithy.api#documentation", address, readString),
      deprecated: readDeprecation(traits, address),
      constraints: readConstraints(traits, address, inherited),
      sensitive: shape.sensitive || traits.has("smithy.api#sensitive"),
      traits,
    });
  }
}

const noBounds: Bounds = { min: undefined, max: undefined };
const noConstraints: Constraints = {
  length: undefined,
  range: undefined,
  pattern: undefined,
  uniqueItems: false,
};

/** Stands in a list or map until its members are lowered. */
const pendingMember = {} as Member;

function findService(model: Model): ModelShape {
  const services = [...model.shapes.values()].filter(
    ({ type, traits }) => type === "service" && !traits.has("smithy.api#mixin"),
  );
  const [service] = services;
  if (service !== undefined && services.length === 1) return service;
  const found = services.map(({ id }) => id).join(", ") || "none";
  throw new ModelError([model.file], `a model has exactly one service; this one has ${found}`);
}

/** The operations of a service or resource, and of the resources below it. */
function collectOperations(
  { id, references }: ModelShape,
  model: Model,
  path: readonly ShapeId[],
): readonly ShapeId[] {
  if (path.includes(id)) throw new ModelError([model.file, id], "is a resource of itself");
  const roles = ["create", "put", "read", "update", "delete", "list"];
  const own = [...roles, "operations", "collectionOperations"].flatMap(
    (role) => references.get(role) ?? [],
  );
  const resources = (references.get("resources") ?? []).flatMap((resourceId) => {
    const resource = model.shapes.get(resourceId);
    if (resource?.type !== "resource") {
      throw new ModelError([model.file, id], `${resourceId} is no resource`);
    }
    return collectOperations(resource, model, [...path, id]);
  });
  return [...own, ...resources];
}

/**
 * What is declared needs a name of its own, and one that more than case tells apart: files and
 * functions are called after it. The namespaces are gone in the packages.
 */
function checkNames(declared: readonly (Operation | Shape)[], model: Model): void {
  const seen = new Map<string, Operation | Shape>();
  for (const one of declared) {
    const { id, name } = one;
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      const difference = other.name === name ? "" : " but for its case";
      throw new ModelError(
        [model.file, id],
        `has the name of ${other.id}${difference}; rename one of them with the service's rename`,
      );
    }
    seen.set(name.toLowerCase(), one);
  }
}

function preludeShape(id: ShapeId): ModelShape | undefined {
  const type = id.startsWith("smithy.api#") ? preludeTypes.get(localName(id)) : undefined;
  if (type === undefined) return undefined;
  return {
    id,
    type,
    address: [id],
    traits: new Map(),
    members: new Map(),
    references: new Map(),
    version: undefined,
    rename: new Map(),
  };
}

function isProtocolTrait(id: string): boolean {
  return /^(?:aws|smithy)\.protocols#/.test(id) && id !== "aws.protocols#awsQueryCompatible";
}

function missingTrait(address: Address, trait: string, gives: string): ModelError {
  return new ModelError(address, `the service has no trait ${trait}, which gives ${gives}`);
}

function readTrait<Value>(
  traits: Traits,
  id: string,
  address: Address,
  readValue: (value: unknown, address: Address) => Value,
): Value | undefined {
  return traits.has(id) ? readValue(traits.get(id), [...address, id]) : undefined;
}

/** Packages, folders and classes are named after it. */
function readSdkId(value: unknown, address: Address): string {
  const sdkId = readString(value, address);
  if (/^[A-Za-z][A-Za-z0-9]*([ -][A-Za-z0-9]+)*$/.test(sdkId)) return sdkId;
  throw new ModelError(
    address,
    `found ${JSON.stringify(sdkId)}; an sdkId is words of letters and digits, a letter first, such as "Marketplace Metering"`,
  );
}

/** Some of AWS's own titles have no space after `AWS`. */
function readTitle(traits: Traits, address: Address): string | undefined {
  const title = readTrait(traits, "smithy.api#title", address, readString);
  return title?.replaceAll(/\s+/g, " ").replace(/^AWS(?=[A-Z][a-z])/, "AWS ");
}

function readDeprecation(traits: Traits, address: Address): Deprecation | undefined {
  return readTrait(traits, "smithy.api#deprecated", address, (value, at) => {
    const deprecation = readObject(value, at);
    return {
      message: readOptional(deprecation, "message", at, readString),
      since: readOptional(deprecation, "since", at, readString),
    };
  });
}

function readConstraints(traits: Traits, address: Address, inherited: Constraints): Constraints {
  return {
    length: traits.has("smithy.api#length")
      ? readTrait(traits, "smithy.api#length", address, readLength)
      : inherited.length,
    range: readTrait(traits, "smithy.api#range", address, readRange) ?? inherited.range,
    pattern: readTrait(traits, "smithy.api#pattern", address, readString) ?? inherited.pattern,
    uniqueItems: traits.has("smithy.api#uniqueItems") || inherited.uniqueItems,
  };
}

/** Every length is from 0: a model that says so says nothing. */
function readLength(value: unknown, address: Address): Bounds | undefined {
  const { min, max } = readBounds(value, address, (bound, at) => {
    const length = readInteger(bound, at);
    if (length < 0) throw mismatch(bound, at, "a length from 0");
    return length;
  });
  if (min === 0 && max === undefined) return undefined;
  return { min: min === 0 ? undefined : min, max };
}

/** Bounds of big numbers may be written as strings. */
function readRange(value: unknown, address: Address): Bounds {
  return readBounds(value, address, (bound, at) => {
    const number = typeof bound === "string" && bound.trim() !== "" ? Number(bound) : bound;
    return readNumber(Number.isNaN(number) ? bound : number, at);
  });
}

function readBounds(
  value: unknown,
  address: Address,
  readBound: (value: unknown, address: Address) => number,
): Bounds {
  const bounds = readObject(value, address);
  const min = readOptional(bounds, "min", address, readBound);
  const max = readOptional(bounds, "max", address, readBound);
  if (min === undefined && max === undefined) {
    throw mismatch(value, address, "an object with min, max or both");
  }
  if (min !== undefined && max !== undefined && min > max) {
    throw new ModelError(address, `min ${min} is above max ${max}`);
  }
  return { ...noBounds, min, max };
}

function readTimestampFormat(traits: Traits, address: Address): TimestampFormat | undefined {
  return readTrait(traits, "smithy.api#timestampFormat", address, (value, at) =>
    readOneOf(value, at, ["date-time", "epoch-seconds", "http-date"]),
  );
}

function readError(traits: Traits, address: Address): ErrorTraits | undefined {
  const fault = readTrait(traits, "smithy.api#error", address, (value, at) =>
    readOneOf(value, at, ["client", "server"]),
  );
  if (fault === undefined) return undefined;
  return {
    fault,
    httpStatus: readTrait(traits, "smithy.api#httpError", address, readInteger),
    retryable: readTrait(traits, "smithy.api#retryable", address, (value, at) => ({
      throttling: readOptional(readObject(value, at), "throttling", at, readBoolean) ?? false,
    })),
  };
}

function isUnsigned(traits: Traits, address: Address): boolean {
  const schemes = readTrait(traits, "smithy.api#auth", address, (value, at) =>
    readArrayOf(value, at, readString),
  );
  if (schemes === undefined || schemes.includes("aws.auth#sigv4")) return false;
  if (schemes.length === 0) return true;
  throw new ModelError(
    [...address, "smithy.api#auth"],
    `the operation takes ${schemes.join(", ")}; what can be generated is aws.auth#sigv4, or an empty list for no signature`,
  );
}

function readEnumValues<Value>(
  { members }: ModelShape,
  readValue: (name: string, member: ModelMember) => Value,
): readonly EnumValue<Value>[] {
  return [...members].map(([name, member]) => ({
    name,
    value: readValue(name, member),
    documentation: readTrait(member.traits, "smithy.api#documentation", member.address, readString),
    deprecated: readDeprecation(member.traits, member.address),
  }));
}

function readEnumString(name: string, { traits, address }: ModelMember): string {
  return readTrait(traits, "smithy.api#enumValue", address, readString) ?? name;
}

function readEnumInteger(_name: string, { traits, address }: ModelMember): number {
  const value = readTrait(traits, "smithy.api#enumValue", address, readInteger);
  if (value !== undefined) return value;
  throw new ModelError(address, "a value of an intEnum needs the trait smithy.api#enumValue");
}

/** The trait of Smithy 1.0 that is now a shape type of its own. Names are optional there. */
function readEnumTrait(traits: Traits, address: Address): readonly EnumValue<string>[] {
  const definitions = readTrait(traits, "smithy.api#enum", address, (value, at) =>
    readArrayOf(value, at, (entry, entryAddress) => {
      const definition = readObject(entry, entryAddress);
      return {
        name: readOptional(definition, "name", entryAddress, readString),
        value: readProperty(definition, "value", entryAddress, readString),
        documentation: readOptional(definition, "documentation", entryAddress, readString),
        deprecated: undefined,
      };
    }),
  );
  return (definitions ?? []).map((definition, _index, all) => {
    const { name = toConstantCase(definition.value) } = definition;
    const isTaken = all.some(
      (other) => other !== definition && (other.name ?? toConstantCase(other.value)) === name,
    );
    return { ...definition, name: isTaken ? definition.value : name };
  });
}

function toConstantCase(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase();
}

function localName(id: ShapeId): string {
  return id.slice(id.indexOf("#") + 1);
}

/** Independent of the locale, unlike `localeCompare`. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
