import type { BodyChecksum } from "./body-checksum.ts";
import type { ShapeChecks } from "./check-input.ts";
import type { Compression } from "./compression.ts";
import type { EndpointParameters, ResolvedEndpoint } from "./endpoints/endpoint.ts";
import type { ServiceErrorClass } from "./errors.ts";
import type { JsonCodec, JsonObject } from "./protocol/json.ts";
import type { Protocol } from "./protocol/protocol.ts";
import type { StructureShape } from "./shape.ts";

/** What every operation of a service shares. Generated, one for each service. */
export interface Service {
  /** The service's name among AWS SDKs, such as `Marketplace Metering`. */
  readonly sdkId: string;
  /** The service shape's name, which the awsJson protocols put into `X-Amz-Target`. */
  readonly shapeName: string;
  /** The API version: a date, such as `2016-01-14`. */
  readonly apiVersion: string;
  /** The service's name in a signature, such as `aws-marketplace`. */
  readonly signingName: string;
  /** The version of the generated package, for the user agent. */
  readonly packageVersion: string;
  readonly protocol: Protocol;
  readonly resolveEndpoint: (parameters: EndpointParameters) => ResolvedEndpoint;
  /**
   * Set where the endpoint depends on the account of whoever signs: a call then waits for
   * credentials before its endpoint is resolved.
   */
  readonly usesAccountId?: true;
  /** Options that a transport of the service has besides, for its endpoint rules. */
  readonly endpointOptions?: readonly EndpointOption[];
  /** Set where some operation goes without a signature: then a transport need not have credentials. */
  readonly needsNoCredentials?: true;
  /** Checks of the kinds of shapes in its inputs that not every service has. */
  readonly inputChecks?: ShapeChecks;
}

/** An option of transports that is a parameter of endpoint rules. */
export interface EndpointOption {
  readonly option: string;
  readonly parameter: string;
  readonly type: "boolean" | "string" | "stringArray";
}

/**
 * One operation as a value: all that a transport needs to carry a call of it, and all that a mock
 * needs to answer one. Generated, one for each operation.
 */
export interface Operation<Input extends object, Output extends object> {
  readonly name: string;
  readonly service: Service;
  /** What the model allows as input. Checked before anything is sent. */
  readonly input: StructureShape;
  /** Turns what JSON cannot carry (dates, blobs, …) into what it can. Absent where there is none. */
  readonly serialize?: (input: Input) => unknown;
  /** The opposite, for a response. It may change the object it gets. Absent where there is none. */
  readonly parse?: (wire: JsonObject) => Output;
  /** How JSON is read and written where plain `JSON` would lose something, such as 64-bit integers. */
  readonly json?: JsonCodec;
  /** Set where `null` means something in the output (documents, sparse maps): `parse` deals with it then. */
  readonly keepsNulls?: true;
  /** The errors that the model lists for the operation, by their name on the wire. */
  readonly errors: { readonly [name: string]: ServiceErrorClass };
  /** Readers for members of errors that JSON cannot carry, by the error's name on the wire. */
  readonly parseError?: { readonly [name: string]: (wire: JsonObject) => object };
  /** Endpoint parameters that this operation takes from its model or its input. */
  readonly endpointParameters?: (input: Input) => EndpointParameters;
  /** What stands before the endpoint's host name for this operation, such as `streaming-`. */
  readonly hostPrefix?: (input: Input) => string;
  /** Whether the operation gives nothing back: what a body says nevertheless is passed over. */
  readonly noOutput?: true;
  /** Whether a response may have sensitive values: then no part of one that cannot be read is shown. */
  readonly answersSecrets?: true;
  /** Makes a large body smaller, where the service can read that. */
  readonly compression?: Compression;
  /** Puts a checksum of the body, as it is sent, into a header. */
  readonly checksum?: BodyChecksum;
  /** `none`: the request has no signature; `optional`: none where there are no credentials. Default: it is signed. */
  readonly auth?: "none" | "optional";
}

/** How a call went, on every result and every error that follows a response. */
export interface ResponseMetadata {
  /** The status of the last response. */
  readonly httpStatusCode?: number;
  /** The service's id of the last request: quote it to AWS support. */
  readonly requestId?: string;
  /** How many requests were sent for the call, retries included. */
  readonly attempts: number;
  /** The time spent waiting between attempts, in milliseconds. */
  readonly totalRetryDelay: number;
}

/** What every result carries beside the members of the operation's output. */
export interface MetadataBearer {
  readonly $metadata: ResponseMetadata;
}
