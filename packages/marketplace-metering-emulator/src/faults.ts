import type { Random } from "@pawprint/runtime/mocks";
import { findFaultProblems } from "./fault-problems.ts";

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
