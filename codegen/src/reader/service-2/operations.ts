import type { ShapeId } from "../../ir/shape.ts";
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
  refuseUnknownProperties,
  within,
} from "../json.ts";
import type { ModelShape } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import type { KeyTable, TraitEntries } from "./keys.ts";
import {
  deprecationKeys,
  describingKeys,
  flag,
  meaningless,
  readDeprecation,
  readKeys,
  readTarget,
  same,
} from "./keys.ts";
import type { Metadata, ProtocolName } from "./metadata.ts";

const table: KeyTable = {
  ...describingKeys,
  alias: meaningless,
  endpoint: same("smithy.api#endpoint"),
  endpointdiscovery: (value, address) => {
    const required = readOptional(readObject(value, address), "required", address, readBoolean);
    return [["aws.api#clientDiscoveredEndpoint", { required: required ?? false }]];
  },
  httpChecksum: same("aws.protocols#httpChecksum"),
  httpChecksumRequired: flag("smithy.api#httpChecksumRequired"),
  idempotent: flag("smithy.api#idempotent"),
  operationContextParams: same("smithy.rules#operationContextParams"),
  readonly: flag("smithy.api#readonly"),
  requestcompression: same("smithy.api#requestCompression"),
  staticContextParams: same("smithy.rules#staticContextParams"),
  unsignedPayload: flag("aws.auth#unsignedPayload"),
};

const keys = [
  ...deprecationKeys,
  ...["auth", "authtype", "endpointoperation", "errors", "http", "input", "name", "output"],
];

/** What a reference to an input, output or error may say beside its shape: all for other protocols. */
const referenceKeys = [
  ...["documentation", "error", "exception", "fault", "locationName", "payload"],
  ...["resultWrapper", "shape", "wrapper", "xmlNamespace", "xmlOrder"],
];

/** Operations by the names that the model's other files call them by. */
export type Operations = ReadonlyMap<string, ModelShape>;

export function readOperations(
  operations: JsonObject,
  address: Address,
  metadata: Metadata,
  shapes: ReadonlyMap<ShapeId, ModelShape>,
): Operations {
  return new Map(
    Object.keys(operations).map((key) => {
      const at = within(address, key);
      const object = readProperty(operations, key, address, readObject);
      const name = readOptional(object, "name", at, readString) ?? key;
      const id = `${metadata.namespace}#${name}`;
      if (shapes.has(id)) {
        throw new ModelError(at, `a shape is called ${name}, too; rename one of them`);
      }
      return [key, readOperation(id, object, at, metadata, shapes)];
    }),
  );
}

/** The operation of that name, for the model's other files. */
export function findOperation(operations: Operations, name: string, address: Address): ModelShape {
  const operation = operations.get(name);
  if (operation !== undefined) return operation;
  throw new ModelError(address, `the service has no operation ${JSON.stringify(name)}`);
}

function readOperation(
  id: string,
  object: JsonObject,
  address: Address,
  { namespace, protocols }: Metadata,
  shapes: ReadonlyMap<ShapeId, ModelShape>,
): ModelShape {
  const readReference = (value: unknown, at: Address): string => {
    const reference = readObject(value, at);
    refuseUnknownProperties(reference, referenceKeys, at);
    return readTarget(reference, at, namespace, shapes);
  };
  const traits: TraitEntries = [
    ...readKeys(object, address, table, keys),
    ...readDeprecation(object, address),
    ...readAuth(object, address),
    ...readHttp(object, address, protocols),
  ];
  const input = readOptional(object, "input", address, readReference);
  const output = readOptional(object, "output", address, readReference);
  const errors = readOptional(object, "errors", address, (value, at) =>
    readArrayOf(value, at, readReference),
  );
  return {
    id,
    type: "operation",
    address,
    traits: new Map(traits),
    members: new Map(),
    references: new Map([
      ["input", input === undefined ? [] : [input]],
      ["output", output === undefined ? [] : [output]],
      ["errors", errors ?? []],
    ]),
    version: undefined,
    rename: new Map(),
  };
}

const noAuth = "smithy.api#noAuth";

/** How the operation is signed, where that is not as the service says. */
function readAuth(object: JsonObject, address: Address): TraitEntries {
  const type = readOptional(object, "authtype", address, (value, at) =>
    readOneOf(value, at, ["bearer", "custom", "none", "v4", "v4-unsigned-body"]),
  );
  const schemes = readOptional(object, "auth", address, (value, at) =>
    readArrayOf(value, at, readString),
  );
  const isUnsignedBody = type === "v4-unsigned-body";
  const body: TraitEntries = isUnsignedBody ? [["aws.auth#unsignedPayload", {}]] : [];
  if (schemes !== undefined) {
    const isOptional = schemes.includes(noAuth) && schemes.length > 1;
    return [
      ...body,
      ["smithy.api#auth", schemes.filter((scheme) => scheme !== noAuth)],
      ...(isOptional ? [["smithy.api#optionalAuth", {}] as const] : []),
    ];
  }
  if (type === "none") return [["smithy.api#auth", []]];
  if (type === "bearer") return [["smithy.api#auth", ["smithy.api#httpBearerAuth"]]];
  return type === "custom" ? [["smithy.api#auth", ["custom"]]] : body;
}

/** Protocols that are not about resources send everything to one place. */
function readHttp(
  object: JsonObject,
  address: Address,
  protocols: readonly ProtocolName[],
): TraitEntries {
  const at = within(address, "http");
  const http = readOptional(object, "http", address, readObject) ?? {};
  refuseUnknownProperties(http, ["method", "requestUri", "responseCode"], at);
  const method = readOptional(http, "method", at, readString) ?? "POST";
  const uri = readOptional(http, "requestUri", at, readString) ?? "/";
  const code = readOptional(http, "responseCode", at, readInteger) ?? 200;
  if (protocols.some((protocol) => protocol.startsWith("rest-"))) {
    return [["smithy.api#http", { method, uri, code }]];
  }
  if (method === "POST" && uri === "/") return [];
  throw new ModelError(
    at,
    `found ${method} ${uri}; operations of the protocol ${protocols[0]} go to POST /`,
  );
}
