import { awsJson1_0, awsJson1_1 } from "./protocols/aws-json.ts";

/** What the harness has to know of a protocol; everything else is the same for all of them. */
export interface ProtocolTests {
  /** How reports call it, and how its file in the reference data is called, without `.json`. */
  readonly name: string;
  /** The trait that the service and each of its cases carry. */
  readonly trait: string;
  /** The bytes that the `body` of a case stands for. */
  readonly readBody: (body: string) => Uint8Array;
  /** How bodies are compared by meaning, by `bodyMediaType`. Without one, each byte counts. */
  readonly bodies: { readonly [mediaType: string]: BodyComparison };
  /** A response with status 200 that every operation can read: what request cases are answered with. */
  readonly emptyAnswer: Answer;
}

/** Gives the differences, each with its place in the body; best none. */
export type BodyComparison = (expected: Uint8Array, actual: Uint8Array) => readonly string[];

/** A response for a client to read. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** Every protocol that is tested. A new one is a file in `protocols/` and a name here. */
export const protocols: readonly ProtocolTests[] = [awsJson1_0, awsJson1_1];
