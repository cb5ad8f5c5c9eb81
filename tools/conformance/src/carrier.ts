import type { TransportOptions } from "@pawprint/runtime";
import type { Answer } from "./protocols.ts";
import type { TestCase } from "./test-model.ts";

/** A request, as far down as a carrier sees it. */
export interface ObservedRequest {
  readonly method: string;
  /** Host and port that the request goes to. */
  readonly host: string;
  /** As it is sent: escaped, and without the query. */
  readonly path: string;
  /** `name=value` or `name`, escaped. */
  readonly query: readonly string[];
  /** Names are in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** Takes what a client sends, and answers it. */
export interface Carrier {
  readonly name: string;
  /** Headers that come into being below the carrier, in lower case: nothing can be said of them. */
  readonly hiddenHeaders: readonly string[];
  /** Whether a case can be run. */
  readonly carries: (testCase: TestCase) => boolean;
  readonly open: (answer: Answer) => Promise<Exchange>;
}

/** Everything that goes over a carrier until it is closed. Each request gets the same answer. */
export interface Exchange {
  /** What makes a transport use the carrier. */
  readonly options: TransportOptions;
  /** What has arrived so far. */
  readonly requests: () => Promise<readonly ObservedRequest[]>;
  readonly close: () => Promise<void>;
}

/** Whether a case can go over a socket: a server on 127.0.0.1 cannot have the host that a case asks for. */
export function fitsSocket({ kind, test }: TestCase): boolean {
  return kind !== "request" || test.host === undefined;
}
