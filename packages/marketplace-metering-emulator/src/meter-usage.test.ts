import type { MeterUsageRequest } from "@pawprint/marketplace-metering";
import { describe, expect, test } from "vitest";
import { now, openMarket } from "./example.test-market.ts";

const market = openMarket();

function meter(
  members: Partial<MeterUsageRequest> = {},
  accessKeyId = "ECS",
  region = "us-east-1",
): Promise<string | undefined> {
  const input = {
    ProductCode: "older",
    Timestamp: new Date(now),
    UsageDimension: "users",
    UsageQuantity: 5,
    ...members,
  };
  return market
    .client(accessKeyId, region)
    .meterUsage(input)
    .then(({ MeteringRecordId }) => MeteringRecordId);
}

async function errorOf(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => "no error",
    (error: Error) => error.name,
  );
}

describe("usage of an hour", () => {
  test("is recorded once, and an identical request gets the same id", async () => {
    const first = await meter();
    expect(await meter({ Timestamp: new Date("2026-07-15T09:00:00Z") })).toBe(first);
    expect(market.emulator.state().usage).toMatchObject([
      { timestamp: "2026-07-15T09:00:00.000Z" },
    ]);
  });

  test("is not recorded again with another quantity", async () => {
    await meter();
    expect(await errorOf(meter({ UsageQuantity: 6 }))).toBe("DuplicateRequestException");
  });

  test("counts for each task and each dimension apart", async () => {
    const ids = [
      await meter(),
      await meter({}, "ECS2"),
      await meter({ UsageDimension: "gigabytes" }),
      await meter({ Timestamp: new Date("2026-07-15T08:00:00Z") }),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});

describe("a client token", () => {
  test("brings the same record for the same request", async () => {
    const first = await meter({ ClientToken: "one" });
    expect(await meter({ ClientToken: "one" })).toBe(first);
  });

  test("with other parameters is a conflict", async () => {
    await meter({ ClientToken: "one" });
    const sent = meter({ ClientToken: "one", UsageQuantity: 6 });
    expect(await errorOf(sent)).toBe("IdempotencyConflictException");
  });

  test("does not make another record of the same hour", async () => {
    const first = await meter({ ClientToken: "one" });
    expect(await meter({ ClientToken: "two" })).toBe(first);
  });
});

test("a client token of a repeated hour is a token, too: with other parameters it is a conflict", async () => {
  await meter({ ClientToken: "one" });
  await meter({ ClientToken: "two" });
  const sent = meter({ ClientToken: "two", UsageDimension: "gigabytes" });
  expect(await errorOf(sent)).toBe("IdempotencyConflictException");
});

test("a client token was no reason to refuse anything before October 2025", async () => {
  market.clock.set("2025-09-15T09:30:00Z");
  const Timestamp = new Date("2025-09-15T09:30:00Z");
  await meter({ Timestamp, ClientToken: "one" });
  const sent = meter({ Timestamp, ClientToken: "one", UsageDimension: "gigabytes" });
  expect(await errorOf(sent)).toBe("no error");
});

test("the timestamp was kept as it came before January 2026", async () => {
  market.clock.set("2025-12-15T09:30:00Z");
  await meter({ Timestamp: new Date("2025-12-15T09:20:00Z") });
  expect(market.emulator.state().usage).toMatchObject([{ timestamp: "2025-12-15T09:20:00.000Z" }]);
});

describe("on Bedrock AgentCore", () => {
  test("usage without a token is refused", async () => {
    // Clients make a token where none is given, so the request is written by hand.
    const response = await market.emulator.respond(
      new Request("https://metering.marketplace.us-east-1.amazonaws.com/", {
        method: "POST",
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=AGENTCORE/20260715/us-east-1/aws-marketplace/aws4_request",
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSMPMeteringService.MeterUsage",
        },
        body: JSON.stringify({
          ProductCode: "older",
          Timestamp: Date.parse(now) / 1000,
          UsageDimension: "users",
        }),
      }),
    );
    expect(await response.json()).toEqual({
      __type: "ValidationException",
      message: "ClientToken: is missing",
    });
  });

  test("usage adds up within an hour, token by token, and keeps its time", async () => {
    await meter({ ClientToken: "one" }, "AGENTCORE");
    await meter({ ClientToken: "two", UsageQuantity: 6 }, "AGENTCORE");
    expect(market.emulator.state().usage).toMatchObject([
      { quantity: 5, timestamp: "2026-07-15T09:30:00.000Z" },
      { quantity: 6, timestamp: "2026-07-15T09:30:00.000Z" },
    ]);
  });
});

describe("a dry run", () => {
  test("that would succeed is answered with DryRunOperation, and meters nothing", async () => {
    expect(await errorOf(meter({ DryRun: true }))).toBe("DryRunOperation");
    expect(market.emulator.state().usage).toEqual([]);
  });

  test("that would be refused is answered with UnauthorizedException", async () => {
    expect(await errorOf(meter({ DryRun: true }, "SELLER"))).toBe("UnauthorizedException");
  });
});

describe("usage is refused", () => {
  test.each<[string, string, Partial<MeterUsageRequest>, string?, string?]>([
    ["of an unknown product", "InvalidProductCodeException", { ProductCode: "unknown" }],
    [
      "of a dimension that the product does not have",
      "InvalidUsageDimensionException",
      { UsageDimension: "minutes" },
    ],
    [
      "of more than 6 hours ago",
      "TimestampOutOfBoundsException",
      { Timestamp: new Date("2026-07-15T03:29:59Z") },
    ],
    ["at the endpoint of another Region", "InvalidEndpointRegionException", {}, "ECS", "eu-west-1"],
    ["of an account that is not subscribed", "CustomerNotEntitledException", {}, "STRANGER"],
    ["with the credentials of EKS Pod Identity", "CustomerNotEntitledException", {}, "PODIDENTITY"],
    ["with long-term keys", "CustomerNotEntitledException", {}, "SELLER"],
    [
      "with allocations that do not add up",
      "InvalidUsageAllocationsException",
      { UsageAllocations: [{ AllocatedUsageQuantity: 4 }] },
    ],
  ])("%s", async (_what, name, members, key, region) => {
    expect(await errorOf(meter(members, key, region))).toBe(name);
    expect(market.emulator.state().usage).toEqual([]);
  });
});

test("usage is taken from an instance role and from a role of a service account", async () => {
  expect(await errorOf(meter({}, "EC2"))).toBe("no error");
  expect(await errorOf(meter({}, "IRSA"))).toBe("no error");
});
