import { Agent } from "node:http";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Candidate } from "../candidate.ts";
import { createSdkClient } from "./sdk-client.ts";

/** Its agent keeps connections alive, and has as many as calls run at a time. */
export const candidate: Candidate = {
  name: "@aws-sdk, Node",
  create: (endpoint, concurrency) =>
    createSdkClient({
      endpoint,
      requestHandler: new NodeHttpHandler({
        httpAgent: new Agent({ keepAlive: true, maxSockets: concurrency }),
      }),
    }),
};
