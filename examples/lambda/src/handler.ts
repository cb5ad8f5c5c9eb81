import { MarketplaceMetering, type UsageRecord } from "@pawprint/marketplace-metering-node";
import type { Context, ScheduledEvent } from "aws-lambda";
import { sendUsage } from "./send-usage.ts";
import { type HourlyUsage, UsageApi } from "./usage-api.ts";

// Made once, and used by every invocation of this instance: connections stay open. Region and
// credentials are the function's own; Lambda puts them into the environment.
const metering = new MarketplaceMetering({ endpoint: process.env.METERING_ENDPOINT });
const usageApi = new UsageApi(readVariable("USAGE_API_URL"), readVariable("USAGE_API_TOKEN"));
const productCode = readVariable("PRODUCT_CODE");

const hour = 3_600_000;
/** What is left of the function's time when the last request must be over, to keep its verdicts. */
const reserve = 5_000;

export interface Report {
  readonly billed: number;
  /** Used and not billed. Each one is in the log, too: alarm on `usage not billed`. */
  readonly refused: number;
}

/** Sends the usage of every hour that is over. A failed run loses nothing: the next one sends it. */
export async function handler(
  event: Pick<ScheduledEvent, "time">,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<Report> {
  const time = context.getRemainingTimeInMillis() - reserve;
  if (time <= 0) throw new Error("the function needs a timeout of more than 5 seconds");
  const abortSignal = AbortSignal.timeout(time);
  const report = { billed: 0, refused: 0 };
  const before = new Date(Math.floor(Date.parse(event.time) / hour) * hour);
  const usage = await usageApi.readUnsettled(before);
  const records = new Map(usage.map((hourly) => [toRecord(hourly), hourly]));

  const waiting = await sendUsage([...records.keys()], {
    // A product from before June 2026: its code in the request, and no licence in the records.
    send: (UsageRecords) =>
      metering.batchMeterUsage({ ProductCode: productCode, UsageRecords }, { abortSignal }),
    keep: async (verdicts) => {
      const settled = verdicts.flatMap(({ record, status, detail }) => {
        const hourly = records.get(record);
        return hourly === undefined ? [] : [{ ...hourly, status, detail }];
      });
      await usageApi.settle(settled);
      for (const verdict of settled) {
        report[verdict.status === "Success" ? "billed" : "refused"] += 1;
        if (verdict.status !== "Success") {
          console.error(JSON.stringify({ event: "usage not billed", ...verdict }));
        }
      }
    },
  });

  // The function fails where something is left, so that Lambda tries again, and then raises an alarm.
  if (waiting.length > 0) throw new Error(`records that are still waiting: ${waiting.length}`);
  return report;
}

function toRecord({ account, dimension, hour, quantity }: HourlyUsage): UsageRecord {
  return {
    Timestamp: new Date(hour),
    CustomerAWSAccountId: account,
    Dimension: dimension,
    Quantity: quantity,
  };
}

function readVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is missing`);
  return value;
}
