import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { generate } from "@pawprint/codegen";
import {
  Conflict,
  type EverythingBack,
  isPutEverythingError,
  KitchenSinkClient,
  Level,
  Throttled,
} from "@pawprint/kitchen-sink";
import { resolveEndpoint } from "@pawprint/kitchen-sink/protocol";
import { createTransport } from "@pawprint/kitchen-sink-edge";
import { mockKitchenSink } from "@pawprint/kitchen-sink-mocks";
import { KitchenSink } from "@pawprint/kitchen-sink-node";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const mock = mockKitchenSink();
const server = setupServer(...mock.handlers);
const options = {
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => mock.reset());
afterAll(() => server.close());

/** A value of each kind, among them those that plain JSON would lose. */
const everything = {
  Name: "name",
  Blob: Uint8Array.of(0, 255, 128),
  Boolean: false,
  String: 'null, \u{1f43e} and "quotes"',
  Byte: -128,
  Short: 32767,
  Integer: -1,
  Long: 9_007_199_254_740_993n,
  Float: Number.NaN,
  Double: Number.NEGATIVE_INFINITY,
  BigInteger: 123_456_789_012_345_678_901_234_567_890n,
  BigDecimal: "0.1234567890123456789",
  Timestamp: new Date("2026-07-01T10:00:00.250Z"),
  DateTime: new Date("2026-07-01T10:00:00Z"),
  HttpDate: new Date("2026-07-01T10:00:00Z"),
  Document: { list: [1, null, { deep: "x" }], nothing: null },
  Color: "added-later",
  Level: Level.HIGH,
  Strings: ["a", "b"],
  SparseStrings: ["a", null],
  Timestamps: [new Date(0)],
  Matrix: [[1.5, Number.POSITIVE_INFINITY], []],
  Longs: [1, -9_223_372_036_854_775_808n],
  Numbers: { one: 1, constructor: 2 },
  SparseTimes: { once: new Date(0), never: null },
  ByColor: { red: ["x"] },
  Choice: { Node: { Value: new Date(1000), Children: [{}, { Children: [] }] } },
  Choices: [{ Text: "t" }, { When: new Date(0) }, { Bytes: new Uint8Array() }],
  Tree: { Children: [{ Value: new Date(5) }] },
  Secret: "hush",
  Limited: 10,
} satisfies EverythingBack;

test("the generated packages are what the generator makes of the model", async () => {
  const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const { differences, omissions } = await generate({
    models: [{ model: path("model/kitchen-sink.json") }],
    out: path("packages"),
    check: true,
  });
  expect(differences).toEqual([]);
  expect(omissions).toEqual([]);
});

