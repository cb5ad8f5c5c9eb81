import {
  BatchMeterUsageCommand,
  CustomerNotEntitledException,
  DuplicateRequestException,
  ExpiredTokenException,
  InternalServiceErrorException,
  InvalidProductCodeException,
  InvalidPublicKeyVersionException,
  MarketplaceMeteringClient,
  MeterUsageCommand,
  PlatformNotSupportedException,
  RegisterUsageCommand,
  ResolveCustomerCommand,
  ThrottlingException,
  TimestampOutOfBoundsException,
} from "@aws-sdk/client-marketplace-metering";
import { AwsClient } from "aws4fetch";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AdjustableClock, ManualClock } from "./clock.ts";
import { createMeteringEmulator, type MeteringEmulator } from "./emulator.ts";
import { acme, license, now, seed } from "./example.test-market.ts";
import { serveMeteringEmulator } from "./server/metering-server.ts";

/** A place where the emulator answers, for clients that know nothing of it. */
interface Place {
  readonly emulator: MeteringEmulator;
  /** Absent where msw answers at the service's own address. */
  readonly endpoint: string | undefined;
  setClock(time: string): void;
  close(): Promise<void>;
}

const places: { readonly [name: string]: () => Promise<Place> } = {
  "the handlers": async () => {
    const clock = new ManualClock(now);
    const emulator = createMeteringEmulator({ seed, clock });
    const server = setupServer(...emulator.handlers);
    server.listen();
    return {
      emulator,
      endpoint: undefined,
      setClock: (time) => clock.set(time),
      close: async () => server.close(),
    };
  },
  "the server": async () => {
    const { emulator, url, close } = await serveMeteringEmulator({ seed, startTime: now });
    const clock = emulator.clock as AdjustableClock;
    return { emulator, endpoint: url, setClock: (time) => clock.set(time), close };
  },
};

