import type { Bump } from "./change.ts";

/** What changes from one revision of a model to the next, found by reading both files. */
export interface HistoryStep {
  readonly from: string;
  readonly to: string;
  readonly bump: Bump;
  /** `class rule: address`, where an address without `#` is one of the service's namespace. */
  readonly changes: readonly string[];
}

/** AWS Marketplace Metering from 2016 to 2020, as in `boto/botocore`. */
export const meteringHistory: readonly HistoryStep[] = [
  {
    from: "2016-03-17",
    to: "2016-08-02",
    bump: "minor",
    changes: ["minor constraint-loosened: UsageQuantity"],
  },
  {
    from: "2016-08-02",
    to: "2016-11-17",
    bump: "minor",
    changes: [
      "minor operation-added: BatchMeterUsage",
      "minor operation-added: ResolveCustomer",
      "minor shape-added: BatchMeterUsageRequest",
      "minor shape-added: BatchMeterUsageResult",
      "minor shape-added: ExpiredTokenException",
      "minor shape-added: InvalidCustomerIdentifierException",
      "minor shape-added: InvalidTokenException",
      "minor shape-added: ResolveCustomerRequest",
      "minor shape-added: ResolveCustomerResult",
      "minor shape-added: UsageRecord",
      "minor shape-added: UsageRecordResult",
      "minor shape-added: UsageRecordResultStatus",
      "patch documentation: AWSMPMeteringService",
      "patch documentation: MeterUsage",
      // Quotation marks are gone. Four other texts lost a space at their end, which is not printed.
      "patch documentation: MeterUsageRequest$UsageDimension",
    ],
  },
  // `metadata.uid` is new.
  { from: "2016-11-17", to: "2016-12-08", bump: "none", changes: [] },
  // `metadata.serviceId` is new, and is what was made of the service's full name before.
  { from: "2016-12-08", to: "2018-06-19", bump: "none", changes: [] },
  {
    from: "2018-06-19",
    to: "2018-11-27",
    bump: "minor",
    changes: [
      "minor operation-added: RegisterUsage",
      "minor error-listed: BatchMeterUsage",
      "minor error-listed: ResolveCustomer",
      "minor shape-added: CustomerNotEntitledException",
      "minor shape-added: DisabledApiException",
      "minor shape-added: InvalidPublicKeyVersionException",
      "minor shape-added: InvalidRegionException",
      "minor shape-added: PlatformNotSupportedException",
      "minor shape-added: RegisterUsageRequest",
      "minor shape-added: RegisterUsageResult",
      "patch documentation: AWSMPMeteringService",
      "patch documentation: InvalidEndpointRegionException",
      "patch documentation: InvalidTokenException",
      "patch documentation: ThrottlingException",
      "patch documentation: MeterUsageResult$MeteringRecordId",
    ],
  },
  {
    from: "2018-11-27",
    to: "2019-03-20",
    bump: "major",
    changes: [
      // It comes back in `UnprocessedRecords`, so that readers meet `undefined`.
      "major member-optional: UsageRecord$Quantity",
      "minor member-optional: MeterUsageRequest$UsageQuantity",
      "minor member-optional: MeterUsageRequest$DryRun",
      "minor constraint-loosened: UsageQuantity",
      "patch documentation: AWSMPMeteringService",
      "patch documentation: MeterUsageRequest$UsageQuantity",
      "patch documentation: MeterUsageRequest$DryRun",
      "patch documentation: UsageRecord$Quantity",
    ],
  },
  {
    from: "2019-03-20",
    to: "2019-05-20",
    bump: "patch",
    changes: [
      "patch documentation: MeterUsageRequest$Timestamp",
      "patch documentation: UsageRecord$Timestamp",
    ],
  },
  {
    from: "2019-05-20",
    to: "2019-11-14",
    bump: "minor",
    changes: [
      "minor error-listed: MeterUsage",
      "patch documentation: AWSMPMeteringService",
      "patch documentation: RegisterUsage",
    ],
  },
  {
    from: "2019-11-14",
    to: "2019-11-21",
    bump: "patch",
    changes: [
      "patch documentation: AWSMPMeteringService",
      "patch documentation: MeterUsage",
      "patch documentation: DuplicateRequestException",
      "patch documentation: InvalidEndpointRegionException",
    ],
  },
  {
    from: "2019-11-21",
    to: "2020-06-04",
    bump: "patch",
    changes: ["patch documentation: AWSMPMeteringService"],
  },
  {
    from: "2020-06-04",
    to: "2020-06-18",
    bump: "patch",
    changes: ["patch documentation: PlatformNotSupportedException"],
  },
  {
    from: "2020-06-18",
    to: "2020-11-04",
    bump: "minor",
    changes: [
      "minor error-listed: BatchMeterUsage",
      "minor error-listed: BatchMeterUsage",
      "minor error-listed: MeterUsage",
      "minor error-listed: MeterUsage",
      "minor shape-added: InvalidTagException",
      "minor shape-added: InvalidUsageAllocationsException",
      "minor shape-added: Tag",
      "minor shape-added: UsageAllocation",
      "minor member-added: MeterUsageRequest$UsageAllocations",
      "minor member-added: UsageRecord$UsageAllocations",
      // From `\S+` to `[\s\S]+`.
      "minor constraint-loosened: NonEmptyString",
      // They have the pattern `[\s\S]+` now, and a minimal length of 1 since ever.
      "patch constraint-restated: CustomerIdentifier",
      "patch constraint-restated: ProductCode",
      "patch constraint-restated: UsageDimension",
      "patch documentation: BatchMeterUsage",
      "patch documentation: MeterUsage",
    ],
  },
];
