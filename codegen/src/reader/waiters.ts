import type { Presence } from "../ir/presence.ts";
import type { Category, Query } from "../ir/query.ts";
import { categoryOf, elementOf } from "../ir/query.ts";
import type { Omission, Operation } from "../ir/service.ts";
import type { Acceptor, Comparator, Matcher, Waiter } from "../ir/waiter.ts";
import { comparators } from "../ir/waiter.ts";
import { UnsupportedExpression } from "./jmespath.ts";
import type { JsonObject } from "./json.ts";
import {
  mismatch,
  readArrayOf,
  readBoolean,
  readInteger,
  readObject,
  readOneOf,
  readOptional,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "./json.ts";
import type { Address } from "./model-error.ts";
import { ModelError } from "./model-error.ts";
import { readQuery } from "./query.ts";

const trait = "smithy.waiters#waitable";

/** An operation with its waiters, as far as they can be generated. What cannot is given to `omit`. */
export function readWaiters(
  operation: Operation,
  owner: Address,
  isPresent: Presence,
  omit: (omission: Omission) => void,
): readonly Waiter[] {
  if (!operation.traits.has(trait)) return [];
  const address = [...owner, trait];
  const definitions = Object.entries(readObject(operation.traits.get(trait), address));
  return definitions.flatMap(([name, value]) => {
    const at = within(address, name);
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
      throw new ModelError(at, "a waiter's name is letters and digits, a capital letter first");
    }
    try {
      return [new WaiterReader(operation, isPresent).waiter(name, value, at)];
    } catch (error) {
      if (!(error instanceof UnsupportedExpression)) throw error;
      const reason = `the waiter needs ${error.message} in JMESPath, which is not supported`;
      omit({ id: `${operation.id}$${name}`, reason });
      return [];
    }
  });
}

/** Functions are named after waiters, which so need a name of their own in the whole service. */
export function checkWaiterNames(operations: readonly Operation[], file: string): void {
  const seen = new Map<string, string>();
  for (const { id, waiters } of operations) {
    for (const { name } of waiters) {
      const other = seen.get(name.toLowerCase());
      if (other !== undefined) {
        const problem = `has the name of a waiter of ${other}; rename one of them`;
        throw new ModelError(within([file, id, trait], name), problem);
      }
      seen.set(name.toLowerCase(), id);
    }
  }
}

class WaiterReader {
  private readonly operation: Operation;
  private readonly isPresent: Presence;

  constructor(operation: Operation, isPresent: Presence) {
    this.operation = operation;
    this.isPresent = isPresent;
  }

  waiter(name: string, value: unknown, address: Address): Waiter {
    const waiter = readObject(value, address);
    refuseUnknownProperties(
      waiter,
      ["acceptors", "minDelay", "maxDelay", "documentation", "deprecated", "tags"],
      address,
    );
    const acceptors = readProperty(waiter, "acceptors", address, (list, at) =>
      readArrayOf(list, at, (item, itemAddress) => this.acceptor(item, itemAddress)),
    );
    if (!acceptors.some(({ state }) => state === "success")) {
      const problem = "no acceptor has the state success, so the waiter could never succeed";
      throw new ModelError(within(address, "acceptors"), problem);
    }
    const isDeprecated = readOptional(waiter, "deprecated", address, readBoolean) ?? false;
    return {
      name,
      acceptors,
      ...readDelays(waiter, address),
      documentation: readOptional(waiter, "documentation", address, readString),
      deprecated: isDeprecated ? { message: undefined, since: undefined } : undefined,
    };
  }

  private acceptor(value: unknown, address: Address): Acceptor {
    const acceptor = readObject(value, address);
    refuseUnknownProperties(acceptor, ["state", "matcher", "message"], address);
    const state = readProperty(acceptor, "state", address, (found, at) =>
      readOneOf(found, at, ["failure", "retry", "success"]),
    );
    const matcher = readProperty(acceptor, "matcher", address, (found, at) =>
      this.matcher(found, at),
    );
    const message = readOptional(acceptor, "message", address, (found, at) =>
      this.message(found, at),
    );
    return { state, matcher, message };
  }

