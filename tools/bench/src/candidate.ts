import type { WorkName } from "./work.ts";

/** A client that is measured, made the way its own documentation recommends. */
export interface Candidate {
  readonly name: string;
  /** Makes the client for a local endpoint, with as many connections as calls that run at a time. */
  create(endpoint: string, concurrency: number): BenchClient | Promise<BenchClient>;
}

export interface BenchClient {
  /** One call; rejects where the answer is not the right one. */
  call(work: WorkName): Promise<void>;
}