describe.each([
  ["node", () => new KitchenSink(options)],
  ["edge", () => new KitchenSinkClient(createTransport(options))],
] as const)("over the %s transport", (_name, createClient) => {
  test("a value of each kind goes there and back unchanged", async () => {
    mock.putEverything.resolves(everything);
    const { $metadata, ...result } = await createClient().putEverything({
      ...everything,
      Token: "token",
    });
    expect(mock.putEverything.calls[0]?.input).toEqual({ ...everything, Token: "token" });
    expect(result).toEqual(everything);
    expect($metadata.attempts).toBe(1);
  });

  test("an operation without input and output is called with nothing", async () => {
    const { $metadata, ...result } = await createClient().getNothing();
    expect(result).toEqual({});
    expect($metadata.httpStatusCode).toBe(200);
    expect(mock.getNothing.calls[0]?.input).toEqual({});
  });

  test("an error arrives with its members and its status", async () => {
    const since = new Date("2026-07-01T10:00:00Z");
    mock.putEverything.rejects(
      new Conflict({
        message: "too late",
        Since: since,
        Expected: { When: since },
        Holder: "hush",
      }),
    );
    const error = await createClient().putEverything({ Name: "name" }).catch(identity);
    expect(error).toBeInstanceOf(Conflict);
    expect(isPutEverythingError(error)).toBe(true);
    expect(error).toMatchObject({
      message: "too late",
      Since: since,
      Expected: { When: since },
      Holder: "hush",
      $metadata: { httpStatusCode: 409 },
    });
  });

  test("an error that the service lists for all operations arrives for each", async () => {
    mock.getNothing.rejects(new Throttled({ message: "slow down" }));
    const error = await createClient().getNothing().catch(identity);
    expect(error).toMatchObject({ name: "Throttled", $retryable: { throttling: true } });
  });

  test("host labels and endpoint parameters of the input make the host", async () => {
    mock.find.resolves({ Nodes: [] });
    await createClient().find({ Account: "a1", Tenant: "acme" });
    expect(mock.find.calls[0]?.url).toBe("https://a1.data.acme.kitchensink.us-east-1.example.com/");
  });

  test("a host label that is none is refused", async () => {
    const error = await createClient().find({ Account: "evil.example.com/" }).catch(identity);
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(String(error)).toContain("Account");
  });

  test("a sensitive value of a result or an error is not printed", async () => {
    const client = createClient();
    mock.putEverything.resolves({ Name: "name", Secret: "hush" });
    const printed = inspect(await client.putEverything({ Name: "name" }), { depth: 9 });
    expect(printed).toContain("Secret: '(a sensitive value)'");
    expect(printed).not.toContain("hush");
    mock.putEverything.rejects(new Conflict({ message: "too late", Holder: "hush" }));
    const error = await client.putEverything({ Name: "name" }).catch(identity);
    expect(inspect(error, { depth: 9 })).toContain("too late");
    expect(inspect(error, { depth: 9 })).not.toContain("hush");
  });

  test("the body is under a checksum where the operation wants one", async () => {
    await createClient().putEverything({ Name: "name", Token: "token" });
    const [call] = mock.putEverything.calls;
    const body = JSON.stringify({ Name: "name", Token: "token" });
    const expected = createHash("md5").update(body).digest("base64");
    expect(call?.headers.get("content-md5")).toBe(expected);
    expect(call?.headers.get("authorization")).toContain("content-md5");
  });

  test("a sensitive value is in no message", async () => {
    const error = await createClient()
      // @ts-expect-error: a secret is a string
      .putEverything({ Name: "name", Secret: 1234 })
      .catch(identity);
    expect(String(error)).toContain("Secret");
    expect(String(error)).not.toContain("1234");
  });
});

test("who has no credentials calls what needs none", async () => {
  const client = new KitchenSinkClient(createTransport({ region: "us-east-1" }));
  await client.getNothing();
  expect(mock.getNothing.calls[0]?.headers.has("authorization")).toBe(false);
  const refused = await client.putEverything({ Name: "name" }).catch(identity);
  expect(refused).toMatchObject({ message: "credentials: must be given" });
});

test("a member of a union that was added later arrives as $unknown", async () => {
  const client = new KitchenSink({
    ...options,
    requestHandler: {
      handle: async () => ({
        response: { statusCode: 200, headers: {}, body: '{"Choice": {"Later": [1]}}' },
      }),
    },
  });
  const { Choice } = await client.putEverything({ Name: "name" });
  expect(Choice).toEqual({ $unknown: ["Later", [1]] });
});

test("a member with the name of a method of every object is a member like any other", async () => {
  const output = { Nodes: [], Date: { Day: 1, constructor: 3 } };
  mock.find.resolves(output);
  const { $metadata, ...result } = await new KitchenSink(options).find({ Account: "a" });
  expect(result).toEqual(output);
});

test("the endpoint rules are plain conditionals", () => {
  expect(resolveEndpoint({ Region: "us-east-1", Tenant: "acme" })).toEqual({
    url: "https://acme.kitchensink.us-east-1.example.com",
  });
  expect(() => resolveEndpoint({})).toThrow("A Region is needed");
});

function identity(error: unknown): unknown {
  return error;
}
