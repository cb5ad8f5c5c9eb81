import type { Omission } from "../../ir/service.ts";
import type { ShapeId } from "../../ir/shape.ts";
import type { JsonObject, Reader } from "../json.ts";
import {
  mismatch,
  readBoolean,
  readObject,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "../json.ts";
import type { Model, ModelShape, TraitOrigin } from "../model.ts";
import type { Address } from "../model-error.ts";
import { ModelError } from "../model-error.ts";
import { readExamples } from "./examples.ts";
import type { KeyTable, PlacedTrait, TraitEntries } from "./keys.ts";
import { documentationKey, readKeys, same } from "./keys.ts";
import { readMetadata } from "./metadata.ts";
import type { Operations } from "./operations.ts";
import { readOperations } from "./operations.ts";
import { readPaginators } from "./paginators.ts";
import { readShapes } from "./shapes.ts";
import { readWaiterFile } from "./waiters.ts";

/** The files beside a `service-2.json` that say more of its service, by what their names begin with. */
export type SiblingName = (typeof siblingNames)[number];

export const siblingNames = [
  "endpoint-bdd-1",
  "endpoint-rule-set-1",
  "endpoint-tests-1",
  "examples-1",
  "paginators-1",
  "waiters-2",
] as const;

/** A file of a model. */
export interface ModelPart {
  readonly value: unknown;
  /** For addresses. */
  readonly file: string;
}

/**
 * Reads a `service-2.json` with the files beside it, the format of botocore and of older AWS SDKs,
 * into what a model in Smithy's format would say: shapes by their ids there, and traits.
 */
export function readService2(
  { value, file }: ModelPart,
  siblings: ReadonlyMap<SiblingName, ModelPart>,
): Model {
  const address: Address = [file];
  const document = readObject(value, address);
  const version = readProperty(document, "version", address, readString);
  if (version !== "2.0") throw mismatch(version, within(address, "version"), '"2.0"');
  const metadata = readProperty(document, "metadata", address, readMetadata);
  const readShapeTable = (found: unknown, at: Address): ReadonlyMap<ShapeId, ModelShape> =>
    readShapes(readObject(found, at), at, metadata);
  const shapes = readProperty(document, "shapes", address, readShapeTable);
  const operations = readProperty(document, "operations", address, (found, at) =>
    readOperations(readObject(found, at), at, metadata, shapes),
  );
  const parts = ["metadata", "operations", "shapes", "version"];
  const topTraits = readKeys(document, address, table, parts);
  const service: ModelShape = {
    id: `${metadata.namespace}#${metadata.name}`,
    type: "service",
    address: within(address, "metadata"),
    traits: new Map([
      ...metadata.traits,
      ...topTraits,
      ...readEndpointDiscovery(document, address, operations),
    ]),
    members: new Map(),
    references: new Map([["operations", [...operations.values()].map(({ id }) => id)]]),
    version: metadata.apiVersion,
    rename: new Map(),
    origins: new Map<string, TraitOrigin>([
      ...[...topTraits.keys()].map((trait) => [trait, () => address] as const),
      [clientParameters, (steps) => within(address, "clientContextParams", ...steps)],
    ]),
  };
  if (shapes.has(service.id)) {
    const problem = `the service is called ${metadata.name}, and so is one of its shapes`;
    throw new ModelError(service.address, problem);
  }
  const { traits, omissions } = readSiblings(siblings, service, operations, shapes);
  const owners = [service, ...operations.values()].map((owner) =>
    (traits.get(owner.id) ?? []).reduce(withPlacedTrait, owner),
  );
  return {
    file,
    shapes: new Map([...owners.map((owner) => [owner.id, owner] as const), ...shapes]),
    rules: [],
    harmlessTraits: new Set(),
    omissions,
  };
}

const clientParameters = "smithy.rules#clientContextParams";

const table: KeyTable = {
  documentation: documentationKey,
  clientContextParams: same(clientParameters),
  // An object without entries, in models of AWS's older SDKs.
  examples: (value, address) => {
    refuseUnknownProperties(readObject(value, address), [], address);
    return [];
  },
};

/** The operation that gives the endpoints of others. */
function readEndpointDiscovery(
  document: JsonObject,
  address: Address,
  operations: Operations,
): TraitEntries {
  const at = within(address, "operations");
  const [operation] = Object.entries(readProperty(document, "operations", address, readObject))
    .filter(([name, value]) =>
      readOptional(
        readObject(value, within(at, name)),
        "endpointoperation",
        within(at, name),
        readBoolean,
      ),
    )
    .map(([name]) => operations.get(name));
  return operation === undefined
    ? []
    : [["aws.api#clientEndpointDiscovery", { operation: operation.id }]];
}

interface Siblings {
  /** The traits that they give to the service and its operations, by the id of these. */
  readonly traits: ReadonlyMap<ShapeId, readonly PlacedTrait[]>;
  readonly omissions: readonly Omission[];
}

function readSiblings(
  siblings: ReadonlyMap<SiblingName, ModelPart>,
  service: ModelShape,
  operations: Operations,
  shapes: ReadonlyMap<ShapeId, ModelShape>,
): Siblings {
  const readPart = <Value>(name: SiblingName, read: Reader<Value>): Value | undefined => {
    const part = siblings.get(name);
    return part && read(part.value, [part.file]);
  };
  const ofService = siblingTraits.flatMap(
    ([name, trait]) =>
      readPart(name, (value, address) => [
        { trait, value, origin: (steps) => within(address, ...steps) } satisfies PlacedTrait,
      ]) ?? [],
  );
  const paginators = readPart("paginators-1", (value, address) =>
    readPaginators(value, address, operations, shapes),
  );
  const waiters = readPart("waiters-2", (value, address) =>
    readWaiterFile(value, address, operations),
  );
  const examples = readPart("examples-1", (value, address) =>
    readExamples(value, address, operations),
  );
  const ofOperations = [paginators?.traits, waiters?.traits, examples];
  return {
    traits: new Map([
      [service.id, ofService],
      ...[...operations.values()].map(
        ({ id }) => [id, ofOperations.flatMap((traits) => traits?.get(id) ?? [])] as const,
      ),
    ]),
    omissions: [...(paginators?.omissions ?? []), ...(waiters?.omissions ?? [])],
  };
}

/** Files that are the value of a trait. */
const siblingTraits = [
  ["endpoint-rule-set-1", "smithy.rules#endpointRuleSet"],
  ["endpoint-bdd-1", "smithy.rules#endpointBdd"],
  ["endpoint-tests-1", "smithy.rules#endpointTests"],
] as const;

function withPlacedTrait(shape: ModelShape, { trait, value, origin }: PlacedTrait): ModelShape {
  return {
    ...shape,
    traits: new Map([...shape.traits, [trait, value]]),
    origins: new Map<string, TraitOrigin>([...(shape.origins ?? []), [trait, origin]]),
  };
}
