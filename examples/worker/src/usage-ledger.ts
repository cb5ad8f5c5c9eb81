import { DurableObject } from "cloudflare:workers";
import { batchMeterUsage, type UsageRecord } from "@pawprint/marketplace-metering-edge";
import type { Environment } from "./environment.ts";
import { createMeteringTransport } from "./metering.ts";
import { sendUsage, type Verdict } from "./send-usage.ts";
import { largestQuantity, type UsageEvent } from "./usage-event.ts";

const hour = 3_600_000;
const week = 7 * 24 * hour;

export interface Customer {
  readonly account: string;
  readonly license: string;
}

/** Why an event was not recorded. */
export interface Refusal {
  readonly id: string;
  readonly reason: "unknown customer" | "hour is full";
}

/**
 * Who bought the product, and what they used, in a database of its own.
 *
 * An event counts in the hour in which it arrives, or in the next one where that hour has been
 * sealed. A sealed hour never changes again, so its records can be sent any number of times: they
 * are always the same, and count once.
 */
export class UsageLedger extends DurableObject<Environment> {
  private flushing: Promise<void> | undefined;

  constructor(context: DurableObjectState, environment: Environment) {
    super(context, environment);
    context.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS customers (
        id TEXT PRIMARY KEY, account TEXT NOT NULL, license TEXT NOT NULL UNIQUE
      );
      CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, hour INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS usage (
        customer TEXT NOT NULL, dimension TEXT NOT NULL, hour INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        status TEXT, -- absent until the service has settled the record for good
        detail TEXT,
        PRIMARY KEY (customer, dimension, hour)
      );
      CREATE TABLE IF NOT EXISTS seals (hour INTEGER PRIMARY KEY); -- hours before it are sealed
      CREATE INDEX IF NOT EXISTS unsettled ON usage (hour) WHERE status IS NULL;
    `);
  }

  /** Stores a buyer, once for each licence, and gives the id under which usage is reported. */
  register({ account, license }: Customer): string {
    const { sql } = this.ctx.storage;
    sql.exec(
      "INSERT INTO customers VALUES (?, ?, ?) ON CONFLICT (license) DO NOTHING",
      crypto.randomUUID(),
      account,
      license,
    );
    return String(sql.exec("SELECT id FROM customers WHERE license = ?", license).one().id);
  }

  /** Counts events, each one once. Gives back those that cannot be counted; all others are safe. */
  record(events: readonly UsageEvent[]): readonly Refusal[] {
    return this.ctx.storage.transactionSync(() =>
      events.flatMap((event) => {
        const reason = this.count(event, Math.max(roundDown(Date.now()), this.readSeal()));
        return reason === undefined ? [] : [{ id: event.id, reason }];
      }),
    );
  }

  /** Seals the hours before this moment, and sends what is not settled. Parallel calls share one run. */
  flush(moment: number): Promise<void> {
    this.flushing ??= this.sendSealedHours(moment).finally(() => {
      this.flushing = undefined;
    });
    return this.flushing;
  }

  private count(event: UsageEvent, openHour: number): Refusal["reason"] | undefined {
    const { id, customer, dimension, quantity } = event;
    const { sql } = this.ctx.storage;
    if (sql.exec("SELECT id FROM events WHERE id = ?", id).toArray().length > 0) return undefined;
    if (sql.exec("SELECT id FROM customers WHERE id = ?", customer).toArray().length === 0) {
      return "unknown customer";
    }
    const changed = sql.exec(
      `INSERT INTO usage (customer, dimension, hour, quantity) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity
       WHERE quantity + excluded.quantity <= ${largestQuantity}
       RETURNING quantity`,
      customer,
      dimension,
      openHour,
      quantity,
    );
    if (changed.toArray().length === 0) return "hour is full";
    sql.exec("INSERT INTO events VALUES (?, ?)", id, openHour);
    return undefined;
  }

  private readSeal(): number {
    const [row] = this.ctx.storage.sql.exec("SELECT max(hour) AS hour FROM seals").toArray();
    return Number(row?.hour ?? 0);
  }

  private async sendSealedHours(moment: number): Promise<void> {
    const transport = createMeteringTransport(this.env);
    const { sql } = this.ctx.storage;
    sql.exec("INSERT INTO seals VALUES (?) ON CONFLICT DO NOTHING", roundDown(moment));
    sql.exec("DELETE FROM events WHERE hour < ?", moment - week);
    sql.exec("DELETE FROM seals WHERE hour < ?", moment - week);
    const usage = this.readUnsettled(this.readSeal());
    const owners = new Map(usage.map(({ record, customer }) => [record, customer]));
    const waiting = await sendUsage([...owners.keys()], {
      send: (UsageRecords) => batchMeterUsage(transport, { UsageRecords }),
      keep: (verdicts) => {
        for (const verdict of verdicts) this.settle(verdict, owners.get(verdict.record) ?? "");
      },
    });
    for (const record of waiting) {
      console.warn(
        JSON.stringify({ event: "usage still waiting", customer: owners.get(record), record }),
      );
    }
  }

  /** The oldest first: they have the least time left. A run sends at most what a Worker may. */
  private readUnsettled(before: number): readonly { customer: string; record: UsageRecord }[] {
    return this.ctx.storage.sql
      .exec(
        `SELECT usage.*, account, license FROM usage JOIN customers ON customers.id = customer
         WHERE status IS NULL AND hour < ? ORDER BY hour LIMIT 5000`,
        before,
      )
      .toArray()
      .map((row) => ({
        customer: String(row.customer),
        // A product from June 2026 or later: licence and account, and no product code in the request.
        record: {
          Timestamp: new Date(Number(row.hour)),
          CustomerAWSAccountId: String(row.account),
          LicenseArn: String(row.license),
          Dimension: String(row.dimension),
          Quantity: Number(row.quantity),
        },
      }));
  }

  private settle({ record, status, detail }: Verdict, customer: string): void {
    this.ctx.storage.sql.exec(
      "UPDATE usage SET status = ?, detail = ? WHERE customer = ? AND dimension = ? AND hour = ?",
      status,
      detail,
      customer,
      record.Dimension,
      record.Timestamp.getTime(),
    );
    // Used and not billed: send this line to whoever is on call. It is never sent again.
    if (status !== "Success") {
      console.error(
        JSON.stringify({ event: "usage not billed", customer, status, detail, record }),
      );
    }
  }
}

/** To the full hour: rounded here, once, and stored. */
function roundDown(moment: number): number {
  return Math.floor(moment / hour) * hour;
}
