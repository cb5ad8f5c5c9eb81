import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { MeterUsageRequest } from "@pawprint/marketplace-metering";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, now } from "../example.test-market.ts";
import { closeServersAfterEach, serveMarket } from "./example.test-server.ts";
import { openStateFile } from "./state-file.ts";

let folder: string;
let stateFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-state-"));
  stateFile = join(folder, "state.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));
closeServersAfterEach();

const batch = {
  ProductCode: "older",
  UsageRecords: [
    { Timestamp: new Date(now), CustomerAWSAccountId: acme, Dimension: "users", Quantity: 5 },
  ],
};

describe("after a new start with the same file", () => {
  test("usage is there, and the same record again gets the same id", async () => {
    const first = await serveMarket({ stateFile });
    const { Results } = await first.client().batchMeterUsage(batch);
    const usage = first.emulator.state().usage;
    await first.close();
    const second = await serveMarket({ stateFile });
    expect(second.emulator.state().usage).toEqual(usage);
    const again = await second.client().batchMeterUsage(batch);
    expect(again.Results).toEqual(Results);
    expect(second.emulator.state().usage).toHaveLength(1);
  });

  test("a new record has an id that no earlier one has", async () => {
    const [record] = batch.UsageRecords;
    const ids = new Set<string>();
    for (const Dimension of ["users", "gigabytes"]) {
      const server = await serveMarket({ stateFile });
      await server.client().batchMeterUsage({
        ...batch,
        UsageRecords: [{ ...record, Timestamp: new Date(now), Dimension }],
      });
      for (const { meteringRecordId } of server.emulator.state().usage) ids.add(meteringRecordId);
      await server.close();
    }
    expect(ids.size).toBe(2);
  });

  test("a client token is still used", async () => {
    const input: MeterUsageRequest = {
      ProductCode: "older",
      Timestamp: new Date(now),
      UsageDimension: "users",
      ClientToken: "one",
    };
    const first = await serveMarket({ stateFile });
    await first.client("ECS").meterUsage(input);
    await first.close();
    const second = await serveMarket({ stateFile });
    const other = second.client("ECS").meterUsage({ ...input, UsageDimension: "gigabytes" });
    await expect(other).rejects.toMatchObject({ name: "IdempotencyConflictException" });
  });

  test("a key that was made is the same one", async () => {
    const first = await serveMarket({ stateFile });
    const pem = await first.emulator.publicKey("container", 2);
    await first.close();
    const second = await serveMarket({ stateFile });
    expect(await second.emulator.publicKey("container", 2)).toBe(pem);
  });

  test("the clock goes on from where it was, unless it starts from another time", async () => {
    const first = await serveMarket({ stateFile });
    await first.control("/_/clock", { set: "2026-07-15T10:00:00Z", standing: true });
    await first.close();
    const second = await serveMarket({ stateFile });
    expect(second.emulator.state().now).toBe("2026-07-15T10:00:00.000Z");
    await second.close();
    const third = await serveMarket({ stateFile, startTime: "2026-09-01T00:00:00Z" });
    expect(third.emulator.state().now).toMatch(/^2026-09-01T00:00/);
  });

  test("what was added to the seed is there, until a reset", async () => {
    const first = await serveMarket({ stateFile });
    await first.control("/_/seed", { customers: [{ accountId: "9" }] });
    await first.close();
    const second = await serveMarket({ stateFile });
    expect(second.emulator.directory.customers.has("9")).toBe(true);
    await second.control("/_/reset", {});
    await second.close();
    const third = await serveMarket({ stateFile });
    expect(third.emulator.directory.customers.has("9")).toBe(false);
  });
});

describe("a file is refused", () => {
  test("while another emulator uses it", async () => {
    await serveMarket({ stateFile });
    await expect(serveMarket({ stateFile })).rejects.toThrow("is in use by another emulator");
  });

  test("that is no database, and it stays as it is", async () => {
    await writeFile(
      stateFile,
      "my shopping list, which is longer than a header of SQLite\n".repeat(20),
    );
    await expect(openStateFile(stateFile)).rejects.toThrow("is no state file");
  });

  test("that is the database of another program", async () => {
    const other = new DatabaseSync(stateFile);
    other.exec("CREATE TABLE songs (title TEXT)");
    other.close();
    await expect(openStateFile(stateFile)).rejects.toThrow("is a database of another program");
  });

  test("of another format", async () => {
    (await openStateFile(stateFile)).close();
    const other = new DatabaseSync(stateFile);
    other.exec("PRAGMA user_version = 99");
    other.close();
    await expect(openStateFile(stateFile)).rejects.toThrow(
      "has format 99, and this version reads 1",
    );
  });

  test("in a folder that there is not", async () => {
    const path = join(folder, "missing", "state.db");
    await expect(openStateFile(path)).rejects.toThrow("cannot be opened; its folder must exist");
  });
});
