import type { Omission } from "../../ir/service.ts";
import type { JsonObject } from "../json.ts";
import {
  mismatch,
  readArrayOf,
  readInteger,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "../json.ts";
import type { Address } from "../model-error.ts";
import type { PlacedTrait } from "./keys.ts";
import type { Operations } from "./operations.ts";
import { findOperation } from "./operations.ts";

const trait = "smithy.waiters#waitable";

export interface Waiters {
  /** Traits of operations by their ids. */
  readonly traits: ReadonlyMap<string, PlacedTrait>;
  readonly omissions: readonly Omission[];
}

/** A matcher of Smithy's, or what it cannot say. */
type Matcher = { readonly matcher: object } | { readonly unsaid: string };

/**
 * Reads `waiters-2.json`. What the trait of Smithy has no word for is left out, with the reason.
 * `maxAttempts` is not read into anything: a caller says how long to wait.
 */
export function readWaiterFile(value: unknown, address: Address, operations: Operations): Waiters {
  const document = readObject(value, address);
  refuseUnknownProperties(document, ["version", "waiters"], address);
  readProperty(document, "version", address, (found, at) => {
    if (found !== 2) throw mismatch(found, at, "2");
  });
  const waiters = readProperty(document, "waiters", address, readObject);
  const traits = new Map<string, PlacedTrait>();
  const omissions: Omission[] = [];
  for (const name of Object.keys(waiters).sort()) {
    const at = within(address, "waiters", name);
    const waiter = readProperty(waiters, name, within(address, "waiters"), readObject);
    const operation = findOperation(
      operations,
      readProperty(waiter, "operation", at, readString),
      within(at, "operation"),
    );
    const { acceptors, ...rest } = readWaiter(waiter, at);
    const unsaid = acceptors.flatMap((acceptor) => ("unsaid" in acceptor ? acceptor.unsaid : []));
    if (unsaid.length > 0) {
      omissions.push({
        id: `${operation.id}$${name}`,
        reason: `the waiter looks at ${unsaid[0]}, which is not supported`,
      });
      continue;
    }
    traits.set(operation.id, {
      trait,
      value: { ...(traits.get(operation.id)?.value as object), [name]: { acceptors, ...rest } },
      origin: (steps) => findOrigin(steps, within(address, "waiters")),
    });
  }
  return { traits, omissions };
}

function readWaiter(waiter: JsonObject, address: Address) {
  refuseUnknownProperties(
    waiter,
    ["acceptors", "delay", "description", "maxAttempts", "operation", "type"],
    address,
  );
  readOptional(waiter, "type", address, (found, at) => readOneOf(found, at, ["api"]));
  readProperty(waiter, "maxAttempts", address, readInteger);
  const delay = readProperty(waiter, "delay", address, readInteger);
  const documentation = readOptional(waiter, "description", address, readString);
  return {
    acceptors: readProperty(waiter, "acceptors", address, (found, at) =>
      readArrayOf(found, at, readAcceptor),
    ),
    minDelay: delay,
    // The longest pause, as Smithy sets it where a model says nothing.
    ...(delay > 120 && { maxDelay: delay }),
    ...(documentation !== undefined && { documentation }),
  };
}

function readAcceptor(value: unknown, address: Address) {
  const acceptor = readObject(value, address);
  refuseUnknownProperties(acceptor, ["argument", "expected", "matcher", "state"], address);
  const state = readProperty(acceptor, "state", address, (found, at) =>
    readOneOf(found, at, ["failure", "retry", "success"]),
  );
  return { state, ...readMatcher(acceptor, address) };
}

function readMatcher(acceptor: JsonObject, address: Address): Matcher {
  const kind = readProperty(acceptor, "matcher", address, (found, at) =>
    readOneOf(found, at, ["error", "path", "pathAll", "pathAny", "status"]),
  );
  const { expected } = acceptor;
  const at = within(address, "expected");
  switch (kind) {
    case "error":
      if (typeof expected === "boolean") return { matcher: { success: !expected } };
      return { matcher: { errorType: readString(expected, at) } };
    case "status": {
      const status = readInteger(expected, at);
      if (status >= 200 && status < 300) return { matcher: { success: true } };
      return { unsaid: `the HTTP status ${status}` };
    }
    default:
      return readPathMatcher(acceptor, kind, address);
  }
}

function readPathMatcher(
  acceptor: JsonObject,
  kind: "path" | "pathAll" | "pathAny",
  address: Address,
): Matcher {
  const path = readProperty(acceptor, "argument", address, readString);
  const { expected } = acceptor;
  if (typeof expected === "string") {
    return { matcher: { output: { path, expected, comparator: stringComparators[kind] } } };
  }
  if (typeof expected !== "boolean" && typeof expected !== "number") {
    throw mismatch(expected, within(address, "expected"), "a string, a number, true or false");
  }
  if (typeof expected === "boolean" && kind === "path") {
    const comparator = "booleanEquals";
    return { matcher: { output: { path, expected: String(expected), comparator } } };
  }
  return { unsaid: `whether ${path} is ${expected}` };
}

const stringComparators = {
  path: "stringEquals",
  pathAll: "allStringEquals",
  pathAny: "anyStringEquals",
} as const;

/** The words of the trait, led back to those of the file. */
function findOrigin(steps: readonly string[], address: Address): Address {
  const [waiter, ...inner] = steps.filter((step) => step !== "output");
  const at = waiter === undefined ? address : within(address, waiter);
  const renamed = inner.filter((step, index) => !(step === "matcher" && index < inner.length - 1));
  return within(at, ...renamed.map((step) => originalWords[step] ?? step));
}

const originalWords: { readonly [word: string]: string } = {
  comparator: "matcher",
  documentation: "description",
  errorType: "expected",
  maxDelay: "delay",
  minDelay: "delay",
  path: "argument",
  success: "expected",
};
