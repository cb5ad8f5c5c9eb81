import { printCode } from "../emit/code.ts";
import { emitSuccess } from "../emit/core/waiter-functions.ts";
import type { PlannedOperation, PlannedWaiter } from "../emit/package-plan.ts";
import type { Operation } from "../ir/service.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Both, ModelPair, Pairing } from "./model-pair.ts";
import { pairByName } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { being, quote, same } from "./rule.ts";

/** Rules about what can be waited for. */
export const waiterRules: readonly Rule[] = [
  {
    name: "waiter-added",
    finds: "a new state to wait for",
    class: "minor",
    group: "added",
    reason: "There is a function more.",
    find: (pair) =>
      findWaiters(pair, ({ added }) =>
        added.map((planned) => describe(planned, ["is a new waiter", "are new waiters"])),
      ),
  },
  {
    name: "waiter-removed",
    finds: "a state that can no longer be waited for",
    class: "major",
    group: "changed",
    reason: "Its function is gone.",
    find: (pair) =>
      findWaiters(pair, ({ removed }) =>
        removed.map((planned) => describe(planned, being("gone"))),
      ),
  },
  {
    name: "waiter-result",
    finds: "a waiter that ends with another output or error",
    class: "major",
    group: "changed",
    reason: "Code that reads its `reason` was written for the old type.",
    find: (pair) =>
      findWaiters(pair, ({ kept }) =>
        kept.flatMap((both) => {
          const [before, after] = [printSuccess(both.old), printSuccess(both.new)];
          if (before === after) return [];
          return [describe(both.new, same(`ends with ${quote(after)}, formerly ${quote(before)}`))];
        }),
      ),
  },
  {
    name: "waiter-changed",
    finds: "a waiter that takes other answers for the state, or pauses otherwise",
    class: "minor",
    group: "changed",
    reason: "The same code waits; it may go on or give up at another answer.",
    find: (pair) =>
      findWaiters(pair, ({ kept }) =>
        kept
          .filter((both) => printBehaviour(both.old) !== printBehaviour(both.new))
          .map((both) => describe(both.new, ["judges answers anew", "judge answers anew"])),
      ),
  },
];

export interface WaiterOfOperation {
  readonly planned: PlannedOperation;
  readonly waiting: PlannedWaiter;
}

/** The waiters of the operations that both models have. */
export function pairWaiters({
  operations,
  old,
  new: next,
}: ModelPair): readonly Pairing<WaiterOfOperation>[] {
  const waitersOf = (
    side: ModelPair["old"],
    operation: Operation,
  ): readonly WaiterOfOperation[] => {
    const planned = side.plan.operations.find((candidate) => candidate.operation === operation);
    return planned?.waiters.map((waiting) => ({ planned, waiting })) ?? [];
  };
  return operations.kept.map((both: Both<Operation>) =>
    pairByName(
      waitersOf(old, both.old),
      waitersOf(next, both.new),
      ({ waiting }) => waiting.waiter.name,
    ),
  );
}

function findWaiters(
  pair: ModelPair,
  select: (waiters: Pairing<WaiterOfOperation>) => readonly Finding[],
): readonly Finding[] {
  return pairWaiters(pair).flatMap(select);
}

export function describe({ planned, waiting }: WaiterOfOperation, predicate: Predicate): Finding {
  return { address: planned.operation.id, subject: quote(waiting.name), predicate };
}

function printSuccess({ planned, waiting }: WaiterOfOperation): string {
  return printCode(emitSuccess(planned, waiting)).replaceAll(/\s+/g, " ");
}

/** What the model says of it, but for its documentation. */
function printBehaviour({ planned, waiting: { waiter } }: WaiterOfOperation): string {
  const waitable = planned.operation.traits.get("smithy.waiters#waitable") as
    | { readonly [name: string]: { readonly acceptors?: unknown } | undefined }
    | undefined;
  return canonicalJson([waiter.minDelay, waiter.maxDelay, waitable?.[waiter.name]?.acceptors]);
}
