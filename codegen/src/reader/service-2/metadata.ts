import type { JsonObject } from "../json.ts";
import {
  mismatch,
  readArrayOf,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  within,
} from "../json.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import type { TraitEntries } from "./keys.ts";
import { meaningless, readKeys, readTimestampFormat, same } from "./keys.ts";

/** What the `metadata` of a model says of its service. */
export interface Metadata {
  /** The namespace that the same service has in Smithy's format, such as `com.amazonaws.kms`. */
  readonly namespace: string;
  /** The name of the service shape, such as `TrentService`. */
  readonly name: string;
  readonly apiVersion: string;
  readonly protocols: readonly ProtocolName[];
  readonly traits: TraitEntries;
  /** For all timestamps that say nothing else. */
  readonly timestampFormat: TraitEntries;
}

export type ProtocolName = (typeof protocolNames)[number];

const protocolNames = [
  "ec2",
  "json",
  "query",
  "rest-json",
  "rest-xml",
  "smithy-rpc-v2-cbor",
] as const;

const protocolTraits: { readonly [name in Exclude<ProtocolName, "json">]: string } = {
  ec2: "aws.protocols#ec2Query",
  query: "aws.protocols#awsQuery",
  "rest-json": "aws.protocols#restJson1",
  "rest-xml": "aws.protocols#restXml",
  "smithy-rpc-v2-cbor": "smithy.protocols#rpcv2Cbor",
};

const table = {
  awsQueryCompatible: same("aws.protocols#awsQueryCompatible"),
  checksumFormat: meaningless,
  // Where the one endpoint of a global service is; the endpoint rules say it, too.
  globalEndpoint: meaningless,
  // Which requests go over HTTP/2: event streams, which are left out.
  protocolSettings: meaningless,
  ripServiceName: meaningless,
  xmlNamespace: meaningless,
};

const keys = [
  ...["apiVersion", "auth", "endpointPrefix", "jsonVersion", "protocol", "protocols"],
  ...["serviceAbbreviation", "serviceFullName", "serviceId", "signatureVersion", "signingName"],
  ...["targetPrefix", "timestampFormat", "uid"],
];

export function readMetadata(value: unknown, address: Address): Metadata {
  const metadata = readObject(value, address);
  const sdkId = readSdkId(metadata, address);
  const endpointPrefix = readProperty(metadata, "endpointPrefix", address, readString);
  const protocols = readProtocols(metadata, address);
  const title = readOptional(metadata, "serviceFullName", address, readString);
  return {
    namespace: `com.amazonaws.${sdkId.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`,
    name: readServiceName(metadata, address) ?? sdkId.replaceAll(/\W/g, ""),
    apiVersion: readProperty(metadata, "apiVersion", address, readString),
    protocols,
    traits: [
      ["aws.api#service", { sdkId, endpointPrefix }],
      ...(title === undefined ? [] : [["smithy.api#title", title] as const]),
      ...readAuth(metadata, endpointPrefix, address),
      ...protocols.map((name) => [protocolTrait(name, metadata, address), {}] as const),
      ...readKeys(metadata, address, table, keys),
    ],
    timestampFormat: readOptional(metadata, "timestampFormat", address, readTimestampFormat) ?? [],
  };
}

/** Models from before 2018 have no `serviceId`; their names give the same, but for the company's. */
function readSdkId(metadata: JsonObject, address: Address): string {
  const sdkId = readOptional(metadata, "serviceId", address, readString);
  if (sdkId !== undefined) return sdkId;
  const key = "serviceAbbreviation" in metadata ? "serviceAbbreviation" : "serviceFullName";
  const name = readOptional(metadata, key, address, readString);
  if (name !== undefined) return name.replace(/^(?:AWS|Amazon)\s*/, "");
  throw mismatch(
    undefined,
    within(address, "serviceId"),
    'the name of the service among AWS SDKs, such as "Marketplace Metering",',
  );
}

/** `X-Amz-Target` carries it. Some have a Java package before it, which services do not ask for. */
function readServiceName(metadata: JsonObject, address: Address): string | undefined {
  const prefix = readOptional(metadata, "targetPrefix", address, readString);
  const name = prefix?.replace(/^.*\./, "");
  if (name === undefined || /^[A-Za-z_]\w*$/.test(name)) return name;
  throw new ModelError(
    within(address, "targetPrefix"),
    `found ${JSON.stringify(prefix)}; a name of letters, digits and underscores belongs here`,
  );
}

function readProtocols(metadata: JsonObject, address: Address): readonly ProtocolName[] {
  const readName = (value: unknown, at: Address): ProtocolName =>
    readOneOf(value, at, protocolNames);
  const main = readProperty(metadata, "protocol", address, readName);
  const all = readOptional(metadata, "protocols", address, (value, at) =>
    readArrayOf(value, at, readName),
  );
  return [...new Set([main, ...(all ?? [])])];
}

function protocolTrait(name: ProtocolName, metadata: JsonObject, address: Address): string {
  if (name !== "json") return protocolTraits[name];
  readProperty(metadata, "targetPrefix", address, readString);
  const version = readProperty(metadata, "jsonVersion", address, (value, at) =>
    readOneOf(value, at, ["1.0", "1.1"]),
  );
  return version === "1.0" ? "aws.protocols#awsJson1_0" : "aws.protocols#awsJson1_1";
}

const sigv4 = "aws.auth#sigv4";

/** `auth` is newer, and lists what `signatureVersion` has no word for. */
function readAuth(metadata: JsonObject, endpointPrefix: string, address: Address): TraitEntries {
  const name = readOptional(metadata, "signingName", address, readString) ?? endpointPrefix;
  const version = readOptional(metadata, "signatureVersion", address, readString);
  const listed = readOptional(metadata, "auth", address, (value, at) =>
    readArrayOf(value, at, readString),
  );
  const schemes = listed ?? (version === "v4" ? [sigv4] : []);
  if (schemes.length === 0) {
    throw mismatch(
      version,
      within(address, "signatureVersion"),
      '"v4", or a list of schemes in auth,',
    );
  }
  const traits = schemes
    .filter((scheme) => scheme !== "smithy.api#noAuth")
    .map((scheme) => [scheme, scheme.startsWith(sigv4) ? { name } : {}] as const);
  const isPlain = schemes.length === 1 && schemes[0] === sigv4;
  return isPlain ? traits : [...traits, ["smithy.api#auth", traits.map(([scheme]) => scheme)]];
}