  private matcher(value: unknown, address: Address): Matcher {
    const entries = Object.entries(readObject(value, address));
    const [entry] = entries;
    if (entry === undefined || entries.length > 1) {
      throw mismatch(value, address, "an object with exactly one matcher");
    }
    const [name, content] = entry;
    const at = within(address, name);
    switch (name) {
      case "success":
        return { kind: "success", success: readBoolean(content, at) };
      case "errorType":
        return { kind: "errorType", name: this.errorName(readString(content, at)) };
      case "output":
      case "inputOutput":
        return this.outputMatcher(name, content, at);
      default:
        throw new ModelError(
          at,
          "unknown matcher; what belongs here is success, errorType, output or inputOutput",
        );
    }
  }

  /** Only the name counts, which a service may have changed. */
  private errorName(shapeId: string): string {
    const name = shapeId.replace(/^.*#/, "");
    return this.operation.errors.find(({ id }) => id.endsWith(`#${name}`))?.name ?? name;
  }

  private outputMatcher(kind: "inputOutput" | "output", value: unknown, address: Address): Matcher {
    const matcher = readObject(value, address);
    refuseUnknownProperties(matcher, ["path", "expected", "comparator"], address);
    const comparator = readProperty(matcher, "comparator", address, (found, at) =>
      readOneOf(found, at, comparators),
    );
    const expected = readProperty(matcher, "expected", address, readString);
    if (comparator === "booleanEquals" && expected !== "true" && expected !== "false") {
      throw mismatch(expected, within(address, "expected"), '"true" or "false"');
    }
    const query = readProperty(matcher, "path", address, (path, at) => this.query(path, at, kind));
    checkComparator(query, comparator, expected);
    return { kind: "output", query, comparator, expected };
  }

  private message(value: unknown, address: Address): Query {
    const query = this.query(value, address, "output");
    const type = elementOf(query.type)?.type ?? query.type;
    if (categoryOf(type) === "string") return query;
    throw new UnsupportedExpression("a message that is no text");
  }

  private query(value: unknown, address: Address, kind: "inputOutput" | "output"): Query {
    const { input, output } = this.operation;
    if (output === undefined) throw new ModelError(address, "the operation has no output");
    if (kind === "output") {
      const roots = { input: undefined, output };
      return readQuery(readString(value, address), roots, this.isPresent, address);
    }
    if (input === undefined) throw new ModelError(address, "the operation has no input");
    return readQuery(readString(value, address), { input, output }, this.isPresent, address);
  }
}

/** A comparison that can never hold, or that would hold where JMESPath's does not, is left out. */
function checkComparator(query: Query, comparator: Comparator, expected: string): void {
  const { element, category } = comparedTypes[comparator];
  const found = elementOf(query.type);
  const compared = element ? found && categoryOf(found.type) : categoryOf(query.type);
  const isInexact = compared === "condition" && expected === "true";
  if (compared === category || (category === "boolean" && isInexact)) return;
  throw new UnsupportedExpression(
    `${comparator} for what is no ${element ? "list of " : ""}${category}`,
  );
}

const comparedTypes: {
  readonly [comparator in Comparator]: {
    readonly element: boolean;
    readonly category: Category;
  };
} = {
  allStringEquals: { element: true, category: "string" },
  anyStringEquals: { element: true, category: "string" },
  booleanEquals: { element: false, category: "boolean" },
  stringEquals: { element: false, category: "string" },
};

function readDelays(
  waiter: JsonObject,
  address: Address,
): { readonly minDelay: number; readonly maxDelay: number } {
  const readDelay = (value: unknown, at: Address): number => {
    const delay = readInteger(value, at);
    if (delay < 1) throw mismatch(value, at, "a number of seconds from 1");
    return delay;
  };
  const minDelay = readOptional(waiter, "minDelay", address, readDelay) ?? 2;
  const maxDelay = readOptional(waiter, "maxDelay", address, readDelay) ?? 120;
  if (minDelay <= maxDelay) return { minDelay, maxDelay };
  throw new ModelError(address, `minDelay ${minDelay} is above maxDelay ${maxDelay}`);
}
