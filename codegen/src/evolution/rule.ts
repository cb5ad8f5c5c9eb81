import type { ChangeClass, ChangeGroup } from "./change.ts";
import type { Directions, ModelPair } from "./model-pair.ts";

/** One kind of change: how it is found, what it means, and why. */
export interface Rule {
  readonly name: string;
  /** What it finds, in a few words. */
  readonly finds: string;
  /** One class, or one for each direction; of two that apply, the stronger counts. */
  readonly class: ChangeClass | DirectedClass;
  /** Where a changelog tells of it while it breaks nothing. */
  readonly group: Exclude<ChangeGroup, "breaking">;
  readonly reason: string;
  /** Whether other changes tell of it anyway, so that a changelog need not. */
  readonly implied?: true;
  readonly find: (pair: ModelPair) => Iterable<Finding>;
}

export interface DirectedClass {
  readonly input: ChangeClass;
  readonly output: ChangeClass;
}

export interface Finding {
  readonly address: string;
  /** What it is about, as code names: `` `UsageRecord.Quantity` ``. */
  readonly subject: string;
  /** What is to be said of one subject, and of several at once. Together with the subject, a sentence without its period. */
  readonly predicate: Predicate;
  /** Needed where the rule's class depends on it. */
  readonly directions?: Directions;
}

export type Predicate = readonly [ofOne: string, ofSeveral: string];

/** A predicate that reads the same for one and for several. */
export function same(predicate: string): Predicate {
  return [predicate, predicate];
}

/** `is new` or `are new`. */
export function being(text: string): Predicate {
  return [`is ${text}`, `are ${text}`];
}

export function quote(name: string): string {
  return `\`${name}\``;
}
