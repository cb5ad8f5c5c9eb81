import type { MockOptions } from "./mock-options.ts";

/** What the mocks of a service have in common. */
export interface MockSession {
  readonly options: MockOptions;
  /** The ids of answers, the same ones on every run. */
  readonly nextRequestId: () => string;
  /** How often each operation was called, in the order of their first calls. */
  readonly called: Map<string, number>;
}

export function createMockSession(options: MockOptions): MockSession {
  return { options, nextRequestId: createRequestIds(), called: new Map() };
}

/** What time it is for the service. */
export function readClock({ options: { clock } }: MockSession): Date {
  return clock === undefined ? new Date() : clock();
}

/** A counter in the form of a UUID. */
function createRequestIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
}

/** `ResolveCustomer, MeterUsage (2 times)`. */
export function listCalled(called: ReadonlyMap<string, number>): string {
  return [...called]
    .map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`))
    .join(", ");
}
