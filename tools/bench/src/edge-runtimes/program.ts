import { runCalls } from "../calls.ts";
import type { Candidate } from "../candidate.ts";
import type { Task } from "../messages.ts";

/** What a program is asked for: a round, and where the calls go. */
export interface EdgeTask extends Task {
  readonly endpoint: string;
}

/**
 * The part of a program that all runtimes have in common: it answers a request when its round of calls
 * is over. The client is made anew for each round, for a Worker must not keep what a request opened.
 */
export function createRoundHandler(candidate: Candidate): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const { endpoint, ...task } = (await request.json()) as EdgeTask;
      await runCalls(await candidate.create(endpoint, task.concurrency), task);
      return Response.json({});
    } catch (error) {
      return Response.json({ error: String(error) }, { status: 500 });
    }
  };
}
