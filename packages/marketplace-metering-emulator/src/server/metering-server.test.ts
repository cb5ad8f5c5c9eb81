import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { MarketplaceMetering } from "@pawprint/marketplace-metering-node";
import { describe, expect, test } from "vitest";
import { acme, now, seed } from "../example.test-market.ts";
import { closeServersAfterEach, serveMarket, type TestServer } from "./example.test-server.ts";
import { printRequest } from "./request-line.ts";

closeServersAfterEach();

const headers = {
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "AWSMPMeteringService.ResolveCustomer",
};
const body = JSON.stringify({ RegistrationToken: "token-older" });

/** Whether the server still does its work. */
async function expectAlive({ client }: TestServer): Promise<void> {
  const { ProductCode } = await client().resolveCustomer({ RegistrationToken: "token-older" });
  expect(ProductCode).toBe("older");
}

/** Sends bytes as they are, and gives what comes back until the connection ends or says enough. */
function sendBytes(
  { url }: TestServer,
  ...parts: readonly (string | Uint8Array)[]
): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => {
      for (const part of parts) socket.write(part);
    });
    const end = (): void => {
      resolve(received);
      socket.destroy();
    };
    socket.on("data", (data) => {
      received += data.toString("latin1");
      if (/\r\n\r\n.*\}/s.test(received) || /^HTTP\/1\.1 400 Bad Request/.test(received)) end();
    });
    socket.on("error", end);
    socket.on("close", end);
  });
}

