/** What a service's documentation says beyond its model, for a time, as an emulator needs it. */
export interface DatedRule {
  /** What the rule is about. A later rule with the same id replaces an earlier one. */
  readonly id: string;
  /** The first day, month or year that it holds, such as `2026-07`, in UTC. Absent: ever. */
  readonly since?: string;
  /** The first one that it does not hold any more. Absent: it still holds. */
  readonly until?: string;
  readonly statement: string;
  readonly values: { readonly [name: string]: string | number | boolean | readonly string[] };
  /** Where the statement was read, and when. */
  readonly source: string;
}
