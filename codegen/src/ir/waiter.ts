import type { Query } from "./query.ts";
import type { Deprecation } from "./service.ts";

/**
 * A state that an operation's answers show sooner or later, as `smithy.waiters#waitable` says it.
 * @see https://smithy.io/2.0/additional-specs/waiters.html
 */
export interface Waiter {
  /** Such as `TableExists`. */
  readonly name: string;
  /** The first that matches an answer decides. */
  readonly acceptors: readonly Acceptor[];
  /** In seconds. */
  readonly minDelay: number;
  /** In seconds. */
  readonly maxDelay: number;
  readonly documentation: string | undefined;
  readonly deprecated: Deprecation | undefined;
}

export interface Acceptor {
  readonly state: AcceptorState;
  readonly matcher: Matcher;
  /** Leads to what the service says of a failure: text, or a list of texts. */
  readonly message: Query | undefined;
}

export type AcceptorState = "failure" | "retry" | "success";

export type Matcher =
  /** Any output, or any error. */
  | { readonly kind: "success"; readonly success: boolean }
  /** An error, by its name without a namespace. */
  | { readonly kind: "errorType"; readonly name: string }
  | {
      readonly kind: "output";
      readonly query: Query;
      readonly comparator: Comparator;
      readonly expected: string;
    };

export type Comparator = (typeof comparators)[number];

export const comparators = [
  "allStringEquals",
  "anyStringEquals",
  "booleanEquals",
  "stringEquals",
] as const;
