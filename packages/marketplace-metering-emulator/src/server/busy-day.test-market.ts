import type { UsageRecord } from "@pawprint/marketplace-metering";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { createRandom } from "@pawprint/runtime/mocks";
import type { Seed } from "../seed.ts";
import { type MeteringServer, serveMeteringEmulator } from "./metering-server.ts";

// A market with a day of usage behind it, for the page and its picture.

const customers = ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777"];
const license = "arn:aws:license-manager::294406891311:license:l-0123456789abcdef";

const seed: Seed = {
  products: [
    {
      productCode: "analytics-saas",
      sellerAccount: "999900001111",
      dimensions: ["users", "gigabytes", "reports"],
      createdOn: "2024-11-18",
    },
    {
      productCode: "vector-search",
      sellerAccount: "999900001111",
      dimensions: ["queries"],
      createdOn: "2026-06-09",
    },
    {
      productCode: "edge-proxy-container",
      sellerAccount: "999900001111",
      dimensions: ["pods"],
      createdOn: "2025-03-02",
    },
    {
      productCode: "legacy-reports",
      sellerAccount: "999900001111",
      dimensions: ["pages"],
      createdOn: "2019-05-20",
      disabled: true,
    },
  ],
  customers: customers.map((accountId, index) => ({
    accountId,
    ...(index < 3 && { customerIdentifier: `cust-${"kqz".charAt(index)}7f3a2` }),
  })),
  agreements: [
    ...customers.slice(0, 4).map((customerAccount) => ({
      productCode: "analytics-saas",
      customerAccount,
      ...(customerAccount === customers[3] && { endsAt: "2026-07-15T06:00:00Z" }),
    })),
    { productCode: "vector-search", customerAccount: customers[4] ?? "", licenseArn: license },
    { productCode: "edge-proxy-container", customerAccount: customers[0] ?? "" },
  ],
  tokens: [
    {
      token: "token",
      productCode: "vector-search",
      customerAccount: customers[4] ?? "",
      licenseArn: license,
      issuedAt: "2026-07-15T08:00:00Z",
    },
  ],
  callers: [
    { accessKeyId: "AKIASELLER", accountId: "999900001111" },
    {
      accessKeyId: "ASIAECSTASK",
      accountId: customers[0] ?? "",
      region: "us-east-1",
      credentials: "ecsTaskRole",
    },
  ],
};

const now = "2026-07-15T09:30:00Z";

export async function serveBusyDay(): Promise<MeteringServer> {
  const server = await serveMeteringEmulator({ seed, startTime: now, quotas: false });
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body) });
  await post("/_/clock", { standing: true, set: now });
  const clientOf = (accessKeyId: string, maxAttempts = 1): MarketplaceMetering =>
    new MarketplaceMetering({
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey: "secret" },
      endpoint: server.url,
      maxAttempts,
    });
  const seller = clientOf("AKIASELLER");
  const task = clientOf("ASIAECSTASK");
  const send = async (records: UsageRecord[], product = "analytics-saas"): Promise<void> => {
    const code = product === "" ? {} : { ProductCode: product };
    await seller.batchMeterUsage({ ...code, UsageRecords: records }).catch(() => {});
  };
  const random = createRandom(3, "usage");
  for (let hour = 23; hour >= 0; hour -= 1) {
    const Timestamp = new Date(Date.parse(now) - hour * 3_600_000);
    const daytime = Math.max(0, Math.sin(((Timestamp.getUTCHours() - 5) / 24) * 2 * Math.PI));
    await post("/_/clock", { set: Timestamp.toISOString() });
    const records = customers
      .slice(0, 4)
      .flatMap((CustomerAWSAccountId) =>
        ["users", "gigabytes", "reports"].map((Dimension) => ({
          Timestamp,
          CustomerAWSAccountId,
          Dimension,
          Quantity: 5 + random.below(90),
        })),
      )
      .filter(() => random.below(100) < 25 + daytime * 75);
    await send(records);
    await send(
      [
        {
          Timestamp,
          CustomerAWSAccountId: customers[4],
          LicenseArn: license,
          Dimension: "queries",
          Quantity: 1_200,
        },
      ],
      "",
    );
  }
  const Timestamp = new Date(now);
  await seller.resolveCustomer({ RegistrationToken: "token" });
  await task.registerUsage({
    ProductCode: "edge-proxy-container",
    PublicKeyVersion: 1,
    Nonce: "n",
  });
  await task.meterUsage({
    ProductCode: "edge-proxy-container",
    Timestamp,
    UsageDimension: "pods",
    UsageQuantity: 3,
  });
  await send([{ Timestamp, CustomerAWSAccountId: customers[0], Dimension: "seats", Quantity: 1 }]);
  await post("/_/faults", [
    { kind: "lostAnswer", times: 1 },
    { kind: "throttle", rate: 0.1, operation: "BatchMeterUsage" },
    { kind: "slow", rate: 0.25, milliseconds: 40 },
  ]);
  const batch = ["users", "gigabytes", "reports"].map((Dimension) => ({
    Timestamp: new Date("2026-07-15T08:30:00Z"),
    CustomerAWSAccountId: customers[1],
    Dimension,
    Quantity: 7,
  }));
  for (let call = 0; call < 6; call += 1) await send(batch);
  for (const client of [seller, task]) client.destroy();
  return server;
}
