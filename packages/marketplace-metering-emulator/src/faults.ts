import type { Random } from "@pawprint/runtime/mocks";

/** The operations of the service. */
export type OperationName = "BatchMeterUsage" | "MeterUsage" | "RegisterUsage" | "ResolveCustomer";

/** What can go wrong. */
export type FaultKind =
  /** The service's clock is ahead by `milliseconds`, for as long as the fault is switched on. */
  | "clockSkew"
  /** No answer ever comes. */
  | "hang"
  /** `InternalServiceErrorException`, with status 500; nothing is recorded. */
  | "internalError"
  /** What the request asks for is done, and the connection breaks before the answer. */
  | "lostAnswer"
  /** The connection breaks, and nothing is recorded. */
  | "reset"
  /** The head of the answer comes at once, and its body bit by bit within `milliseconds`. */
  | "slow"
  /** `ThrottlingException`; nothing is recorded. */
  | "throttle"
  /** A record of a batch comes back in `UnprocessedRecords`; the rate is for each record. */
  | "unprocessed";

/** Something that goes wrong now and then. */
export interface Fault {
  readonly kind: FaultKind;
  /** How often: from 0 to 1. Not for `clockSkew`. Default: 1. */
  readonly rate?: number;
  /** Not for `clockSkew`. Default: every operation that the kind is for. */
  readonly operation?: OperationName;
  /** How many times it happens at most. Not for `clockSkew`. Default: no limit. */
  readonly times?: number;
  /** For `slow` and `clockSkew` alone. Default: 1,000. */
  readonly milliseconds?: number;
}

/** Which faults are switched on. The same seed and the same calls bring the same faults. */
export class Faults {
  readonly #createRandom: () => Random;
  #random: Random;
  #faults: { readonly fault: Fault; left: number }[] = [];

  constructor(createRandom: () => Random, faults: readonly Fault[] = []) {
    this.#createRandom = createRandom;
    this.#random = createRandom();
    this.set(faults);
  }

  /** Those that may still happen; `times` is how often. */
  get current(): readonly Fault[] {
    return this.#faults
      .filter(({ left }) => left > 0)
      .map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left }));
  }

  /** Replaces all faults. Throws a `RangeError` for one that cannot be. */
  set(faults: readonly Fault[]): void {
    for (const [index, fault] of faults.entries()) {
      const [problem] = findFaultProblems(fault);
      if (problem === undefined) continue;
      throw new RangeError(`faults[${index}].${problem.member}: ${problem.message}`);
    }
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  /** Replaces all faults, and begins again with chance: the same calls bring the same faults again. */
  restart(faults: readonly Fault[] = []): void {
    this.#random = this.#createRandom();
    this.set(faults);
  }

  /** How far the service's clock is ahead, in milliseconds. */
  get clockSkew(): number {
    const entry = this.#faults.find(({ fault }) => fault.kind === "clockSkew");
    return entry === undefined ? 0 : (entry.fault.milliseconds ?? 1_000);
  }

  /** The fault of this kind that happens now, if one does. */
  draw(kind: FaultKind, operation: OperationName): Fault | undefined {
    for (const entry of this.#faults) {
      const { fault, left } = entry;
      const isMeant = fault.operation === undefined || fault.operation === operation;
      if (fault.kind !== kind || !isMeant || left <= 0) continue;
      if (this.#random.below(1_000_000) >= (fault.rate ?? 1) * 1_000_000) continue;
      entry.left -= 1;
      return fault;
    }
    return undefined;
  }
}

export const faultKinds: readonly string[] = [
  "clockSkew",
  "hang",
  "internalError",
  "lostAnswer",
  "reset",
  "slow",
  "throttle",
  "unprocessed",
] satisfies readonly FaultKind[];

const operationNames: readonly string[] = [
  "BatchMeterUsage",
  "MeterUsage",
  "RegisterUsage",
  "ResolveCustomer",
] satisfies readonly OperationName[];

export const faultMembers: readonly string[] = [
  "kind",
  "operation",
  "rate",
  "times",
  "milliseconds",
] satisfies readonly (keyof Fault)[];

/** What is wrong with a fault, whoever gave it: each time the member, and what would be right. */
export function findFaultProblems(
  fault: Fault,
): readonly { readonly member: string; readonly message: string }[] {
  const { kind, operation, rate = 1, times = 0, milliseconds = 0 } = fault;
  const found = (value: unknown): string => `found ${JSON.stringify(value) ?? "nothing"}`;
  const kinds = faultKinds.join(", ");
  const operations = operationNames.join(", ");
  const isOperation = operation === undefined || operationNames.includes(operation);
  const isSkew = kind === "clockSkew";
  const isTime = Number.isSafeInteger(milliseconds) && (isSkew || milliseconds >= 0);
  const isUnderstood = faultKinds.includes(kind);
  const isNeedless = (member: keyof Fault): boolean =>
    isUnderstood && fault[member] !== undefined && !takesMember(kind, member);
  const problems = {
    kind: !isUnderstood && `${found(kind)}; one of ${kinds} belongs here`,
    operation: !isOperation && `${found(operation)}; one of ${operations} belongs here`,
    rate:
      !(typeof rate === "number" && rate >= 0 && rate <= 1) &&
      `${found(rate)}; a number from 0 to 1 belongs here`,
    times:
      !(Number.isInteger(times) && times >= 0) &&
      `${found(times)}; a whole number from 0 belongs here`,
    milliseconds:
      !isTime && `${found(milliseconds)}; a whole number${isSkew ? "" : " from 0"} belongs here`,
  };
  const unknown = Object.keys(fault)
    .filter((member) => !faultMembers.includes(member))
    .map((member) => ({
      member,
      message: `is unknown; one of ${faultMembers.join(", ")} belongs here`,
    }));
  const wrong = Object.entries(problems).flatMap(([member, message]) =>
    message === false ? [] : [{ member, message }],
  );
  const needless = (["operation", "rate", "times", "milliseconds"] as const)
    .filter((member) => isNeedless(member) && !wrong.some((one) => one.member === member))
    .map((member) => ({ member, message: `means nothing for ${kind}; leave it out` }));
  const isForBatches =
    kind !== "unprocessed" || operation === undefined || operation === "BatchMeterUsage";
  const misplaced =
    isForBatches || !isOperation
      ? []
      : [
          {
            member: "operation",
            message: `found ${JSON.stringify(operation)}; only BatchMeterUsage has unprocessed records`,
          },
        ];
  return [...unknown, ...wrong, ...needless, ...misplaced];
}

/** A clock is ahead or not: nothing is drawn for it. */
function takesMember(kind: FaultKind, member: keyof Fault): boolean {
  if (member === "kind") return true;
  if (member === "milliseconds") return kind === "clockSkew" || kind === "slow";
  return kind !== "clockSkew";
}
