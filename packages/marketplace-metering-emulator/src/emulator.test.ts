import { getResponse } from "msw";
import { describe, expect, test } from "vitest";
import { ManualClock } from "./clock.ts";
import { createMeteringEmulator } from "./emulator.ts";
import { initech, now, openMarket, seed } from "./example.test-market.ts";
import { MemoryJournal } from "./journal.ts";
import { InvalidJsonError } from "./json-problems.ts";
import type { Seed } from "./seed.ts";

const market = openMarket();

test("requests of other services are left to the handlers after the emulator's", async () => {
  const { handlers } = createMeteringEmulator({ seed });
  const request = new Request("https://example.com/", {
    method: "POST",
    headers: { "x-amz-target": "OtherService.Run" },
  });
  expect(await getResponse([...handlers], request)).toBeUndefined();
});

describe("a reset", () => {
  test("forgets usage, requests and what was added, and switches faults off", async () => {
    const { emulator } = market;
    await market.client().resolveCustomer({ RegistrationToken: "token-older" });
    emulator.directory.add({ customers: [{ accountId: "1" }] });
    emulator.faults.set([{ kind: "hang" }]);
    emulator.reset();
    expect(emulator.requests).toEqual([]);
    expect(emulator.mock.resolveCustomer.calls).toEqual([]);
    expect(emulator.state()).toMatchObject({ faults: [], usage: [] });
    expect(emulator.directory.customers.has("1")).toBe(false);
    await market.client().resolveCustomer({ RegistrationToken: "token-older" });
  });

  test("brings back the faults that were there at the start", () => {
    const emulator = createMeteringEmulator({ faults: [{ kind: "throttle", times: 1 }] });
    emulator.faults.set([]);
    emulator.reset();
    expect(emulator.faults.current).toEqual([{ kind: "throttle", times: 1 }]);
  });
});

describe("what cannot be is refused at once", () => {
  test("in a seed that a program has made", () => {
    const wrong = { custmers: [], products: [{ productCode: "p" }] } as unknown as Seed;
    expect(() => createMeteringEmulator({ seed: wrong })).toThrow(InvalidJsonError);
    expect(() => createMeteringEmulator({ seed: wrong })).toThrow("/custmers: is unknown");
  });

  test.each<[string, object, string]>([
    [
      "names of claims",
      { claimNames: "snake_case" },
      'the assumptions are wrong: /claimNames: found "snake_case"; one of camelCase, PascalCase belongs here',
    ],
    [
      "a tolerance",
      { clockTolerance: -1 },
      "/clockTolerance: found -1; a whole number from 0, of milliseconds, belongs here",
    ],
    ["an option", { claims: 1 }, "/claims: is unknown; what belongs here is one of clockTolerance"],
  ])("in assumptions: %s", (_what, assumptions, message) => {
    expect(() => createMeteringEmulator({ assumptions })).toThrow(message);
  });
});

test("the state is that of the moment when it was asked for", async () => {
  const { emulator, client } = market;
  const before = emulator.state();
  await client().batchMeterUsage({
    ProductCode: "older",
    UsageRecords: [{ Timestamp: new Date(now), CustomerIdentifier: "acme", Dimension: "users" }],
  });
  emulator.directory.add({ agreements: [{ productCode: "older", customerAccount: initech }] });
  expect(before.usage).toHaveLength(0);
  expect(emulator.state().usage).toHaveLength(1);
  expect(before.seed.agreements).toEqual(seed.agreements);
});

test("the directory and the requests are the same ones after a reset", () => {
  const { emulator } = market;
  const { directory, requests } = emulator;
  emulator.reset();
  expect(emulator.directory).toBe(directory);
  expect(emulator.requests).toBe(requests);
});

describe("who signs with a key that the seed does not name", () => {
  test("is the seller of the first product", async () => {
    const resolved = market.client("WHOEVER").resolveCustomer({ RegistrationToken: "token-older" });
    await expect(resolved).resolves.toHaveProperty("ProductCode", "older");
  });

  test("can be refused", async () => {
    const emulator = createMeteringEmulator({
      seed,
      clock: new ManualClock(now),
      defaultCaller: null,
    });
    const response = await emulator.respond(
      new Request("https://metering.marketplace.us-east-1.amazonaws.com/", {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSMPMeteringService.ResolveCustomer",
        },
        body: JSON.stringify({ RegistrationToken: "token-older" }),
      }),
    );
    expect(response.headers.get("x-amzn-errortype")).toBe("UnrecognizedClientException");
  });
});

test("the state shows no private key and no secret", () => {
  const emulator = createMeteringEmulator({
    seed: {
      products: [
        {
          productCode: "container",
          sellerAccount: "1",
          dimensions: [],
          createdOn: "2026-01-01",
          keys: [{ version: 1, privateKey: "hidden" }],
        },
      ],
      callers: [{ accessKeyId: "KEY", accountId: "1", secretAccessKey: "hidden" }],
    },
  });
  expect(JSON.stringify(emulator.state())).not.toContain("hidden");
});

test("every record has an id of its own, in the form of a UUID", async () => {
  const ids = new Set<string | undefined>();
  for (const Dimension of ["users", "gigabytes"]) {
    for (let hour = 0; hour < 4; hour += 1) {
      const Timestamp = new Date(Date.parse(now) - hour * 3_600_000);
      const { Results } = await market.client().batchMeterUsage({
        ProductCode: "older",
        UsageRecords: [{ Timestamp, CustomerIdentifier: "acme", Dimension }],
      });
      ids.add(Results?.[0]?.MeteringRecordId);
    }
  }
  expect(ids.size).toBe(8);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("usage that cannot be kept is answered with a fault of the server, and counts nothing", async () => {
  const journal = new MemoryJournal();
  journal.append = () => {
    throw new Error("the disk is full");
  };
  const emulator = createMeteringEmulator({ seed, clock: new ManualClock(now), journal });
  const response = await emulator.respond(
    new Request("https://metering.marketplace.us-east-1.amazonaws.com/", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSMPMeteringService.BatchMeterUsage",
      },
      body: JSON.stringify({
        ProductCode: "older",
        UsageRecords: [
          { Timestamp: Date.parse(now) / 1000, CustomerIdentifier: "acme", Dimension: "users" },
        ],
      }),
    }),
  );
  expect(response.status).toBe(500);
  expect(emulator.state().usage).toEqual([]);
});
