import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { ManualClock } from "./clock.ts";
import { createMeteringEmulator, type EmulatorOptions, type MeteringEmulator } from "./emulator.ts";
import type { Seed } from "./seed.ts";

// A small market for tests: an older product, a newer one, a container, three customers.

export const seller = "999900001111";
export const acme = "111122223333";
export const globex = "444455556666";
export const initech = "777788889999";
export const license = "arn:aws:license-manager::294406891311:license:l-0123456789abcdef";

export const seed: Seed = {
  products: [
    {
      productCode: "older",
      sellerAccount: seller,
      dimensions: ["users", "gigabytes"],
      createdOn: "2025-03-01",
    },
    { productCode: "newer", sellerAccount: seller, dimensions: ["users"], createdOn: "2026-06-01" },
    {
      productCode: "container",
      sellerAccount: seller,
      dimensions: ["pods"],
      createdOn: "2025-03-01",
      keys: [{ version: 1, expiresAt: "2026-08-01T00:00:00Z" }, { version: 2 }],
    },
    {
      productCode: "closed",
      sellerAccount: seller,
      dimensions: ["users"],
      createdOn: "2025-03-01",
      disabled: true,
    },
  ],
  customers: [
    { accountId: acme, customerIdentifier: "acme" },
    { accountId: globex, customerIdentifier: "globex" },
    { accountId: initech, customerIdentifier: "initech" },
  ],
  agreements: [
    { productCode: "older", customerAccount: acme },
    { productCode: "older", customerAccount: globex, endsAt: "2026-07-15T09:30:00Z" },
    { productCode: "newer", customerAccount: acme, licenseArn: license },
    { productCode: "container", customerAccount: acme },
  ],
  tokens: [
    {
      token: "token-older",
      productCode: "older",
      customerAccount: acme,
      issuedAt: "2026-07-15T08:00:00Z",
    },
    {
      token: "token-newer",
      productCode: "newer",
      customerAccount: acme,
      licenseArn: license,
      issuedAt: "2026-07-15T08:00:00Z",
    },
  ],
  callers: [
    { accessKeyId: "SELLER", accountId: seller },
    { accessKeyId: "OTHERSELLER", accountId: "999900002222" },
    {
      accessKeyId: "ECS",
      accountId: acme,
      region: "us-east-1",
      credentials: "ecsTaskRole",
      workload: "task-1",
    },
    {
      accessKeyId: "ECS2",
      accountId: acme,
      region: "us-east-1",
      credentials: "ecsTaskRole",
      workload: "task-2",
    },
    {
      accessKeyId: "EC2",
      accountId: acme,
      region: "us-east-1",
      credentials: "ec2InstanceRole",
      workload: "i-1",
    },
    {
      accessKeyId: "IRSA",
      accountId: acme,
      region: "us-east-1",
      credentials: "eksServiceAccountRole",
    },
    {
      accessKeyId: "PODIDENTITY",
      accountId: acme,
      region: "us-east-1",
      credentials: "eksPodIdentity",
    },
    {
      accessKeyId: "AGENTCORE",
      accountId: acme,
      region: "us-east-1",
      credentials: "agentCoreExecutionRole",
    },
    {
      accessKeyId: "STRANGER",
      accountId: initech,
      region: "us-east-1",
      credentials: "ecsTaskRole",
    },
  ],
};

/** Half past nine in the middle of a month, when every rule of July 2026 holds. */
export const now = "2026-07-15T09:30:00Z";

export interface Market {
  readonly emulator: MeteringEmulator;
  readonly clock: ManualClock;
  /** A client that signs with one of the seed's keys, and does not retry. */
  client(accessKeyId?: string, region?: string): MarketplaceMetering;
}

/** The market of a test file, made anew for each test. */
export function openMarket(options: EmulatorOptions = {}): Market {
  const server = setupServer();
  const market: { emulator?: MeteringEmulator; clock?: ManualClock } = {};
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  beforeEach(() => {
    const clock = new ManualClock(now);
    const emulator = createMeteringEmulator({ seed, clock, ...options });
    Object.assign(market, { clock, emulator });
    server.use(...emulator.handlers);
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return {
    get emulator() {
      return market.emulator as MeteringEmulator;
    },
    get clock() {
      return market.clock as ManualClock;
    },
    client: (accessKeyId = "SELLER", region = "us-east-1") =>
      new MarketplaceMetering({
        region,
        credentials: { accessKeyId, secretAccessKey: "secret" },
        maxAttempts: 1,
      }),
  };
}
