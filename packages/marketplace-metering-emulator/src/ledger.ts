import type { AcceptedUsage, Journal, UsedToken } from "./journal.ts";

/** All usage that was accepted, and what a new record is compared with. */
export class Ledger {
  readonly #journal: Journal;
  #usage: AcceptedUsage[] = [];
  #byKey = new Map<string, AcceptedUsage>();
  #tokens = new Map<string, UsedToken>();

  constructor(journal: Journal) {
    this.#journal = journal;
    const { usage, tokens } = journal.read();
    this.#remember(usage, tokens);
  }

  /** In the order in which it was accepted. */
  get usage(): readonly AcceptedUsage[] {
    return this.#usage;
  }

  findByKey(key: string): AcceptedUsage | undefined {
    return this.#byKey.get(key);
  }

  /** Tokens are an account's own. */
  findToken(account: string, token: string): UsedToken | undefined {
    return this.#tokens.get(tokenKey(account, token));
  }

  /** Keeps all of it, or throws and keeps none. */
  accept(usage: readonly AcceptedUsage[], tokens: readonly UsedToken[] = []): void {
    if (usage.length + tokens.length === 0) return;
    this.#journal.append({ usage, tokens });
    this.#remember(usage, tokens);
  }

  clear(): void {
    this.#journal.clear();
    this.#usage = [];
    this.#byKey = new Map();
    this.#tokens = new Map();
  }

  #remember(usage: readonly AcceptedUsage[], tokens: readonly UsedToken[]): void {
    for (const one of usage) {
      this.#usage.push(one);
      this.#byKey.set(one.key, one);
    }
    for (const one of tokens) this.#tokens.set(tokenKey(one.account, one.token), one);
  }
}

function tokenKey(account: string, token: string): string {
  return JSON.stringify([account, token]);
}
