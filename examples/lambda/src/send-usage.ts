import {
  type BatchMeterUsageResult,
  isInvalidInputError,
  isServiceError,
  type UsageRecord,
} from "@pawprint/marketplace-metering";

/** What became of a record for good. Anything but `Success` is not billed: tell an operator. */
export interface Verdict {
  readonly record: UsageRecord;
  /** A `Status` of the service, or the name of the error that refuses this one record. */
  readonly status: string;
  /** What to quote when usage is disputed, or what is wrong with the record. */
  readonly detail: string;
}

export interface SendUsageOptions {
  /** One request, for up to 25 records. */
  readonly send: (records: UsageRecord[]) => Promise<BatchMeterUsageResult>;
  /** Keeps verdicts where they last. Called after each answer, before the next request. */
  readonly keep: (verdicts: readonly Verdict[]) => void | Promise<void>;
  /** How often records are sent that come back unprocessed, the first time included. Default: 5. */
  readonly rounds?: number;
  /** Milliseconds before the second round at most; each round after it doubles them. Default: 250. */
  readonly backoff?: number;
}

const batchSize = 25;

/**
 * Sends records in batches, and gives back those that have no verdict yet: send them again later,
 * unchanged. A record that is sent again as it was counts once, so after any doubt (a time-out, a
 * crash before `keep`) the answer is the same: send it again.
 *
 * Throws where the fault is no record's: throttling, an outage, a wrong product code, missing
 * permissions. Verdicts until then are kept, and all other records are still to be sent.
 */
export async function sendUsage(
  records: readonly UsageRecord[],
  options: SendUsageOptions,
): Promise<readonly UsageRecord[]> {
  checkDistinct(records);
  const waiting: UsageRecord[] = [];
  for (let start = 0; start < records.length; start += batchSize) {
    waiting.push(...(await sendBatch(records.slice(start, start + batchSize), options)));
  }
  return waiting;
}

async function sendBatch(
  batch: readonly UsageRecord[],
  options: SendUsageOptions,
): Promise<readonly UsageRecord[]> {
  const { send, keep, rounds = 5, backoff = 250 } = options;
  let pending = batch;
  for (let round = 1; ; round += 1) {
    let result: BatchMeterUsageResult;
    try {
      result = await send([...pending]);
    } catch (error) {
      // First level: an exception fails the whole batch.
      if (!isFaultOfRecord(error)) throw error;
      return isolate(pending, error, options);
    }
    // Second level: a status for each record that was processed.
    const verdicts = readVerdicts(pending, result);
    if (verdicts.length > 0) await keep(verdicts);
    // Third level: whatever has no verdict was not processed, and goes out again.
    const settled = new Set(verdicts.map(({ record }) => record));
    pending = pending.filter((record) => !settled.has(record));
    if (pending.length === 0 || round === rounds) return pending;
    await sleep(Math.random() * backoff * 2 ** (round - 1));
  }
}

/** One bad record fails its batch, and the error does not say which: halving finds it. */
async function isolate(
  batch: readonly UsageRecord[],
  error: Error,
  options: SendUsageOptions,
): Promise<readonly UsageRecord[]> {
  const [record] = batch;
  if (batch.length === 1 && record !== undefined) {
    await options.keep([{ record, status: error.name, detail: error.message }]);
    return [];
  }
  const middle = Math.ceil(batch.length / 2);
  return [
    ...(await sendBatch(batch.slice(0, middle), options)),
    ...(await sendBatch(batch.slice(middle), options)),
  ];
}

/** Errors that some record causes. Any other stops everything, and then no record may be given up. */
const faultsOfRecords: readonly string[] = [
  "InvalidCustomerIdentifierException",
  "InvalidLicenseException",
  "InvalidTagException",
  "InvalidUsageAllocationsException",
  "InvalidUsageDimensionException",
  "TimestampOutOfBoundsException",
  // Not in the model: for what the service finds wrong and the model does not know.
  "ValidationException",
];

function isFaultOfRecord(error: unknown): error is Error {
  if (isInvalidInputError(error)) return true;
  return isServiceError(error) && faultsOfRecords.includes(error.name);
}

function readVerdicts(
  sent: readonly UsageRecord[],
  { Results = [] }: BatchMeterUsageResult,
): readonly Verdict[] {
  return sent.flatMap((record) => {
    const result = Results.find(({ UsageRecord: echo }) => echo && isSame(record, echo));
    if (result?.Status === undefined) return [];
    return [{ record, status: result.Status, detail: result.MeteringRecordId ?? "" }];
  });
}

/** Whether the service speaks of the record that was sent. It may say more of it than was sent. */
function isSame(sent: UsageRecord, echo: UsageRecord): boolean {
  const names = ["CustomerAWSAccountId", "CustomerIdentifier", "LicenseArn"] as const;
  return (
    sent.Dimension === echo.Dimension &&
    sent.Timestamp.getTime() === echo.Timestamp.getTime() &&
    names.every((name) => sent[name] === undefined || sent[name] === echo[name])
  );
}

/** Of two records for one customer, dimension and hour, the service would bill only the first. */
function checkDistinct(records: readonly UsageRecord[]): void {
  const seen = new Set<string>();
  for (const record of records) {
    const { CustomerAWSAccountId, CustomerIdentifier, LicenseArn, Dimension, Timestamp } = record;
    const customer = [CustomerAWSAccountId, CustomerIdentifier, LicenseArn];
    const hour = Math.floor(Timestamp.getTime() / 3_600_000);
    const key = JSON.stringify([...customer, Dimension, hour]);
    if (seen.has(key)) {
      throw new Error(`two records for ${key}: add their quantities up before they are sent`);
    }
    seen.add(key);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
