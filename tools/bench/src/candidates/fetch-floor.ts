import type { Candidate } from "../candidate.ts";
import { checkAnswer } from "../work.ts";
import { createBareRequest, type Hashing } from "./floor.ts";

export function createFetchFloor(hashing: Hashing): Candidate {
  return {
    name: "bare fetch",
    create: (endpoint) => ({
      call: async (work) => {
        const init = { method: "POST", ...createBareRequest(work, hashing) };
        checkAnswer(work, await (await fetch(endpoint, init)).json());
      },
    }),
  };
}
