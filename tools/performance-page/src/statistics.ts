/** The value in the middle, and how far the middle half of all values spreads around it, as a share of it. */
export interface Summary {
  readonly median: number;
  readonly spread: number;
}

export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError("there is no value to summarize");
  const sorted = [...values].sort((left, right) => left - right);
  const median = quantile(sorted, 0.5);
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { median, spread: median === 0 ? 0 : range / median };
}

/**
 * How many times one series is another. Rounds of the same turn are divided by each other first: what
 * else the machine did meanwhile hit both.
 */
export function compare(values: readonly number[], others: readonly number[]): Summary {
  if (values.length !== others.length) throw new RangeError("the series differ in length");
  return summarize(values.map((value, index) => value / (others[index] as number)));
}

function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}
