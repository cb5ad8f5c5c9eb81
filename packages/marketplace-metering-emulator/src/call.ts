import type { Assumptions } from "./assumptions.ts";
import type { Directory } from "./directory.ts";
import type { Ledger } from "./ledger.ts";
import type { RuleBook } from "./rule-book.ts";
import type { Caller } from "./seed.ts";

/** What an operation looks at beside its input. */
export interface Call {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly rules: RuleBook;
  readonly caller: Required<Omit<Caller, "secretAccessKey">>;
  /** The Region of the endpoint, as the signature names it. */
  readonly region: string;
  readonly now: Date;
  readonly options: Assumptions;
  /** An id that the same seed gives again in the same place. */
  readonly createId: () => string;
}
