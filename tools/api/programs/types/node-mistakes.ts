// Mistakes that every compiler has to find, each with its code at the end of the line.
import { generate } from "@pawprint/codegen";
import type { emitCore } from "@pawprint/codegen/emit"; // TS2307
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";

const metering = new MarketplaceMetering();
metering.batchMeter(); // TS2339
metering.resolveCustomer({}); // TS2345, from 7.0 on TS2741
metering.resolveCustomer({ RegistrationToken: 1 }); // TS2322
new MarketplaceMetering({ connectionTimeout: "1" }); // TS2322
new MarketplaceMetering({ fetch }); // TS2353
generate({ models: [] }); // TS2345, from 7.0 on TS2739

export type Unused = typeof emitCore;
