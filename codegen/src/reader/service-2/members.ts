import type { ShapeId } from "../../ir/shape.ts";
import type { JsonObject } from "../json.ts";
import { readBoolean, readObject, readOneOf, readOptional, readString, within } from "../json.ts";
import type { ModelMember, ShapeType } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import { boundKeys, readBounds } from "./bounds.ts";
import type { KeyTable, TraitEntries } from "./keys.ts";
import {
  deprecationKeys,
  describingKeys,
  flag,
  meaningless,
  readDeprecation,
  readKeys,
  readPattern,
  readTarget,
  readTimestampFormat,
  same,
  text,
} from "./keys.ts";
import type { ProtocolName } from "./metadata.ts";

/** What members are read with: the shapes that they may lead to. */
export interface ShapeContext {
  readonly namespace: string;
  readonly protocols: readonly ProtocolName[];
  readonly types: ReadonlyMap<ShapeId, ShapeType>;
}

const table: KeyTable = {
  ...describingKeys,
  // Whether the absence of a number can be told from 0. Nothing in a package depends on it.
  box: meaningless,
  contextParam: same("smithy.rules#contextParam"),
  endpointdiscoveryid: flag("aws.api#clientEndpointDiscoveryId"),
  eventheader: flag("smithy.api#eventHeader"),
  eventpayload: flag("smithy.api#eventPayload"),
  flattened: flag("smithy.api#xmlFlattened"),
  hostLabel: flag("smithy.api#hostLabel"),
  idempotencyToken: flag("smithy.api#idempotencyToken"),
  jsonvalue: (value, address) =>
    readBoolean(value, address) ? [["smithy.api#mediaType", "application/json"]] : [],
  pattern: readPattern,
  queryName: text("aws.protocols#ec2QueryName"),
  sensitive: flag("smithy.api#sensitive"),
  timestampFormat: readTimestampFormat,
  xmlAttribute: flag("smithy.api#xmlAttribute"),
  xmlNamespace: meaningless,
};

const keys = [...boundKeys, ...deprecationKeys, "location", "locationName", "shape", "streaming"];

/** A reference to a shape, with what holds for this use of it: `{ "shape": "Name", … }`. */
export function readMember(
  name: string,
  value: unknown,
  address: Address,
  context: ShapeContext,
  isRequired: boolean,
): ModelMember {
  const member = readObject(value, address);
  const target = readTarget(member, address, context.namespace, context.types);
  const type = context.types.get(target) ?? "structure";
  const traits: TraitEntries = [
    ...(isRequired ? [["smithy.api#required", {}] as const] : []),
    ...readKeys(member, address, table, keys),
    ...readDeprecation(member, address),
    ...readBounds(member, type, address),
    ...readBinding(name, member, type, address, context),
  ];
  return { target, address, traits: new Map(traits) };
}

/** Where the member stands in a message, and under which name. */
function readBinding(
  name: string,
  member: JsonObject,
  type: ShapeType,
  address: Address,
  { protocols }: ShapeContext,
): TraitEntries {
  const locationName = readOptional(member, "locationName", address, readString);
  const location = readOptional(member, "location", address, (value, at) =>
    readOneOf(value, at, ["header", "headers", "querystring", "statusCode", "uri"]),
  );
  switch (location) {
    case "header":
      return [["smithy.api#httpHeader", locationName ?? name]];
    case "headers":
      return [["smithy.api#httpPrefixHeaders", locationName ?? ""]];
    case "querystring":
      return type === "map"
        ? [["smithy.api#httpQueryParams", {}]]
        : [["smithy.api#httpQuery", locationName ?? name]];
    case "statusCode":
      return [["smithy.api#httpResponseCode", {}]];
    case "uri":
      return [["smithy.api#httpLabel", {}]];
    case undefined:
      return locationName === undefined || locationName === name
        ? []
        : readOtherName(name, locationName, address, protocols);
  }
}

/** Smithy has a word for another name in JSON, but its AWS JSON protocols do not heed it. */
function readOtherName(
  name: string,
  locationName: string,
  address: Address,
  protocols: readonly ProtocolName[],
): TraitEntries {
  if (protocols.includes("json")) {
    throw new ModelError(
      within(address, "locationName"),
      `the member ${name} goes over the wire as ${JSON.stringify(locationName)}; members of the protocol json can have no other name there than their own`,
    );
  }
  const isJson = protocols.includes("rest-json");
  return [[isJson ? "smithy.api#jsonName" : "smithy.api#xmlName", locationName]];
}