describe.each(Object.entries(places))("against %s", (_name, open) => {
  let place: Place;
  let clients: MarketplaceMeteringClient[] = [];
  beforeEach(async () => {
    place = await open();
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    clients = [];
    await place.close();
  });

  const sdk = (accessKeyId = "SELLER", maxAttempts = 1): MarketplaceMeteringClient => {
    const client = new MarketplaceMeteringClient({
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey: "secret" },
      maxAttempts,
      ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
    });
    clients.push(client);
    return client;
  };

  const record = {
    Timestamp: new Date(now),
    CustomerAWSAccountId: acme,
    Dimension: "users",
    Quantity: 5,
  };
  const usage = { ProductCode: "older", Timestamp: new Date(now), UsageDimension: "users" };

  describe("the official SDK", () => {
    test("meters a batch, with a status for each record", async () => {
      const { Results, UnprocessedRecords } = await sdk().send(
        new BatchMeterUsageCommand({
          ProductCode: "older",
          UsageRecords: [
            record,
            { ...record, Quantity: 6 },
            { ...record, CustomerAWSAccountId: "1" },
          ],
        }),
      );
      expect(Results?.map(({ Status }) => Status)).toEqual([
        "Success",
        "DuplicateRecord",
        "CustomerNotSubscribed",
      ]);
      expect(Results?.[0]?.UsageRecord).toEqual(record);
      expect(UnprocessedRecords).toEqual([]);
    });

    test("meters a batch of licences, without a product code", async () => {
      const { Results } = await sdk().send(
        new BatchMeterUsageCommand({ UsageRecords: [{ ...record, LicenseArn: license }] }),
      );
      expect(Results).toMatchObject([{ Status: "Success" }]);
    });

    test("sends unprocessed records again as they came back", async () => {
      place.emulator.faults.set([{ kind: "unprocessed", times: 1 }]);
      const command = { ProductCode: "older", UsageRecords: [record] };
      const { UnprocessedRecords } = await sdk().send(new BatchMeterUsageCommand(command));
      const again = { ...command, UsageRecords: UnprocessedRecords };
      const { Results } = await sdk().send(new BatchMeterUsageCommand(again));
      expect(Results).toMatchObject([{ Status: "Success" }]);
    });

    test("meters from a task, registers a container, and finds a customer", async () => {
      const { MeteringRecordId } = await sdk("ECS").send(new MeterUsageCommand(usage));
      expect(MeteringRecordId).toBe(place.emulator.state().usage[0]?.meteringRecordId);
      const { Signature } = await sdk("ECS").send(
        new RegisterUsageCommand({ ProductCode: "container", PublicKeyVersion: 2 }),
      );
      expect(Signature?.split(".")).toHaveLength(3);
      const { CustomerIdentifier } = await sdk().send(
        new ResolveCustomerCommand({ RegistrationToken: "token-older" }),
      );
      expect(CustomerIdentifier).toBe("acme");
    });

    test("gets its own classes for the service's errors", async () => {
      const errorOf = (sent: Promise<unknown>): Promise<unknown> =>
        sent.then(
          () => undefined,
          (error: unknown) => error,
        );
      const batch = { ProductCode: "older", UsageRecords: [record] };
      const tooOld = { ...record, Timestamp: new Date("2026-07-01T00:00:00Z") };
      const register = { ProductCode: "container", PublicKeyVersion: 3 };
      await sdk("ECS").send(new MeterUsageCommand(usage));
      expect([
        await errorOf(sdk().send(new BatchMeterUsageCommand({ ...batch, ProductCode: "none" }))),
        await errorOf(sdk().send(new BatchMeterUsageCommand({ ...batch, UsageRecords: [tooOld] }))),
        await errorOf(sdk("ECS").send(new MeterUsageCommand({ ...usage, UsageQuantity: 1 }))),
        await errorOf(sdk("STRANGER").send(new MeterUsageCommand(usage))),
        await errorOf(sdk("ECS").send(new RegisterUsageCommand(register))),
        await errorOf(sdk("EC2").send(new RegisterUsageCommand(register))),
      ]).toEqual([
        expect.any(InvalidProductCodeException),
        expect.any(TimestampOutOfBoundsException),
        expect.any(DuplicateRequestException),
        expect.any(CustomerNotEntitledException),
        expect.any(InvalidPublicKeyVersionException),
        expect.any(PlatformNotSupportedException),
      ]);
      place.setClock("2026-07-16T00:00:00Z");
      const expired = sdk().send(new ResolveCustomerCommand({ RegistrationToken: "token-older" }));
      expect(await errorOf(expired)).toBeInstanceOf(ExpiredTokenException);
    });

    test("gets its own classes for faults, and its retries get over them", async () => {
      const resolve = (maxAttempts: number): Promise<unknown> =>
        sdk("SELLER", maxAttempts)
          .send(new ResolveCustomerCommand({ RegistrationToken: "token-older" }))
          .catch((error: unknown) => error);
      place.emulator.faults.set([
        { kind: "throttle", times: 1 },
        { kind: "internalError", times: 1 },
      ]);
      expect(await resolve(1)).toBeInstanceOf(InternalServiceErrorException);
      expect(await resolve(1)).toBeInstanceOf(ThrottlingException);
      place.emulator.faults.set([{ kind: "internalError", times: 2 }]);
      expect(await resolve(3)).toMatchObject({ ProductCode: "older", $metadata: { attempts: 3 } });
    });
  });

  describe("aws4fetch", () => {
    const send = async (operation: string, input: object, accessKeyId = "SELLER") => {
      const aws = new AwsClient({
        accessKeyId,
        secretAccessKey: "secret",
        service: "aws-marketplace",
        region: "us-east-1",
        retries: 0,
      });
      const url = place.endpoint ?? "https://metering.marketplace.us-east-1.amazonaws.com/";
      const response = await aws.fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AWSMPMeteringService.${operation}`,
        },
        body: JSON.stringify(input),
      });
      return { status: response.status, body: await response.json() };
    };
    const seconds = Date.parse(now) / 1000;

    test("gets the results of all four operations", async () => {
      const records = [{ ...record, Timestamp: seconds }];
      const batch = { ProductCode: "older", UsageRecords: records };
      expect(await send("BatchMeterUsage", batch)).toMatchObject({
        status: 200,
        body: { Results: [{ Status: "Success", UsageRecord: records[0] }], UnprocessedRecords: [] },
      });
      const meter = { ...usage, Timestamp: seconds };
      expect(await send("MeterUsage", meter, "ECS")).toMatchObject({
        status: 200,
        body: { MeteringRecordId: expect.any(String) },
      });
      const register = { ProductCode: "container", PublicKeyVersion: 1 };
      expect(await send("RegisterUsage", register, "ECS")).toMatchObject({
        status: 200,
        body: { Signature: expect.any(String) },
      });
      const token = { RegistrationToken: "token-newer" };
      expect(await send("ResolveCustomer", token)).toEqual({
        status: 200,
        body: { ProductCode: "newer", CustomerAWSAccountId: acme, LicenseArn: license },
      });
    });

    test("gets errors as they go over the wire", async () => {
      expect(await send("ResolveCustomer", { RegistrationToken: "forged" })).toEqual({
        status: 400,
        body: { __type: "InvalidTokenException", message: "The token is not known." },
      });
      const meter = { ...usage, Timestamp: seconds, ClientToken: "one" };
      await send("MeterUsage", meter, "ECS");
      const other = { ...meter, UsageDimension: "gigabytes" };
      expect(await send("MeterUsage", other, "ECS")).toMatchObject({
        status: 409,
        body: { __type: "IdempotencyConflictException" },
      });
      expect(await send("BatchMeterUsage", {})).toMatchObject({
        status: 400,
        body: { __type: "ValidationException", message: "UsageRecords: is missing" },
      });
    });
  });
});

test("the official SDK gets over a connection that the server resets", async () => {
  const faults = [{ kind: "reset", times: 1 }] as const;
  const { emulator, url, close } = await serveMeteringEmulator({ seed, startTime: now, faults });
  const client = new MarketplaceMeteringClient({
    region: "us-east-1",
    credentials: { accessKeyId: "SELLER", secretAccessKey: "secret" },
    endpoint: url,
  });
  const { $metadata } = await client.send(
    new ResolveCustomerCommand({ RegistrationToken: "token-older" }),
  );
  expect($metadata.attempts).toBe(2);
  expect(emulator.requests.map(({ fault, attempt }) => [fault, attempt])).toEqual([
    ["reset", 1],
    [undefined, 2],
  ]);
  client.destroy();
  await close();
});
