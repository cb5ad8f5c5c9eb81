import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";

/**
 * Every trait that the generator knows. A trait may change what goes over the wire, so one that is
 * not here is an error; an overlay can vouch for it (`harmlessTraits`).
 */
const knownTraits: ReadonlySet<string> = new Set([
  // Read into the service model.
  "aws.api#service",
  "aws.auth#sigv4",
  "aws.protocols#awsQueryError",
  "smithy.api#auth",
  "smithy.api#clientOptional",
  "smithy.api#default",
  "smithy.api#deprecated",
  "smithy.api#documentation",
  "smithy.api#endpoint",
  "smithy.api#enum",
  "smithy.api#enumValue",
  "smithy.api#error",
  "smithy.api#hostLabel",
  "smithy.api#httpError",
  "smithy.api#idempotencyToken",
  "smithy.api#idempotent",
  "smithy.api#input",
  "smithy.api#length",
  "smithy.api#output",
  "smithy.api#paginated",
  "smithy.api#pattern",
  "smithy.api#range",
  "smithy.api#required",
  "smithy.api#retryable",
  "smithy.api#sensitive",
  "smithy.api#sparse",
  "smithy.api#streaming",
  "smithy.api#timestampFormat",
  "smithy.api#title",
  "smithy.api#uniqueItems",
  "smithy.rules#clientContextParams",
  "smithy.rules#contextParam",
  "smithy.rules#endpointBdd",
  "smithy.rules#endpointRuleSet",
  "smithy.rules#endpointTests",
  "smithy.rules#operationContextParams",
  "smithy.rules#staticContextParams",
  "smithy.waiters#waitable",

  // How a service talks over HTTP in other protocols than those of the table in `protocol/`; which
  // one counts is decided there.
  "smithy.api#cors",
  "smithy.api#http",
  "smithy.api#httpHeader",
  "smithy.api#httpLabel",
  "smithy.api#httpPayload",
  "smithy.api#httpPrefixHeaders",
  "smithy.api#httpQuery",
  "smithy.api#httpQueryParams",
  "smithy.api#httpResponseCode",
  "smithy.api#jsonName",
  "smithy.api#mediaType",
  "smithy.api#xmlAttribute",
  "smithy.api#xmlFlattened",
  "smithy.api#xmlName",
  "smithy.api#xmlNamespace",

  // Knowledge that needs nothing from a client, or that a client may leave unused.
  "aws.api#arn",
  "aws.api#arnReference",
  "aws.api#clientDiscoveredEndpoint",
  "aws.api#clientEndpointDiscovery",
  "aws.api#clientEndpointDiscoveryId",
  "aws.api#controlPlane",
  "aws.api#data",
  "aws.api#dataPlane",
  "aws.api#tagEnabled",
  "aws.api#taggable",
  "smithy.api#addedDefault",
  "smithy.api#examples",
  "smithy.api#externalDocumentation",
  "smithy.api#idRef",
  "smithy.api#internal",
  "smithy.api#mixin",
  "smithy.api#nestedProperties",
  "smithy.api#noReplace",
  "smithy.api#notProperty",
  "smithy.api#optionalAuth",
  "smithy.api#private",
  "smithy.api#property",
  "smithy.api#readonly",
  "smithy.api#recommended",
  "smithy.api#references",
  "smithy.api#requestCompression",
  "smithy.api#requiresLength",
  "smithy.api#resourceIdentifier",
  "smithy.api#since",
  "smithy.api#suppress",
  "smithy.api#tags",
  "smithy.api#unitsOf",
  "smithy.api#unstable",
]);

/** Namespaces whose traits are for other tools than clients. */
const foreignNamespaces: readonly string[] = [
  "aws.cloudformation",
  "aws.cloudtrail",
  "aws.customizations.tests",
  "aws.iam",
  "aws.tagging",
  "smithy.contracts",
  "smithy.mqtt",
  "smithy.openapi",
  "smithy.test",
];

/** Traits that change the wire form in a way that is not built yet. */
const unsupportedTraits: ReadonlyMap<string, string> = new Map([
  ["aws.auth#unsignedPayload", "signing without the payload"],
  ["aws.protocols#httpChecksum", "flexible checksums"],
  ["smithy.api#httpChecksumRequired", "the Content-MD5 header"],
]);

/** A key of a `service-2.json` that its reader does not know becomes a trait: `service-2#` and the key. */
export const unknownKeyNamespace = "service-2#";

/** Throws where a trait is unknown, or known and not supported. Protocol and auth traits of the service are not its business. */
export function checkTrait(id: string, address: Address, harmless: ReadonlySet<string>): void {
  if (knownTraits.has(id) || harmless.has(id)) return;
  if (foreignNamespaces.includes(id.split("#", 1)[0] ?? "")) return;
  const feature = unsupportedTraits.get(id);
  if (feature !== undefined) {
    throw new ModelError(address, `trait ${id}: ${feature} is not supported yet`);
  }
  if (id.startsWith(unknownKeyNamespace)) {
    const key = id.slice(unknownKeyNamespace.length);
    throw new ModelError(
      address,
      `the key ${JSON.stringify(key)} is unknown and may change what goes over the wire; if it does not, list ${id} under harmlessTraits in an overlay, with the reason`,
    );
  }
  throw new ModelError(
    address,
    `trait ${id} is unknown and may change what goes over the wire; if it does not, list it under harmlessTraits in an overlay, with the reason`,
  );
}
