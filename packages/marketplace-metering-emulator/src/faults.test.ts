import { describe, expect, test } from "vitest";
import { ManualClock } from "./clock.ts";
import { createMeteringEmulator, type MeteringEmulator } from "./emulator.ts";
import { acme, now, openMarket, seed } from "./example.test-market.ts";
import type { Fault } from "./faults.ts";

const market = openMarket({ quotas: false });

const batch = {
  ProductCode: "older",
  UsageRecords: [
    { Timestamp: new Date(now), CustomerAWSAccountId: acme, Dimension: "users", Quantity: 5 },
  ],
};

async function outcomeOf(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => "answered",
    (error: Error) => error.name,
  );
}

describe("a fault", () => {
  test.each<[Fault["kind"], string, number]>([
    ["throttle", "ThrottlingException", 0],
    ["internalError", "InternalServiceErrorException", 0],
    ["reset", "ConnectionError", 0],
    ["lostAnswer", "ConnectionError", 1],
  ])("of kind %s is met as %s, and %i records are kept", async (kind, name, kept) => {
    market.emulator.faults.set([{ kind }]);
    expect(await outcomeOf(market.client().batchMeterUsage(batch))).toBe(name);
    expect(market.emulator.state().usage).toHaveLength(kept);
  });

  test("of kind hang lasts until the client gives up, and nothing is kept", async () => {
    market.emulator.faults.set([{ kind: "hang" }]);
    const abortSignal = AbortSignal.timeout(100);
    expect(await outcomeOf(market.client().batchMeterUsage(batch, { abortSignal }))).toBe(
      "AbortError",
    );
    expect(market.emulator.state().usage).toEqual([]);
  });

  test("of kind slow gives the whole answer, bit by bit", async () => {
    market.emulator.faults.set([{ kind: "slow", milliseconds: 50 }]);
    const { Results } = await market.client().batchMeterUsage(batch);
    expect(Results).toMatchObject([{ Status: "Success" }]);
    expect(market.emulator.requests).toMatchObject([{ status: 200, fault: "slow" }]);
  });

  test("happens as often as it says, and is then no longer switched on", async () => {
    market.emulator.faults.set([{ kind: "throttle", times: 2 }]);
    const outcomes: string[] = [];
    for (let call = 0; call < 3; call += 1) {
      outcomes.push(await outcomeOf(market.client().batchMeterUsage(batch)));
    }
    expect(outcomes).toEqual(["ThrottlingException", "ThrottlingException", "answered"]);
    expect(market.emulator.faults.current).toEqual([]);
  });

  test("of one operation leaves the others alone", async () => {
    market.emulator.faults.set([{ kind: "throttle", operation: "ResolveCustomer" }]);
    expect(await outcomeOf(market.client().batchMeterUsage(batch))).toBe("answered");
    const resolved = market.client().resolveCustomer({ RegistrationToken: "token-older" });
    expect(await outcomeOf(resolved)).toBe("ThrottlingException");
  });

  test.each<[string, object, string]>([
    ["kind", { kind: "flood" }, 'faults[0].kind: found "flood"; one of clockSkew, hang'],
    ["operation", { kind: "hang", operation: "Meter" }, 'operation: found "Meter"; one of Batch'],
    ["rate", { kind: "hang", rate: 2 }, "rate: found 2; a number from 0 to 1 belongs here"],
    ["times", { kind: "hang", times: -1 }, "times: found -1; a whole number from 0 belongs"],
    ["milliseconds", { kind: "slow", milliseconds: -1 }, "milliseconds: found -1; a whole number"],
    [
      "kind's member",
      { kind: "hang", rte: 0.1 },
      "rte: is unknown; what belongs here is one of kind, operation, rate",
    ],
    ["skew", { kind: "clockSkew", rate: 0.5 }, "rate: means nothing for clockSkew; leave it out"],
    ["time", { kind: "throttle", milliseconds: 1 }, "milliseconds: means nothing for throttle"],
    [
      "operation without records",
      { kind: "unprocessed", operation: "MeterUsage" },
      'operation: found "MeterUsage"; BatchMeterUsage belongs here',
    ],
  ])("whose %s is wrong is refused, and those before stay", (_member, fault, message) => {
    market.emulator.faults.set([{ kind: "hang", times: 1 }]);
    expect(() => market.emulator.faults.set([fault as Fault])).toThrow(message);
    expect(market.emulator.faults.current).toEqual([{ kind: "hang", times: 1 }]);
  });
});

describe("chance", () => {
  const rates: readonly Fault[] = [
    { kind: "throttle", rate: 0.3 },
    { kind: "lostAnswer", rate: 0.3 },
  ];

  async function run(randomSeed: number): Promise<readonly string[]> {
    const emulator = createMeteringEmulator({
      seed,
      clock: new ManualClock(now),
      randomSeed,
      faults: rates,
      quotas: false,
    });
    return runAgain(emulator);
  }

  async function runAgain(emulator: MeteringEmulator): Promise<string[]> {
    const outcomes: string[] = [];
    for (let call = 0; call < 40; call += 1) {
      const body = JSON.stringify({ RegistrationToken: "token-older" });
      const response = await emulator.respond(
        new Request("http://localhost/", {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": "AWSMPMeteringService.ResolveCustomer",
          },
          body,
        }),
      );
      outcomes.push(response.type === "error" ? "broken" : String(response.status));
    }
    return outcomes;
  }

  test("is the same on every run with the same seed, and another with another", async () => {
    const first = await run(7);
    expect(new Set(first)).toEqual(new Set(["200", "400", "broken"]));
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test("begins again with a reset", async () => {
    const emulator = createMeteringEmulator({
      seed,
      clock: new ManualClock(now),
      faults: rates,
      quotas: false,
    });
    const first = await runAgain(emulator);
    emulator.reset();
    expect(await runAgain(emulator)).toEqual(first);
  });
});
