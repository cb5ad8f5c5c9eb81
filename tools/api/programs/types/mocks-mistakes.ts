// Mistakes that every compiler has to find, each with its code at the end of the line.
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";

const mock = mockMarketplaceMetering();
mock.batchMeterUsage.resolves({ Results: [{ Status: 1 }] }); // TS2322
mock.batchMeterUsage.rejects("slow down"); // TS2345
mock.batchMeter.reset(); // TS2339
mock.batchMeterUsage.calls[0].input; // TS2532
