import type { JsonObject } from "../json.ts";
import {
  readArrayOf,
  readBoolean,
  readInteger,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  within,
} from "../json.ts";
import type { ModelMember, ModelShape, ShapeType } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import { unitId } from "../smithy-ast.ts";
import { unknownKeyNamespace } from "../traits.ts";
import { boundKeys, readBounds } from "./bounds.ts";
import { nameEnumValues } from "./enum-names.ts";
import type { KeyTable, TraitEntries } from "./keys.ts";
import {
  deprecationKeys,
  describingKeys,
  flag,
  meaningless,
  readDeprecation,
  readKeys,
  readPattern,
  readTimestampFormat,
} from "./keys.ts";
import type { ShapeContext } from "./members.ts";
import { readMember } from "./members.ts";
import type { Metadata } from "./metadata.ts";

const typeNames = [
  ...(["bigdecimal", "biginteger", "blob", "boolean", "byte", "character", "double"] as const),
  ...(["float", "integer", "list", "long", "map", "short", "string", "structure"] as const),
  ...(["timestamp"] as const),
];

type TypeName = (typeof typeNames)[number];

/** What a shape of a type may have, and what it means on its own. */
const tables: { readonly [type in TypeName]?: KeyTable } = {
  blob: { requiresLength: flag("smithy.api#requiresLength") },
  list: { flattened: meaningless, sparse: flag("smithy.api#sparse") },
  map: { flattened: meaningless, sparse: flag("smithy.api#sparse") },
  string: {
    jsonvalue: (value, address) =>
      readBoolean(value, address) ? [["smithy.api#mediaType", "application/json"]] : [],
    pattern: readPattern,
  },
  structure: {
    // Structures of events are found by the event stream that they are members of.
    event: meaningless,
    // Made by whoever published the model, not written by hand.
    synthetic: meaningless,
    wrapper: meaningless,
    xmlOrder: meaningless,
  },
  timestamp: { timestampFormat: readTimestampFormat },
};

const commonTable: KeyTable = {
  ...describingKeys,
  // Whether the absence of a number can be told from 0. Nothing in a package depends on it.
  box: meaningless,
  locationName: meaningless,
  sensitive: flag("smithy.api#sensitive"),
  xmlNamespace: meaningless,
};

/** Keys that are read together with others, by type. */
const otherKeys: { readonly [type in TypeName]?: readonly string[] } = {
  blob: ["streaming"],
  list: ["member"],
  map: ["key", "value"],
  string: ["enum"],
  structure: [
    ...["document", "error", "eventstream", "exception", "fault", "members", "payload"],
    ...["required", "retryable", "union"],
  ],
};

export function readShapes(
  shapes: JsonObject,
  address: Address,
  { namespace, protocols, timestampFormat }: Metadata,
): ReadonlyMap<string, ModelShape> {
  const names = Object.keys(shapes);
  const definitions = names.map((name) => {
    const at = within(address, name);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw new ModelError(
        at,
        "this is no name of a shape; it must be of letters, digits and underscores",
      );
    }
    return readDefinition(
      `${namespace}#${name}`,
      readProperty(shapes, name, address, readObject),
      at,
    );
  });
  const context: ShapeContext = {
    namespace,
    protocols,
    types: new Map(definitions.map(({ id, type }) => [id, type])),
  };
  const streaming = findStreaming(definitions, namespace);
  return new Map(
    definitions.map((definition) => [
      definition.id,
      readShape(definition, context, streaming.has(definition.id), timestampFormat),
    ]),
  );
}

/** A shape of which only the type is known. */
interface Definition {
  readonly id: string;
  readonly object: JsonObject;
  readonly address: Address;
  readonly typeName: TypeName;
  readonly type: ShapeType;
}

function readDefinition(id: string, object: JsonObject, address: Address): Definition {
  const typeName = readProperty(object, "type", address, (value, at) =>
    readOneOf(value, at, typeNames),
  );
  return { id, object, address, typeName, type: readType(object, typeName, address) };
}

function readType(object: JsonObject, typeName: TypeName, address: Address): ShapeType {
  const is = (key: string): boolean => readOptional(object, key, address, readBoolean) === true;
  switch (typeName) {
    case "bigdecimal":
      return "bigDecimal";
    case "biginteger":
      return "bigInteger";
    case "character":
      return "string";
    case "string":
      return Object.hasOwn(object, "enum") ? "enum" : "string";
    case "structure":
      if (is("document")) return "document";
      return is("union") || is("eventstream") ? "union" : "structure";
    default:
      return typeName;
  }
}

/** Blobs that stream. Some models say so where they are used. */
function findStreaming(definitions: readonly Definition[], namespace: string): ReadonlySet<string> {
  const own = definitions.flatMap(({ id, object }) => (object.streaming === true ? [id] : []));
  const used = definitions.flatMap(({ object }) =>
    Object.values((object.members ?? {}) as JsonObject).flatMap((member) => {
      const { shape, streaming } = (member ?? {}) as JsonObject;
      return streaming === true ? [`${namespace}#${shape}`] : [];
    }),
  );
  return new Set([...own, ...used]);
}