describe("a request that is malformed gets the service's error, and the server lives on", () => {
  test.each<[string, RequestInit, number, string]>([
    [
      "no target",
      { headers: { "content-type": headers["content-type"] }, body },
      404,
      "UnknownOperationException",
    ],
    [
      "a target that is no operation",
      { headers: { ...headers, "x-amz-target": "AWSMPMeteringService.Guess" }, body },
      404,
      "UnknownOperationException",
    ],
    [
      "another content type",
      { headers: { ...headers, "content-type": "text/plain" }, body },
      404,
      "UnknownOperationException",
    ],
    ["GET", { method: "GET", headers }, 404, "UnknownOperationException"],
    ["PUT", { method: "PUT", headers, body }, 404, "UnknownOperationException"],
    ["no body", { headers }, 400, "ValidationException"],
    ["broken JSON", { headers, body: '{"RegistrationToken": ' }, 400, "SerializationException"],
    ["JSON that is no object", { headers, body: "[]" }, 400, "SerializationException"],
    [
      "a member of another type",
      { headers, body: '{"RegistrationToken": 1}' },
      400,
      "SerializationException",
    ],
    ["input that breaks the model", { headers, body: "{}" }, 400, "ValidationException"],
    [
      "bytes that are no text",
      { headers, body: Uint8Array.of(0xff, 0xfe, 0x00) },
      400,
      "SerializationException",
    ],
    [
      "a body that says it is compressed, and is not",
      { headers: { ...headers, "content-encoding": "gzip" }, body },
      400,
      "SerializationException",
    ],
  ])("%s", async (_what, init, status, name) => {
    const server = await serveMarket();
    const response = await fetch(server.url, { method: "POST", ...init });
    expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([status, name]);
    expect(await response.json()).toMatchObject({ __type: name, message: expect.any(String) });
    await expectAlive(server);
  });

  test("a body of 50 MB, which is refused long before it is all there, and goes by", async () => {
    const lines: string[] = [];
    const server = await serveMarket({ onRequest: (one) => lines.push(printRequest(one)) });
    const megabyte = Buffer.alloc(1_000_000, " ");
    const sent = request(server.url, { method: "POST", headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.on("response", resolve);
      sent.on("error", reject);
    });
    for (let count = 0; count < 5; count += 1) sent.write(megabyte);
    const answer = await answered;
    expect(answer.statusCode).toBe(413);
    expect(JSON.parse(await text(answer))).toMatchObject({
      __type: "RequestEntityTooLargeException",
    });
    expect(lines).toEqual([
      expect.stringMatching(
        / 413 RequestEntityTooLargeException .* The body is larger than 4000000/,
      ),
    ]);
    for (let count = 5; count < 50; count += 1) sent.write(megabyte);
    await new Promise<void>((resolve) => {
      sent.end(resolve);
    });
    await expectAlive(server);
  });

  test("a body that only says that it is large, which nobody waits for", async () => {
    const server = await serveMarket();
    const answer = await sendBytes(
      server,
      "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 50000000\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    await expectAlive(server);
  });

  test.each<[string, string]>([
    ["no HTTP at all", "\u0000\u0001\u0002 what\r\n\r\n"],
    ["a header without a name", "POST / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n"],
    ["no host", "POST / HTTP/1.1\r\n\r\n"],
    [
      "two different lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
    ["headers without end", `POST / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(40_000)}\r\n\r\n`],
  ])("%s", async (_what, bytes) => {
    const server = await serveMarket();
    expect(await sendBytes(server, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    await expectAlive(server);
  });

  test.each<[string, string]>([
    [
      "an address that is none",
      "GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
    [
      "a host that is none",
      "POST / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
    ],
    [
      "a method that requests cannot have",
      "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
  ])("%s", async (_what, bytes) => {
    const server = await serveMarket();
    expect(await sendBytes(server, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    await expectAlive(server);
  });

  test("a body that is small, and large once it is unpacked", async () => {
    const server = await serveMarket();
    const response = await fetch(server.url, {
      method: "POST",
      headers: { ...headers, "content-encoding": "gzip" },
      body: gzipSync(Buffer.alloc(50_000_000, " ")),
    });
    expect(response.status).toBe(413);
    await expectAlive(server);
  });

  test("a body that breaks off in the middle", async () => {
    const server = await serveMarket();
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{", () =>
      socket.destroy(),
    );
    await new Promise((resolve) => socket.on("close", resolve));
    await expectAlive(server);
  });
});

describe("a signature", () => {
  const callers = [{ accessKeyId: "KEY", accountId: "999900001111", secretAccessKey: "right" }];

  test.each<[string, string, string, string]>([
    ["with the right secret is taken", "KEY", "right", "InvalidTokenException"],
    ["with another secret is refused", "KEY", "wrong", "InvalidSignatureException"],
    ["of a key that nobody has is refused", "STRANGER", "right", "UnrecognizedClientException"],
  ])("%s", async (_what, accessKeyId, secretAccessKey, name) => {
    const server = await serveMarket({
      seed: { ...seed, callers },
      startTime: undefined,
      verifySignatures: true,
    });
    const client = new MarketplaceMetering({
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey },
      endpoint: server.url,
      maxAttempts: 1,
    });
    const call = client.resolveCustomer({ RegistrationToken: "unknown" });
    await expect(call).rejects.toMatchObject({ name });
    client.destroy();
  });

  test("that is missing is asked for", async () => {
    const server = await serveMarket({ verifySignatures: true });
    const response = await fetch(server.url, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });
});

describe("faults happen on the socket", () => {
  test("a reset is one: the client reads ECONNRESET", async () => {
    const server = await serveMarket({ faults: [{ kind: "reset" }] });
    const error = await fetch(server.url, { method: "POST", headers, body }).catch(
      (cause) => cause,
    );
    expect(error.cause.code).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });

  test("a slow answer has its head at once, and its body later and whole", async () => {
    const server = await serveMarket({ faults: [{ kind: "slow", milliseconds: 300 }] });
    const response = await fetch(server.url, { method: "POST", headers, body });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ ProductCode: "older" });
  });

  test("a hanging request does not keep others waiting", async () => {
    const server = await serveMarket({ faults: [{ kind: "hang", times: 1 }] });
    const abort = new AbortController();
    const hanging = fetch(server.url, { method: "POST", headers, body, signal: abort.signal });
    hanging.catch(() => {});
    await expect.poll(() => server.emulator.requests.length).toBe(1);
    await expectAlive(server);
    abort.abort();
    await expect(hanging).rejects.toThrow("abort");
  });

  test("an answer that is lost was given: the same request again gets the same id", async () => {
    const server = await serveMarket({ faults: [{ kind: "lostAnswer", times: 1 }] });
    const usage = {
      ProductCode: "older",
      UsageRecords: [{ Timestamp: new Date(now), CustomerAWSAccountId: acme, Dimension: "users" }],
    };
    const lost = server.client().batchMeterUsage(usage);
    await expect(lost).rejects.toMatchObject({ name: "ConnectionError" });
    const { Results } = await server.client().batchMeterUsage(usage);
    const [record] = server.emulator.state().usage;
    expect(Results).toMatchObject([
      { Status: "Success", MeteringRecordId: record?.meteringRecordId },
    ]);
  });
});

test("a clock that is ahead fails a signature, which the client's own correction mends", async () => {
  const server = await serveMarket({
    seed: {
      callers: [{ accessKeyId: "SIGNED", accountId: "999900001111", secretAccessKey: "secret" }],
    },
    startTime: undefined,
    verifySignatures: true,
    faults: [{ kind: "clockSkew", milliseconds: 3_600_000 }],
  });
  const metering = new MarketplaceMetering({
    region: "us-east-1",
    credentials: { accessKeyId: "SIGNED", secretAccessKey: "secret" },
    endpoint: server.url,
  });
  const resolved = metering.resolveCustomer({ RegistrationToken: "unknown" });
  await expect(resolved).rejects.toMatchObject({ name: "InvalidTokenException" });
  expect(server.emulator.requests.map(({ error }) => error)).toEqual([
    "InvalidSignatureException",
    "InvalidTokenException",
  ]);
  metering.destroy();
});

test("closing lets a request that is under way get its answer", async () => {
  const server = await serveMarket({ faults: [{ kind: "slow", milliseconds: 300 }] });
  const response = await fetch(server.url, { method: "POST", headers, body });
  const closed = server.close();
  expect(await response.json()).toMatchObject({ ProductCode: "older" });
  await closed;
});
