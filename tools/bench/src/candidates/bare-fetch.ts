import type { Candidate } from "../candidate.ts";
import { checkAnswer } from "../work.ts";
import { createBareRequest } from "./floor.ts";

export const candidate: Candidate = {
  name: "bare fetch",
  create: (endpoint) => ({
    call: async (work) => {
      const init = { method: "POST", ...createBareRequest(work) };
      checkAnswer(work, await (await fetch(endpoint, init)).json());
    },
  }),
};
