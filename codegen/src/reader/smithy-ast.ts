import type { ShapeId } from "../ir/shape.ts";
import type { JsonObject } from "./json.ts";
import {
  mismatch,
  readArrayOf,
  readObject,
  readObjectOf,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
} from "./json.ts";
import type { Model, ModelMember, ModelShape, ShapeType } from "./model.ts";
import { shapeTypes } from "./model.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/**
 * Reads Smithy's JSON AST, version 2: every shape is checked for its form, mixins are flattened and
 * `apply` statements are applied. Targets are checked to exist.
 * @see https://smithy.io/2.0/spec/json-ast.html
 */
export function readSmithyAst(value: unknown, file: string): Model {
  const address: Address = [file];
  const document = readObject(value, address);
  refuseUnknownProperties(document, ["smithy", "metadata", "shapes"], address);
  const version = readProperty(document, "smithy", address, readString);
  if (!/^2(\.\d+)?$/.test(version)) {
    throw new ModelError(
      [...address, "/smithy"],
      `version ${JSON.stringify(version)} cannot be read; it must be 2.0`,
    );
  }
  const entries = Object.entries(readProperty(document, "shapes", address, readObject));
  const shapes = flattenShapes(entries.map(([id, shape]) => readShape(id, shape, file)));
  checkTargets(shapes);
  return { file, shapes, rules: [], credentialRefusals: [], harmlessTraits: new Set() };
}

/** Shapes that every Smithy model has without saying so, by the name after `smithy.api#`. */
export const preludeTypes: ReadonlyMap<string, ShapeType> = new Map<string, ShapeType>([
  ["BigDecimal", "bigDecimal"],
  ["BigInteger", "bigInteger"],
  ["Blob", "blob"],
  ["Boolean", "boolean"],
  ["Byte", "byte"],
  ["Document", "document"],
  ["Double", "double"],
  ["Float", "float"],
  ["Integer", "integer"],
  ["Long", "long"],
  ["PrimitiveBoolean", "boolean"],
  ["PrimitiveByte", "byte"],
  ["PrimitiveDouble", "double"],
  ["PrimitiveFloat", "float"],
  ["PrimitiveInteger", "integer"],
  ["PrimitiveLong", "long"],
  ["PrimitiveShort", "short"],
  ["Short", "short"],
  ["String", "string"],
  ["Timestamp", "timestamp"],
  ["Unit", "structure"],
]);

export const unitId: ShapeId = "smithy.api#Unit";

/** What else a shape of a type may have beside `type`, `traits` and `mixins`. */
const references: { readonly [type in ShapeType]?: readonly string[] } = {
  operation: ["input", "output", "errors"],
  resource: [
    ...["create", "put", "read", "update", "delete", "list"],
    ...["operations", "collectionOperations", "resources"],
  ],
  service: ["operations", "resources", "errors"],
};

const memberProperties: { readonly [type in ShapeType]?: readonly string[] } = {
  list: ["member"],
  map: ["key", "value"],
};

const typesWithMembers: readonly ShapeType[] = ["enum", "intEnum", "structure", "union"];

function readShape(id: string, value: unknown, file: string): ModelShape {
  const address: Address = [file, id];
  const shape = readObject(value, address);
  const type = readProperty(shape, "type", address, (found, at) =>
    readOneOf(found, at, shapeTypes),
  );
  const isId = /^[A-Za-z_][\w.]*#[^#$]+(\$[^#$]+)?$/.test(id);
  if (!isId || (id.includes("$") && type !== "apply")) {
    throw new ModelError(address, "this is no shape id; it must look like com.example#Shape");
  }
  const roles = references[type] ?? [];
  const parts = memberProperties[type] ?? [];
  const extra =
    type === "service"
      ? ["version", "rename"]
      : type === "resource"
        ? ["identifiers", "properties"]
        : [];
  const named = typesWithMembers.includes(type) ? ["members"] : [];
  refuseUnknownProperties(
    shape,
    ["type", "traits", "mixins", ...named, ...parts, ...roles, ...extra],
    address,
  );
  return {
    id,
    type,
    address,
    traits: readTraits(shape, address),
    members: readMembers(shape, [...parts], file, id),
    references: new Map(
      [...roles, "mixins"].map((role) => [role, readTargets(shape, role, address)]),
    ),
    version: type === "service" ? readOptional(shape, "version", address, readString) : undefined,
    rename: new Map(
      Object.entries(
        readOptional(shape, "rename", address, (found, at) =>
          readObjectOf(found, at, readString),
        ) ?? {},
      ),
    ),
  };
}

function readTraits(shape: JsonObject, address: Address): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(readOptional(shape, "traits", address, readObject) ?? {}));
}

function readMembers(
  shape: JsonObject,
  parts: readonly string[],
  file: string,
  id: ShapeId,
): ReadonlyMap<string, ModelMember> {
  const members = readOptional(shape, "members", [file, id], readObject) ?? {};
  const own = parts.filter((name) => Object.hasOwn(shape, name) || !Object.hasOwn(shape, "mixins"));
  const entries = [
    ...own.map((name) => [name, Object.hasOwn(shape, name) ? shape[name] : undefined] as const),
    ...Object.entries(members),
  ];
  return new Map(
    entries.map(([name, value]) => [name, readMember(value, [file, `${id}$${name}`])]),
  );
}

function readMember(value: unknown, address: Address): ModelMember {
  const member = readObject(value, address);
  refuseUnknownProperties(member, ["target", "traits"], address);
  return {
    target: readProperty(member, "target", address, readString),
    address,
    traits: readTraits(member, address),
  };
}

