import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import type { Candidate } from "../candidate.ts";
import { createSdkClient } from "./sdk-client.ts";

/** What the official SDK uses where there is no Node. */
export const candidate: Candidate = {
  name: "@aws-sdk, fetch",
  create: (endpoint) => createSdkClient({ endpoint, requestHandler: new FetchHttpHandler() }),
};
