import { createPublicKey } from "node:crypto";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { acme, now, seed } from "../example.test-market.ts";
import { closeServersAfterEach, serveMarket, type TestServer } from "./example.test-server.ts";

closeServersAfterEach();

const usage = {
  ProductCode: "older",
  UsageRecords: [
    { Timestamp: new Date(now), CustomerAWSAccountId: acme, Dimension: "users", Quantity: 5 },
  ],
};

async function jsonOf(response: Promise<Response>): Promise<unknown> {
  return (await response).json();
}

describe("GET /_/state", () => {
  test("shows clock, usage, faults and the market", async () => {
    const server = await serveMarket();
    await server.control("/_/clock", { standing: true, set: now });
    await server.client().batchMeterUsage(usage);
    expect(await jsonOf(server.control("/_/state"))).toMatchObject({
      now: "2026-07-15T09:30:00.000Z",
      clock: "standing",
      usageCount: 1,
      usageByHour: [{ hour: "2026-07-15T09:00:00.000Z", records: 1, quantity: 5 }],
      usage: [{ productCode: "older", customerAccount: acme, dimension: "users", quantity: 5 }],
      faults: [],
      seed: { products: seed.products },
    });
  });

  test("shows only so many records as are asked for, the latest", async () => {
    const server = await serveMarket();
    for (const Dimension of ["users", "gigabytes"]) {
      const [record] = usage.UsageRecords;
      await server.client().batchMeterUsage({
        ...usage,
        UsageRecords: [{ ...record, Timestamp: new Date(now), Dimension }],
      });
    }
    expect(await jsonOf(server.control("/_/state?usage=1"))).toMatchObject({
      usageCount: 2,
      usage: [{ dimension: "gigabytes" }],
    });
    expect(await jsonOf(server.control("/_/state?usage=0"))).toMatchObject({ usage: [] });
    expect((await server.control("/_/state?usage=all")).status).toBe(400);
  });
});

describe("POST /_/clock", () => {
  test("sets the clock, moves it, lets it stand and go on", async () => {
    const server = await serveMarket();
    const set = { standing: true, set: "2026-08-01T05:59:59Z" };
    expect(await jsonOf(server.control("/_/clock", set))).toEqual({
      now: "2026-08-01T05:59:59.000Z",
      clock: "standing",
    });
    expect(await jsonOf(server.control("/_/clock", { advance: 1_000 }))).toMatchObject({
      now: "2026-08-01T06:00:00.000Z",
    });
    expect(await jsonOf(server.control("/_/clock", { standing: false }))).toMatchObject({
      now: expect.stringMatching(/^2026-08-01T06:00/),
      clock: "running",
    });
  });

  test.each<[unknown, string, string]>([
    [
      { set: "tomorrow" },
      "/set",
      'found "tomorrow"; a time such as 2026-07-01T00:00:00Z belongs here',
    ],
    [{ advance: "1h" }, "/advance", 'found "1h"; a whole number of milliseconds belongs here'],
    [{ advance: 1e300 }, "/advance", "found 1e+300; a whole number of milliseconds belongs here"],
    [{ forward: 1 }, "/forward", "is unknown; what belongs here is one of set, advance, standing"],
  ])("refuses %j with the address of what is wrong", async (change, pointer, message) => {
    const server = await serveMarket();
    const response = await server.control("/_/clock", change);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problems: [{ pointer, message }] });
  });
});

describe("POST /_/faults", () => {
  test("replaces the faults", async () => {
    const server = await serveMarket({ faults: [{ kind: "hang" }] });
    const faults = [{ kind: "throttle", times: 1 }];
    expect(await jsonOf(server.control("/_/faults", faults))).toEqual({ faults });
    await expect(server.client().batchMeterUsage(usage)).rejects.toMatchObject({
      name: "ThrottlingException",
    });
  });

  test("refuses what is no fault, and leaves the faults as they are", async () => {
    const server = await serveMarket({ faults: [{ kind: "hang" }] });
    const response = await server.control("/_/faults", [{ kind: "hang", rate: -1 }]);
    expect(await response.json()).toMatchObject({ problems: [{ pointer: "/0/rate" }] });
    expect(server.emulator.faults.current).toEqual([{ kind: "hang" }]);
  });
});

