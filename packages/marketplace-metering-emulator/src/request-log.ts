import { batchMeterUsageOperation } from "@pawprint/marketplace-metering/protocol";
import type { FaultKind } from "./faults.ts";

/** A request that arrived, whatever it asked for, and what became of it. */
export interface LoggedRequest {
  /** ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** As the request names it, or `undefined` where it names none. */
  readonly operation: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  /** 0 where the client does not say. */
  readonly attempt: number;
  /** Absent where no answer was given: see `fault`. */
  readonly status: number | undefined;
  /** The name of the error in the answer. */
  readonly error: string | undefined;
  /** The fault that made the answer what it is. */
  readonly fault: FaultKind | undefined;
  /** What was answered, for people. */
  readonly summary: string;
  readonly requestId: string;
  /** How long it took until the answer was known, without the wait of a fault. */
  readonly milliseconds: number;
}

/** The latest requests. */
export class RequestLog {
  readonly #kept: number;
  readonly #requests: LoggedRequest[] = [];

  constructor(kept: number) {
    this.#kept = kept;
  }

  /** Oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > this.#kept) this.#requests.shift();
  }

  clear(): void {
    this.#requests.length = 0;
  }
}

/** What targets of the service begin with. */
export const targetPrefix: string = `${batchMeterUsageOperation.service.shapeName}.`;

/** What a request says of itself, in its headers. */
export function describeHeaders(
  get: (name: string) => string | null | undefined,
): Pick<LoggedRequest, "accessKeyId" | "attempt" | "operation" | "region"> {
  const target = get("x-amz-target") ?? undefined;
  const signer = /Credential=([^/,\s]+)\/\d+\/([^/]+)\//;
  const [, accessKeyId, region] = signer.exec(get("authorization") ?? "") ?? [];
  const [, attempt] = /attempt=(\d+)/.exec(get("amz-sdk-request") ?? "") ?? [];
  return {
    operation: target?.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : target,
    accessKeyId,
    region,
    attempt: Number(attempt ?? 0),
  };
}