/** `{ "target": id }`, or an array of these. */
function readTargets(shape: JsonObject, role: string, address: Address): readonly ShapeId[] {
  const readTarget = (value: unknown, at: Address): ShapeId =>
    readProperty(readObject(value, at), "target", at, readString);
  const targets = readOptional(shape, role, address, (value, at) =>
    Array.isArray(value) ? readArrayOf(value, at, readTarget) : [readTarget(value, at)],
  );
  return targets ?? [];
}

/** The shapes with what they get from mixins and from `apply` statements. These name a member, by `ns#Shape$Member`. */
function flattenShapes(definitions: readonly ModelShape[]): ReadonlyMap<ShapeId, ModelShape> {
  const own = definitions.filter(({ type }) => type !== "apply");
  const shapes = new Map(own.map((shape) => [shape.id, shape]));
  const applied = new Map<ShapeId, readonly ModelShape[]>();
  for (const statement of definitions.filter(({ type }) => type === "apply")) {
    const [id = ""] = statement.id.split("$");
    if (!shapes.has(id)) {
      throw new ModelError(
        statement.address,
        `applies traits to ${id}, which the model does not have; add the shape or remove the statement`,
      );
    }
    applied.set(id, [...(applied.get(id) ?? []), statement]);
  }
  const flatten = (shape: ModelShape, path: readonly ShapeId[] = []): ModelShape => {
    if (path.includes(shape.id)) throw new ModelError(shape.address, "is a mixin of itself");
    const mixins = (shape.references.get("mixins") ?? []).map((id) => {
      const mixin = shapes.get(id);
      if (mixin === undefined) throw danglingTarget(shape.address, id);
      return flatten(mixin, [...path, shape.id]);
    });
    return (applied.get(shape.id) ?? []).reduce(
      (flat, { id, traits, address }) => withTraits(flat, id.split("$")[1], traits, address),
      mixins.length === 0 ? shape : mixInto(shape, mixins),
    );
  };
  return new Map(own.map((shape) => [shape.id, flatten(shape)]));
}

/** A shape with traits added, to itself or to one of its members; a value of `null` removes the trait. */
export function withTraits(
  shape: ModelShape,
  memberName: string | undefined,
  traits: ReadonlyMap<string, unknown>,
  address: Address,
): ModelShape {
  if (memberName === undefined) return { ...shape, traits: mergeTraits(shape.traits, traits) };
  const member = shape.members.get(memberName);
  if (member === undefined) throw new ModelError(address, `${shape.id} has no such member`);
  const changed = { ...member, traits: mergeTraits(member.traits, traits) };
  return { ...shape, members: new Map([...shape.members, [memberName, changed]]) };
}

function mergeTraits(
  traits: ReadonlyMap<string, unknown>,
  added: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  return new Map([...traits, ...added].filter(([id]) => added.get(id) !== null));
}

/** @see https://smithy.io/2.0/spec/mixins.html */
function mixInto(shape: ModelShape, mixins: readonly ModelShape[]): ModelShape {
  const members = new Map<string, ModelMember>();
  for (const [name, member] of [...mixins, shape].flatMap((part) => [...part.members])) {
    members.set(name, redefine(members.get(name), member));
  }
  for (const part of memberProperties[shape.type] ?? []) {
    const [file = "", id] = shape.address;
    if (!members.has(part)) throw mismatch(undefined, [file, `${id}$${part}`], "an object");
  }
  return {
    ...shape,
    traits: new Map([...mixins.flatMap(inheritedTraits), ...shape.traits]),
    members,
    references: new Map(
      [...shape.references].map(([role, own]) => [
        role,
        mergedRoles.includes(role)
          ? [...mixins.flatMap(({ references: inherited }) => inherited.get(role) ?? []), ...own]
          : own,
      ]),
    ),
    version: shape.version ?? mixins.findLast(({ version }) => version !== undefined)?.version,
    rename: new Map([...mixins, shape].flatMap(({ rename }) => [...rename])),
  };
}

/** What an operation and a service get from their mixins beside their own. */
const mergedRoles: readonly string[] = ["errors", "operations", "resources"];

function redefine(inherited: ModelMember | undefined, member: ModelMember): ModelMember {
  if (inherited === undefined) return member;
  if (inherited.target !== member.target) {
    throw new ModelError(
      member.address,
      `targets ${member.target}, and in a mixin ${inherited.target}; both must be the same`,
    );
  }
  return { ...member, traits: new Map([...inherited.traits, ...member.traits]) };
}

function inheritedTraits({ traits }: ModelShape): readonly (readonly [ShapeId, unknown])[] {
  const mixin = traits.get("smithy.api#mixin") as { localTraits?: unknown } | undefined;
  const local = Array.isArray(mixin?.localTraits) ? mixin.localTraits : [];
  return [...traits].filter(([id]) => id !== "smithy.api#mixin" && !local.includes(id));
}

function checkTargets(shapes: ReadonlyMap<ShapeId, ModelShape>): void {
  for (const shape of shapes.values()) {
    for (const member of shape.members.values()) checkTarget(member.target, member.address, shapes);
    for (const targets of shape.references.values()) {
      for (const target of targets) checkTarget(target, shape.address, shapes);
    }
  }
}

function checkTarget(
  target: ShapeId,
  address: Address,
  shapes: ReadonlyMap<ShapeId, ModelShape>,
): void {
  const [namespace, name = ""] = target.split("#");
  if (shapes.has(target) || (namespace === "smithy.api" && preludeTypes.has(name))) return;
  throw danglingTarget(address, target);
}

function danglingTarget(address: Address, target: ShapeId): ModelError {
  return new ModelError(
    address,
    `its target ${target} is not in the model; add the shape or correct the target`,
  );
}
