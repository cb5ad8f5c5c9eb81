/** Counts the requests of each account and Region in a second that slides along. */
export class RequestQuota {
  readonly #times = new Map<string, number[]>();

  /** Whether another request is within the quota; only then does it count. */
  allows(key: string, perSecond: number, now: Date): boolean {
    const time = now.getTime();
    const recent = (this.#times.get(key) ?? []).filter(
      (earlier) => earlier > time - 1_000 && earlier <= time,
    );
    const isAllowed = recent.length < perSecond;
    if (isAllowed) recent.push(time);
    this.#times.set(key, recent);
    return isAllowed;
  }

  clear(): void {
    this.#times.clear();
  }
}
