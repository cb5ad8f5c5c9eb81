import type { DatedRule } from "@pawprint/runtime/mocks";

type RuleValue = DatedRule["values"][string];

/** The service's dated rules, and what they say at a time. */
export class RuleBook {
  readonly #rules: readonly DatedRule[];

  constructor(rules: readonly DatedRule[]) {
    this.#rules = rules;
  }

  /** The rule of this id that holds at a time, or nothing where none does. */
  find(id: string, at: Date): DatedRule | undefined {
    const day = at.toISOString().slice(0, 10);
    // Shorter dates stand for the first day of their month or year: text order is the order of time.
    return this.#rules.find(
      (rule) =>
        rule.id === id &&
        (rule.since === undefined || rule.since <= day) &&
        (rule.until === undefined || day < rule.until),
    );
  }

  number(id: string, name: string, at: Date): number | undefined {
    return this.#value(id, name, at, "number") as number | undefined;
  }

  text(id: string, name: string, at: Date): string | undefined {
    return this.#value(id, name, at, "string") as string | undefined;
  }

  /** Whether a rule says so; `false` where no rule of that id holds. */
  holds(id: string, name: string, at: Date): boolean {
    return this.#value(id, name, at, "boolean") === true;
  }

  /** A rule that lost a value must not turn into one that allows everything. */
  #value(id: string, name: string, at: Date, type: string): RuleValue | undefined {
    const rule = this.find(id, at);
    if (rule === undefined) return undefined;
    const value = rule.values[name];
    if (typeof value === type) return value;
    throw new TypeError(`the rule ${id} of ${rule.since ?? "ever"} has no ${type} ${name}`);
  }
}
