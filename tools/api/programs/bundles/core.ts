import {
  batchMeterUsage,
  isServiceError,
  ThrottlingException,
} from "@pawprint/marketplace-metering";

declare function report(outcome: Promise<unknown>): void;

// A transport of the user's own: it throws what it is asked to carry.
const transport = {
  call: async (operation: { readonly name: string }): Promise<never> => {
    throw new ThrottlingException({ message: operation.name });
  },
  destroy: () => {},
};

report(
  batchMeterUsage(transport, { UsageRecords: [] }).catch((error: unknown) =>
    isServiceError(error) ? [error.name, error.message] : error,
  ),
);
