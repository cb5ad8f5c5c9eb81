import type { UsageAllocation } from "@pawprint/marketplace-metering";

/** One record of usage that the service has accepted, and billed once. */
export interface AcceptedUsage {
  readonly meteringRecordId: string;
  /** What makes it one: usage with the same key is the same usage, or refused. */
  readonly key: string;
  readonly operation: "BatchMeterUsage" | "MeterUsage";
  readonly productCode: string;
  readonly customerAccount: string;
  readonly licenseArn?: string | undefined;
  readonly dimension: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly quantity: number;
  readonly allocations?: readonly UsageAllocation[] | undefined;
  readonly region: string;
  /** ISO 8601. */
  readonly acceptedAt: string;
}

/** A `ClientToken` that an account has used for a request that was accepted. */
export interface UsedToken {
  readonly account: string;
  readonly token: string;
  /** What else was in the request, as text. */
  readonly parameters: string;
  /** The record that answers the same request again. */
  readonly meteringRecordId: string;
}

/** What is kept together, or not at all. */
export interface JournalEntry {
  readonly usage: readonly AcceptedUsage[];
  readonly tokens: readonly UsedToken[];
}

/**
 * Where accepted usage is kept. `append` returns once all of the entry is as safe as it gets: only
 * then is the caller told that it was accepted. It throws where the entry could not be kept.
 */
export interface Journal {
  /** All that is kept, in the order in which it was appended. Asked for once, at the start. */
  read(): JournalEntry;
  append(entry: JournalEntry): void;
  /** Forgets everything. */
  clear(): void;
}

/** Keeps usage as long as the process lives. */
export class MemoryJournal implements Journal {
  #usage: AcceptedUsage[] = [];
  #tokens: UsedToken[] = [];

  read(): JournalEntry {
    return { usage: this.#usage, tokens: this.#tokens };
  }

  append({ usage, tokens }: JournalEntry): void {
    this.#usage.push(...usage);
    this.#tokens.push(...tokens);
  }

  clear(): void {
    this.#usage = [];
    this.#tokens = [];
  }
}
