import type { Fault, FaultKind, OperationName } from "./faults.ts";

export const faultKinds: readonly FaultKind[] = [
  "clockSkew",
  "hang",
  "internalError",
  "lostAnswer",
  "reset",
  "slow",
  "throttle",
  "unprocessed",
];

const operationNames: readonly OperationName[] = [
  "BatchMeterUsage",
  "MeterUsage",
  "RegisterUsage",
  "ResolveCustomer",
];

/** One thing that is wrong with a fault: the member, and what would be right. */
export interface FaultProblem {
  readonly member: string;
  readonly message: string;
}

/** What is wrong with a fault, whoever gave it. */
export function findFaultProblems(fault: Fault): readonly FaultProblem[] {
  const names = Object.keys(memberChecks);
  const unknown = Object.keys(fault)
    .filter((member) => !names.includes(member))
    .map((member) => ({
      member,
      message: `is unknown; what belongs here is one of ${names.join(", ")}`,
    }));
  const wrong = Object.entries(memberChecks).flatMap(([member, check]) => {
    const message = check(fault);
    return message === undefined ? [] : [{ member, message }];
  });
  return [...unknown, ...wrong];
}

type MemberCheck = (fault: Fault) => string | undefined;

/** Nothing is drawn for a clock: it is ahead for as long as the fault is switched on. */
const memberChecks: { readonly [member in keyof Fault]-?: MemberCheck } = {
  kind: ({ kind }) => expectOneOf(kind, faultKinds),
  operation: ({ kind, operation }) => {
    if (operation === undefined) return undefined;
    if (kind === "clockSkew") return isNeedless(kind);
    // Only batches have records that come back.
    return expectOneOf(operation, kind === "unprocessed" ? ["BatchMeterUsage"] : operationNames);
  },
  rate: ({ kind, rate }) => {
    if (rate === undefined) return undefined;
    if (kind === "clockSkew") return isNeedless(kind);
    return expectThat(
      typeof rate === "number" && rate >= 0 && rate <= 1,
      rate,
      "a number from 0 to 1",
    );
  },
  times: ({ kind, times }) => {
    if (times === undefined) return undefined;
    if (kind === "clockSkew") return isNeedless(kind);
    return expectThat(Number.isInteger(times) && times >= 0, times, "a whole number from 0");
  },
  milliseconds: ({ kind, milliseconds }) => {
    if (milliseconds === undefined) return undefined;
    const isWhole = Number.isSafeInteger(milliseconds);
    if (kind === "clockSkew") return expectThat(isWhole, milliseconds, "a whole number");
    if (kind !== "slow" && faultKinds.includes(kind)) return isNeedless(kind);
    return expectThat(isWhole && milliseconds >= 0, milliseconds, "a whole number from 0");
  },
};

function isNeedless(kind: FaultKind): string {
  return `means nothing for ${kind}; leave it out`;
}

function expectOneOf(value: unknown, allowed: readonly unknown[]): string | undefined {
  const what = allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(", ")}`;
  return expectThat(allowed.includes(value), value, what);
}

function expectThat(isRight: boolean, value: unknown, what: string): string | undefined {
  return isRight ? undefined : `found ${JSON.stringify(value) ?? "nothing"}; ${what} belongs here`;
}