function readShape(
  definition: Definition,
  context: ShapeContext,
  isStreaming: boolean,
  timestampFormat: TraitEntries,
): ModelShape {
  const { id, object, address, type, typeName } = definition;
  const table = { ...commonTable, ...tables[typeName] };
  const others = [...boundKeys, ...deprecationKeys, ...(otherKeys[typeName] ?? []), "type"];
  const streams = isStreaming || object.eventstream === true;
  const traits: TraitEntries = [
    ...(type === "timestamp" ? timestampFormat : []),
    ...readKeys(object, address, table, others),
    ...readDeprecation(object, address),
    ...readBounds(object, type, address),
    ...(streams ? [["smithy.api#streaming", {}] as const] : []),
    ...(typeName === "structure" ? readError(object, address) : []),
  ];
  return {
    id,
    type,
    address,
    traits: new Map(traits),
    members: new Map(readMembers(definition, context)),
    references: new Map(),
    version: undefined,
    rename: new Map(),
  };
}

type MemberEntries = readonly (readonly [name: string, member: ModelMember])[];

function readMembers(definition: Definition, context: ShapeContext): MemberEntries {
  const { object, address, type } = definition;
  const readPart = (name: string): MemberEntries => [
    [
      name,
      readProperty(object, name, address, (value, at) =>
        readMember(name, value, at, context, false),
      ),
    ],
  ];
  switch (type) {
    case "enum":
      return readEnumMembers(object, address);
    case "list":
      return readPart("member");
    case "map":
      return [...readPart("key"), ...readPart("value")];
    case "structure":
    case "union":
      return readStructureMembers(definition, context);
    default:
      return [];
  }
}

function readStructureMembers(
  { object, address, type }: Definition,
  context: ShapeContext,
): MemberEntries {
  const members = readProperty(object, "members", address, readObject);
  const names = Object.keys(members);
  const readName = (value: unknown, at: Address): string => {
    const name = readString(value, at);
    if (names.includes(name)) return name;
    throw new ModelError(at, `the structure has no member ${JSON.stringify(name)}`);
  };
  const required = readOptional(object, "required", address, (value, at) =>
    readArrayOf(value, at, readName),
  );
  const payload = readOptional(object, "payload", address, readName);
  // One member of a union is always set, and never more: `required` says nothing there.
  const isRequired = (name: string): boolean =>
    type === "structure" && (required?.includes(name) ?? false);
  return names.map((name) => {
    const at = within(address, "members", name);
    const member = readMember(name, members[name], at, context, isRequired(name));
    return [
      name,
      name === payload
        ? { ...member, traits: new Map([...member.traits, ["smithy.api#httpPayload", {}]]) }
        : member,
    ];
  });
}

function readEnumMembers(object: JsonObject, address: Address): MemberEntries {
  const values = readProperty(object, "enum", address, (value, at) =>
    readArrayOf(value, at, readString),
  );
  const repeated = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (repeated !== -1) {
    throw new ModelError(
      within(address, "enum", repeated),
      `${JSON.stringify(values[repeated])} is there twice`,
    );
  }
  const names = nameEnumValues(values);
  return values.map((value, index) => [
    names[index] ?? value,
    {
      target: unitId,
      address: within(address, "enum", index),
      traits: new Map([["smithy.api#enumValue", value]]),
    },
  ]);
}

const errorKeys = ["code", "fault", "httpStatusCode", "senderFault"];

/** An error is the client's fault unless the model says that it is the server's. */
function readError(object: JsonObject, address: Address): TraitEntries {
  const exception = readOptional(object, "exception", address, readBoolean);
  const fault = readOptional(object, "fault", address, readBoolean);
  const retryable = readOptional(object, "retryable", address, readObject);
  const error = readOptional(object, "error", address, readObject) ?? {};
  const at = within(address, "error");
  const unknown = Object.keys(error).filter((key) => !errorKeys.includes(key));
  const status = readOptional(error, "httpStatusCode", at, readInteger);
  const code = readOptional(error, "code", at, readString);
  const isServers =
    fault ??
    readOptional(error, "fault", at, readBoolean) ??
    (status === undefined ? false : status >= 500);
  readOptional(error, "senderFault", at, readBoolean);
  if (exception !== true) return [];
  return [
    ["smithy.api#error", isServers ? "server" : "client"],
    ...(retryable === undefined ? [] : [["smithy.api#retryable", retryable] as const]),
    ...(status === undefined ? [] : [["smithy.api#httpError", status] as const]),
    ...(code === undefined
      ? []
      : [["aws.protocols#awsQueryError", { code, httpResponseCode: status ?? 400 }] as const]),
    ...unknown.map((key) => [`${unknownKeyNamespace}error.${key}`, error[key]] as const),
  ];
}
