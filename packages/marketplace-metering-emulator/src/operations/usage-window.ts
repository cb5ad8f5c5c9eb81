import { TimestampOutOfBoundsException } from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";

const hour = 60 * 60 * 1_000;

/** Throws where usage of that time is not taken, or not yet, or not any more. */
export function checkUsageWindow(
  timestamp: Date,
  { rules, now, options }: Call,
  windowRule: "batch-meter-usage-window" | "meter-usage-window",
): void {
  const time = timestamp.getTime();
  if (time > now.getTime() + options.clockTolerance) {
    throw outOfBounds(timestamp, "is in the future");
  }
  const hours = rules.number(windowRule, "maximumAgeHours", now);
  if (hours !== undefined && now.getTime() - time > hours * hour) {
    throw outOfBounds(timestamp, `is more than ${hours} hours ago`);
  }
}

/** Throws where the month of the timestamp is closed already. */
export function checkMonthEnd(timestamp: Date, { rules, now }: Call): void {
  const hours = rules.number("batch-meter-usage-month-end", "previousMonthAcceptedForHours", now);
  if (hours === undefined || monthOf(timestamp) >= monthOf(now)) return;
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  if (now.getTime() >= monthStart + hours * hour) {
    throw outOfBounds(timestamp, `is of the past month, which closed ${hours} hours after its end`);
  }
}

/** The start of the period of so many hours that a time lies in, as ISO 8601. */
export function startOfPeriod(time: Date, hours: number): string {
  const period = hours * hour;
  return new Date(Math.floor(time.getTime() / period) * period).toISOString();
}

function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7);
}

function outOfBounds(timestamp: Date, why: string): TimestampOutOfBoundsException {
  const message = `The timestamp ${timestamp.toISOString()} ${why}.`;
  return new TimestampOutOfBoundsException({ message });
}
