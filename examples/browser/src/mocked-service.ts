import {
  type BatchMeterUsageRequest,
  type BatchMeterUsageResult,
  ThrottlingException,
} from "@pawprint/marketplace-metering";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { delay, http } from "msw";
import { type SetupWorker, setupWorker } from "msw/browser";

/** How the mocked service behaves. */
export type Mood = "answers" | "throttles-twice" | "throttles" | "is-slow";

export interface MockedService {
  readonly worker: SetupWorker;
  /** Forgets what was, and behaves like this from now on. */
  setMood(mood: Mood): void;
}

const slowness = 4_000;

/** The mocks of the service, in a service worker of this page. */
export function createMockedService(): MockedService {
  const mock = mockMarketplaceMetering();
  let mood: Mood = "answers";
  const worker = setupWorker(
    // A handler that gives no response leaves the request to the next one.
    http.post("*", async () => {
      if (mood === "is-slow") await delay(slowness);
    }),
    ...mock.handlers,
  );
  return {
    worker,
    setMood: (next) => {
      mood = next;
      mock.reset();
      mock.batchMeterUsage.replies(acceptAll);
      const { batchMeterUsage, meterUsage, registerUsage, resolveCustomer } = mock;
      for (const operation of [batchMeterUsage, meterUsage, registerUsage, resolveCustomer]) {
        if (mood === "throttles") operation.rejects(createThrottling());
        if (mood !== "throttles-twice") continue;
        operation.rejectsOnce(createThrottling());
        operation.rejectsOnce(createThrottling());
      }
    },
  };
}

function createThrottling(): ThrottlingException {
  return new ThrottlingException({ message: "Rate exceeded" });
}

function acceptAll({ UsageRecords }: BatchMeterUsageRequest): BatchMeterUsageResult {
  return {
    Results: UsageRecords.map((UsageRecord) => ({
      UsageRecord,
      MeteringRecordId: crypto.randomUUID(),
      Status: "Success",
    })),
    UnprocessedRecords: [],
  };
}
