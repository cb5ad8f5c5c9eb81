import awsLite from "@aws-lite/client";
import type { Candidate } from "../candidate.ts";
import { checkAnswer, createWireInput, settings, targets } from "../work.ts";

/** It has no plugin for this service: its generic call signs and sends JSON. */
export const candidate: Candidate = {
  name: "aws-lite",
  create: async (endpoint) => {
    const { region, credentials } = settings;
    const { hostname, port } = new URL(endpoint);
    const client = await awsLite({
      ...credentials,
      region,
      host: hostname,
      port: Number(port),
      protocol: "http",
      verifyService: false,
      keepAlive: true,
      autoloadPlugins: false,
    });
    return {
      call: async (work) => {
        const { payload } = await client({
          service: "aws-marketplace",
          method: "POST",
          path: "/",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": targets[work],
          },
          payload: createWireInput(work),
        });
        checkAnswer(work, payload);
      },
    };
  },
};
