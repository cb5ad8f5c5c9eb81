import type { AcceptedUsage } from "./journal.ts";

/** The records of one hour. */
export interface HourOfUsage {
  /** Its start, as ISO 8601. */
  readonly hour: string;
  readonly records: number;
  readonly quantity: number;
}

/** How many records there are of each hour of usage that has any, oldest first. */
export function countByHour(usage: readonly AcceptedUsage[]): readonly HourOfUsage[] {
  const hours = new Map<string, { records: number; quantity: number }>();
  for (const { timestamp, quantity } of usage) {
    const hour = `${timestamp.slice(0, 13)}:00:00.000Z`;
    const entry = hours.get(hour) ?? { records: 0, quantity: 0 };
    entry.records += 1;
    entry.quantity += quantity;
    hours.set(hour, entry);
  }
  return [...hours]
    .map(([hour, counts]) => ({ hour, ...counts }))
    .sort((one, other) => (one.hour < other.hour ? -1 : 1));
}
