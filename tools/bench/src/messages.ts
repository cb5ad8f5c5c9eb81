import type { WorkName } from "./work.ts";

/** What the harness asks of a candidate's process. */
export interface Task {
  readonly work: WorkName;
  readonly calls: number;
  readonly concurrency: number;
}

/** What one round took. */
export interface Round {
  /** CPU time of the process, user and system, in microseconds a call. */
  readonly cpu: number;
  readonly callsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Megabytes, after the round. */
  readonly rss: number;
  /** Bytes that were allocated for each call, as far as no collection came between. */
  readonly heapPerCall: number;
}
