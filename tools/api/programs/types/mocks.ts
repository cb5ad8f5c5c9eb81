// What users write with the mocks package. Compiled, not run.
import { type BatchMeterUsageRequest, ThrottlingException } from "@pawprint/marketplace-metering";
import {
  type MarketplaceMeteringMock,
  type MockCall,
  mockMarketplaceMetering,
} from "@pawprint/marketplace-metering-mocks";
import type * as mocks from "@pawprint/runtime/mocks";
import type { RequestHandler } from "msw";

export type Modules = [typeof mocks];

const mock: MarketplaceMeteringMock = mockMarketplaceMetering();
export const handlers: readonly RequestHandler[] = [...mock.handlers, mock.meterUsage.handler];

mock.batchMeterUsage.resolves({ Results: [], UnprocessedRecords: [] });
mock.batchMeterUsage.rejectsOnce(new ThrottlingException({ message: "slow down" }));
mock.batchMeterUsage.replies(({ UsageRecords }) => ({ UnprocessedRecords: UsageRecords }));
const call: MockCall<BatchMeterUsageRequest> | undefined = mock.batchMeterUsage.calls[0];
export const quantity: number | undefined = call?.input.UsageRecords[0]?.Quantity;
mock.reset();
