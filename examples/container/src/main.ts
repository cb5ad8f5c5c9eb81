import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { startApplication } from "./application.ts";
import { readProduct } from "./product-files.ts";
import { register } from "./registration.ts";
import { RegistrationError } from "./registration-error.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

// Region and credentials are the task's or the pod's own. An endpoint of the buyer's choice does no
// harm: whoever answers there has to sign with the key that belongs to the one in this image.
const metering = new MarketplaceMetering({ endpoint: process.env.METERING_ENDPOINT });
// The first process of a container ends on a signal only where somebody listens for it.
const end = (): never => process.exit(143);
process.once("SIGTERM", end);
try {
  await register({
    metering,
    product: await readProduct(new URL("../product/", import.meta.url)),
    patience: Number(process.env.REGISTRATION_PATIENCE ?? 5 * minute),
    keyGracePeriod: 30 * day,
    warn: (message) => console.warn(`registration: ${message}`),
  });
} catch (error) {
  // The orchestrator sees the exit code, and the operator of the buyer the reason.
  console.error(error instanceof RegistrationError ? `registration: ${error.message}` : error);
  process.exit(1);
} finally {
  metering.destroy();
}
process.off("SIGTERM", end);
startApplication();
