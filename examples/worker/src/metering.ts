import { createTransport, type Transport } from "@pawprint/marketplace-metering-edge";
import type { Environment } from "./environment.ts";

/** One Region for everything: the service recognises repeats within a Region only. */
export function createMeteringTransport(environment: Environment): Transport {
  return createTransport({
    region: environment.AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    },
    endpoint: environment.METERING_ENDPOINT,
  });
}
