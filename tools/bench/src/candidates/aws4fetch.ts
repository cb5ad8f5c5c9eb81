import { AwsClient } from "aws4fetch";
import type { Candidate } from "../candidate.ts";
import { checkAnswer, createWireInput, settings, targets } from "../work.ts";

/** It signs and sends; what to send and what comes back is up to its caller. */
export const candidate: Candidate = {
  name: "aws4fetch",
  create: (endpoint) => {
    const { region, credentials } = settings;
    const client = new AwsClient({ ...credentials, region, service: "aws-marketplace" });
    return {
      call: async (work) => {
        const response = await client.fetch(endpoint, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": targets[work],
          },
          body: JSON.stringify(createWireInput(work)),
        });
        checkAnswer(work, await response.json());
      },
    };
  },
};
