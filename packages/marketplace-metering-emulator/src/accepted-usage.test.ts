import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UsageRecord } from "@pawprint/marketplace-metering";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { createRandom } from "@pawprint/runtime/mocks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startServer } from "./example.test-program.ts";
import type { Fault } from "./faults.ts";
import type { AcceptedUsage } from "./journal.ts";
import type { Seed } from "./seed.ts";

const recordCount = Number(process.env.PAWPRINT_EMULATOR_RECORDS ?? 50_000);
// Some ten seconds each; a busy machine may take its time.
const timeout = 300_000;
const clientCount = 32;
const startTime = "2026-07-15T21:30:00Z";

const customers = Array.from({ length: 100 }, (_, index) => String(100_000_000_000 + index));
const dimensions = Array.from({ length: 25 }, (_, index) => `dimension-${index}`);
const seed: Seed = {
  products: [{ productCode: "product", sellerAccount: "9", dimensions, createdOn: "2025-01-01" }],
  customers: customers.map((accountId) => ({ accountId })),
  agreements: customers.map((customerAccount) => ({ productCode: "product", customerAccount })),
};
const faults: readonly Fault[] = [
  { kind: "throttle", rate: 0.05 },
  { kind: "internalError", rate: 0.05 },
  { kind: "reset", rate: 0.05 },
  { kind: "lostAnswer", rate: 0.05 },
  { kind: "unprocessed", rate: 0.05 },
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-usage-"));
  await writeFile(join(folder, "seed.json"), JSON.stringify(seed));
  await writeFile(join(folder, "faults.json"), JSON.stringify(faults));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Without the quota of 10 requests a second, which would make this a test of patience.
const serverArguments = (): readonly string[] => [
  ...["--clock", startTime, "--no-quotas", "--quiet"],
  ...["--seed", join(folder, "seed.json"), "--faults", join(folder, "faults.json")],
];

test("what clients were told was accepted is what the ledger has, whatever goes wrong", {
  timeout,
}, async () => {
  const server = await startServer([...serverArguments(), "--port", "0"]);
  const told = await meterAll(server.url);
  expectSame(told, await readLedger(server.url));
  server.process.kill("SIGTERM");
  expect((await server.ended).code).toBe(0);
});

test("nothing that was accepted is lost or doubled when the server is killed at any moment", {
  timeout,
}, async () => {
  const args = [...serverArguments(), "--state", join(folder, "state.db")];
  const random = createRandom(Number(process.env.PAWPRINT_SEED ?? 1), "kills");
  let server = await startServer([...args, "--port", "0"]);
  const { port } = new URL(server.url);
  const { url } = server;
  let isDone = false;
  let kills = 0;
  const killing = (async () => {
    while (!isDone && kills < 12) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50 + random.below(600));
      });
      server.process.kill("SIGKILL");
      await server.ended;
      kills += 1;
      server = await startServer([...args, "--port", port]);
    }
  })();
  const told = await meterAll(url);
  isDone = true;
  await killing;
  expect(kills).toBeGreaterThan(0);
  expectSame(told, await readLedger(url));
  server.process.kill("SIGKILL");
  await server.ended;
  server = await startServer([...args, "--port", "0"]);
  expectSame(told, await readLedger(server.url));
  server.process.kill("SIGTERM");
  await server.ended;
});

/** What a client was told: the id and the quantity of the record that counts. */
type Told = Map<string, { readonly id: string | undefined; readonly quantity: number }>;

/** Every record once, and every tenth one again, with another quantity, from another client. */
function planRecords(): readonly UsageRecord[] {
  const random = createRandom(1, "records");
  const records = Array.from({ length: recordCount }, (_, index): UsageRecord => {
    const hour = Math.floor(index / (customers.length * dimensions.length));
    return {
      Timestamp: new Date(Date.parse(startTime) - hour * 3_600_000),
      CustomerAWSAccountId: customers[index % customers.length],
      Dimension: dimensions[Math.floor(index / customers.length) % dimensions.length] ?? "",
      Quantity: random.below(1_000),
    };
  });
  const rivals = records
    .filter((_, index) => index % 10 === 0)
    .map((record) => ({ ...record, Quantity: (record.Quantity ?? 0) + 1_000 }));
  const all: UsageRecord[] = [];
  for (const record of [...records, ...rivals]) {
    all.splice(random.below(all.length + 1), 0, record);
  }
  return all;
}

async function meterAll(endpoint: string): Promise<Told> {
  const records = planRecords();
  const told: Told = new Map();
  const batches = Array.from({ length: Math.ceil(records.length / 25) }, (_, index) =>
    records.slice(index * 25, index * 25 + 25),
  );
  const work = async (): Promise<void> => {
    const client = new MarketplaceMetering({
      region: "us-east-1",
      credentials: { accessKeyId: "SELLER", secretAccessKey: "secret" },
      endpoint,
      maxAttempts: 1,
    });
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      await meterBatch(client, batch, told);
    }
    client.destroy();
  };
  await Promise.all(Array.from({ length: clientCount }, work));
  return told;
}

/** Sends a batch until each of its records has an answer, as a seller has to. */
async function meterBatch(
  client: MarketplaceMetering,
  batch: readonly UsageRecord[],
  told: Told,
): Promise<void> {
  let pending = [...batch];
  while (pending.length > 0) {
    const input = { ProductCode: "product", UsageRecords: pending };
    const output = await client.batchMeterUsage(input).catch(expectPassing);
    if (output === undefined) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
      continue;
    }
    for (const { UsageRecord, Status, MeteringRecordId: id } of output.Results ?? []) {
      if (UsageRecord === undefined || Status !== "Success") {
        expect(Status).toBe("DuplicateRecord");
        continue;
      }
      const { Timestamp, CustomerAWSAccountId, Dimension, Quantity: quantity = 0 } = UsageRecord;
      const key = [Timestamp.toISOString(), CustomerAWSAccountId, Dimension].join(" ");
      expect(told.get(key) ?? { id, quantity }).toEqual({ id, quantity });
      told.set(key, { id, quantity });
    }
    pending = [...(output.UnprocessedRecords ?? [])];
  }
}

function expectPassing(error: Error): undefined {
  expect(["ConnectionError", "InternalServiceErrorException", "ThrottlingException"]).toContain(
    error.name,
  );
}

async function readLedger(url: string): Promise<readonly AcceptedUsage[]> {
  const state = (await (await fetch(`${url}/_/state`)).json()) as { usage: AcceptedUsage[] };
  return state.usage;
}

function expectSame(told: Told, usage: readonly AcceptedUsage[]): void {
  const kept: Told = new Map(
    usage.map(({ timestamp, customerAccount, dimension, meteringRecordId: id, quantity }) => [
      [timestamp, customerAccount, dimension].join(" "),
      { id, quantity },
    ]),
  );
  expect([usage.length, kept.size, told.size]).toEqual([recordCount, recordCount, recordCount]);
  expect(kept).toEqual(told);
}
