import { MarketplaceMeteringClient, MeterUsageCommand } from "@aws-sdk/client-marketplace-metering";
import { MarketplaceMetering as EdgeMetering } from "@pawprint/marketplace-metering-edge";
import { mockMarketplaceMetering } from "@pawprint/marketplace-metering-mocks";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { AwsClient } from "aws4fetch";
import { type LocalService, serveHandlers } from "tools-local-service";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

// Every client signs with its own code; the mocks verify with ours.

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const temporary = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "example", sessionToken: "token" };
let skew = 0;
const mock = mockMarketplaceMetering({
  credentials: [identity, temporary],
  region: "us-east-1",
  clock: () => new Date(Date.now() + skew),
});
const usage = { ProductCode: "product", Timestamp: new Date(0), UsageDimension: "users" };
let service: LocalService;

beforeAll(async () => {
  service = await serveHandlers([...mock.handlers, mock.fallback]);
});
afterEach(() => {
  skew = 0;
  mock.reset();
});
afterAll(() => service.close());

interface Signing {
  readonly credentials: typeof identity & { readonly sessionToken?: string };
  readonly region: string;
}

/** What a client makes of the answer: a record id, or the name of an error. */
type Call = (signing: Signing) => Promise<string | undefined>;

const nameOf = (error: Error): string => error.name;

const clients: readonly (readonly [string, Call])[] = [
  [
    "the Node transport",
    async (signing) => {
      const client = new MarketplaceMetering({ ...signing, endpoint: service.url });
      const answer = client
        .meterUsage(usage)
        .then(({ MeteringRecordId }) => MeteringRecordId, nameOf);
      return answer.finally(() => client.destroy());
    },
  ],
  [
    "the edge transport",
    (signing) =>
      new EdgeMetering({ ...signing, endpoint: service.url })
        .meterUsage(usage)
        .then(({ MeteringRecordId }) => MeteringRecordId, nameOf),
  ],
  [
    "the official SDK",
    async (signing) => {
      const client = new MarketplaceMeteringClient({ ...signing, endpoint: service.url });
      const answer = client
        .send(new MeterUsageCommand(usage))
        .then(({ MeteringRecordId }) => MeteringRecordId, nameOf);
      return answer.finally(() => client.destroy());
    },
  ],
  [
    "aws4fetch",
    async ({ credentials, region }) => {
      const aws = new AwsClient({ ...credentials, service: "aws-marketplace", region });
      const response = await aws.fetch(service.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AWSMPMeteringService.MeterUsage",
        },
        body: JSON.stringify({ ...usage, Timestamp: 0 }),
      });
      const body = (await response.json()) as { readonly [name: string]: string };
      return body.MeteringRecordId ?? body.__type;
    },
  ],
];

const record = "4b0a7f0e-6a52-4d38-9c53-0d3a5f4f2c21";

describe.each(clients)("%s", (_name, call) => {
  test.each<[string, Partial<Signing>, string]>([
    ["is let in with long-term credentials", {}, record],
    ["is let in with temporary ones", { credentials: temporary }, record],
    [
      "is refused with another secret",
      { credentials: { ...identity, secretAccessKey: "other" } },
      "InvalidSignatureException",
    ],
    [
      "is refused with an unknown access key",
      { credentials: { ...identity, accessKeyId: "AKIDOTHER" } },
      "UnrecognizedClientException",
    ],
    [
      "is refused with another session token",
      { credentials: { ...temporary, sessionToken: "other" } },
      "UnrecognizedClientException",
    ],
    ["is refused for another Region", { region: "eu-west-1" }, "InvalidSignatureException"],
  ])("%s", async (_what, signing, expected) => {
    expect(await call({ credentials: identity, region: "us-east-1", ...signing })).toBe(expected);
  });
});

test.each(clients.slice(0, 3))(
  "%s corrects its clock by the answer's date where it is an hour off",
  async (_name, call) => {
    skew = 60 * 60 * 1000;
    expect(await call({ credentials: identity, region: "us-east-1" })).toBe(record);
    expect(mock.meterUsage.calls).toHaveLength(1);
  },
);

test("what is not signed, or changed on the way, is refused", async () => {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSMPMeteringService.MeterUsage",
  };
  const send = async (request: Request, body: string): Promise<unknown> => {
    const response = await fetch(service.url, { method: "POST", headers: request.headers, body });
    const { __type } = (await response.json()) as { readonly __type: string };
    return [response.status, __type];
  };
  const aws = new AwsClient({ ...identity, service: "aws-marketplace", region: "us-east-1" });
  const signed = await aws.sign(service.url, { method: "POST", headers, body: "{}" });
  expect(await send(new Request(service.url, { headers }), "{}")).toEqual([
    400,
    "MissingAuthenticationTokenException",
  ]);
  expect(await send(signed, '{"DryRun":true}')).toEqual([400, "InvalidSignatureException"]);
  expect(await send(signed, "{}")).toEqual([400, "ValidationException"]);
  expect(mock.meterUsage.calls).toHaveLength(1);
});
