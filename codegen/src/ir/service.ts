import type { EndpointRules, EndpointTestCase } from "./endpoint-rules.ts";
import type { Pagination } from "./pagination.ts";
import type { ErrorShape, Shape, ShapeId, StructureShape } from "./shape.ts";
import type { Waiter } from "./waiter.ts";

/**
 * A service model: what a reader makes of a model file. It knows no protocol and no output
 * language, every reference in it is resolved, and nothing changes it once it is read.
 */
export interface Service {
  readonly id: ShapeId;
  /** The service shape's name, such as `AWSMPMeteringService`. */
  readonly shapeName: string;
  /** The name among AWS SDKs, such as `Marketplace Metering`: packages and classes are named after it. */
  readonly sdkId: string;
  readonly title: string;
  readonly version: string;
  readonly endpointPrefix: string;
  readonly signingName: string;
  readonly documentation: string | undefined;
  /** The ids of the protocol traits on the service, in the model's order. */
  readonly protocols: readonly string[];
  /** Traits of the service that protocols and emitters may ask for, by id. */
  readonly traits: Traits;
  readonly operations: readonly Operation[];
  /** Every shape that an operation reaches, in the model's order. */
  readonly shapes: readonly Shape[];
  /** Absent where the model does not say where requests go: it can be compared then, and not generated. */
  readonly endpointRules: EndpointRules | undefined;
  readonly endpointTests: readonly EndpointTestCase[];
  /** What the overlay says beyond the model, in its order. */
  readonly rules: readonly DatedRule[];
  /** Parts of the model that are left out of the packages, each with the reason. */
  readonly omissions: readonly Omission[];
  /** Where the model came from, for the first line of each generated file: a path inside the repository or a file name. */
  readonly source: string;
  /** Absent where the model was not read from files. */
  readonly provenance: Provenance | undefined;
}

/** Which bytes the model was read from. Digests are SHA-256, in hexadecimal. */
export interface Provenance {
  /** Of a folder, the digest of the bytes of its files, in the order of their names. */
  readonly digest: string;
  readonly overlay: { readonly source: string; readonly digest: string } | undefined;
}

export interface Operation {
  readonly id: ShapeId;
  readonly name: string;
  /** Absent where the operation takes nothing. */
  readonly input: StructureShape | undefined;
  /** Absent where it gives nothing back. */
  readonly output: StructureShape | undefined;
  /** Sorted by name: the order in a model has no meaning. */
  readonly errors: readonly ErrorShape[];
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
  readonly idempotent: boolean;
  /** Whether the model says that the operation goes without a signature. */
  readonly unsigned: boolean;
  /** Present where the operation gives its result in pages. */
  readonly pagination: Pagination | undefined;
  /** What can be waited for by asking again and again, in the model's order. */
  readonly waiters: readonly Waiter[];
  readonly traits: Traits;
}

/** Trait values by absolute shape id. */
export type Traits = ReadonlyMap<string, unknown>;

export interface Deprecation {
  readonly message: string | undefined;
  readonly since: string | undefined;
}

/** A rule of the service that its model cannot say, from the overlay. */
export interface DatedRule {
  readonly id: string;
  /** Shape ids, or member ids such as `ns#Shape$Member`. */
  readonly targets: readonly string[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly since: string | undefined;
  /** The first day that it no longer held; absent where it still does. */
  readonly until: string | undefined;
  readonly statement: string;
  readonly values: { readonly [name: string]: string | number | boolean | readonly string[] };
  readonly source: string;
}

export interface Omission {
  readonly id: string;
  readonly reason: string;
}