describe("POST /_/seed", () => {
  test("adds a customer with an agreement and a token", async () => {
    const server = await serveMarket();
    const added = {
      customers: [{ accountId: "123456789012" }],
      agreements: [{ productCode: "older", customerAccount: "123456789012" }],
      tokens: [
        { token: "fresh", productCode: "older", customerAccount: "123456789012", issuedAt: now },
      ],
    };
    expect((await server.control("/_/seed", added)).status).toBe(200);
    const { CustomerAWSAccountId } = await server
      .client()
      .resolveCustomer({ RegistrationToken: "fresh" });
    expect(CustomerAWSAccountId).toBe("123456789012");
  });

  test("refuses an agreement of a customer that nobody knows, and adds nothing", async () => {
    const server = await serveMarket();
    const response = await server.control("/_/seed", {
      customers: [{ accountId: "9" }],
      agreements: [{ productCode: "older", customerAccount: "8" }],
    });
    expect(await response.json()).toEqual({
      error: 'the seed is wrong: /agreements/0/customerAccount: there is no customer "8"',
      problems: [{ pointer: "/agreements/0/customerAccount", message: 'there is no customer "8"' }],
    });
    expect(server.emulator.directory.customers.has("9")).toBe(false);
  });
});

test("POST /_/reset makes everything what it was at the start", async () => {
  const server = await serveMarket();
  await server.client().batchMeterUsage(usage);
  await server.control("/_/clock", { set: "2027-01-01T00:00:00Z" });
  await server.control("/_/seed", { customers: [{ accountId: "9" }] });
  await server.control("/_/faults", [{ kind: "hang" }]);
  await server.control("/_/reset", {});
  expect(await jsonOf(server.control("/_/state"))).toMatchObject({
    now: expect.stringMatching(/^2026-07-15T09:30/),
    usageCount: 0,
    faults: [],
    seed: { customers: seed.customers },
  });
});

test("GET /_/requests shows what came, with what became of it", async () => {
  const server = await serveMarket();
  await server.client().batchMeterUsage(usage);
  await fetch(server.url, { method: "POST" });
  expect(await jsonOf(server.control("/_/requests"))).toMatchObject([
    {
      operation: "BatchMeterUsage",
      accessKeyId: "SELLER",
      region: "us-east-1",
      status: 200,
      summary: "1 Success",
    },
    { status: 404, error: "UnknownOperationException" },
  ]);
  expect(await jsonOf(server.control("/_/requests?last=1"))).toHaveLength(1);
});

describe("GET /_/keys", () => {
  test("gives the public key of a version, as PEM", async () => {
    const server = await serveMarket();
    const response = await server.control("/_/keys/container/2");
    expect(createPublicKey(await response.text()).asymmetricKeyType).toBe("rsa");
  });

  test.each(["/_/keys/container/3", "/_/keys/unknown/1", "/_/keys/%ff/1"])(
    "has no %s",
    async (path) => {
      const server = await serveMarket();
      expect((await server.control(path)).status).toBe(404);
    },
  );
});

describe("a wrong call", () => {
  test.each<[string, RequestInit, number]>([
    ["/_/nothing", {}, 404],
    ["/_/reset", {}, 405],
    ["/_/state", { method: "POST" }, 405],
    ["/_/faults", { method: "POST", body: "[" }, 400],
    ["/_/faults", { method: "POST" }, 400],
    ["/_/seed", { method: "POST", body: "x".repeat(5_000_000) }, 413],
  ])("of %s with %j is answered with %i", async (path, init, status) => {
    const server = await serveMarket();
    const response = await server.control(path, undefined, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toBeTypeOf("object");
  });
});

describe("pages of other sites", () => {
  /** `fetch` decides on these headers itself. */
  const statusWith = (
    server: TestServer,
    headers: { readonly [name: string]: string },
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${server.url}/_/reset`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on("error", reject);
      sent.end();
    });

  test.each<[string, { readonly [name: string]: string }, number]>([
    ["refused by their origin", { origin: "https://evil.example" }, 403],
    ["refused where they have none", { origin: "null" }, 403],
    ["refused by what the browser says", { "sec-fetch-site": "cross-site" }, 403],
    ["refused on another port of this machine", { "sec-fetch-site": "same-site" }, 403],
    ["refused under a name of the internet that points here", { host: "rebound.example.com" }, 403],
    ["no matter to a program", {}, 200],
    ["no matter to a container that calls by name", { host: "metering:8080" }, 200],
    ["no matter to the emulator's own page", { "sec-fetch-site": "same-origin" }, 200],
  ])("are %s", async (_what, headers, status) => {
    const server = await serveMarket();
    expect(await statusWith(server, headers)).toBe(status);
  });
});
