import { getResponse } from "msw";
import { describe, expect, it } from "vitest";
import { Sha256 } from "../edge/sha256.ts";
import { exampleService } from "../example.test-service.ts";
import { createSigner } from "../signing/smithy-signature-v4.ts";
import { unitShape } from "../unit.ts";
import type { MockOptions } from "./mock-options.ts";
import { mockOperation } from "./operation-mock.ts";
import { awsJson1_1Server } from "./server-protocol.ts";

const now = new Date("2026-07-01T12:00:00Z");
const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI" };
const temporary = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const expired = {
  accessKeyId: "ASIAEXPIRED",
  secretAccessKey: "secret",
  expiration: new Date("2026-07-01T12:00:00Z"),
};

/** What a client signs, and what is changed on the way. */
interface Sending {
  readonly credentials?: typeof identity & { readonly sessionToken?: string };
  readonly signingDate?: Date;
  readonly region?: string;
  readonly service?: string;
  readonly url?: string;
  readonly auth?: "none" | "optional";
  /** The signed headers may be changed, or removed with `undefined`. */
  readonly change?: (headers: { readonly [name: string]: string }) => {
    readonly [name: string]: string | undefined;
  };
  readonly sentBody?: string;
  readonly options?: MockOptions;
}

async function send({
  credentials = identity,
  signingDate = now,
  region = "us-east-1",
  service = "example",
  url = "https://example.us-east-1.amazonaws.com/",
  auth,
  change = (headers) => headers,
  sentBody = "{}",
  options = {},
}: Sending = {}): Promise<{
  readonly status: number;
  readonly type?: string;
  readonly message?: string;
}> {
  const { protocol, hostname, host, pathname, searchParams } = new URL(url);
  const signer = createSigner({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method: "POST",
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: {
        host,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "ExampleFrontEnd.Run",
        "user-agent": "test  of  spaces",
      },
      body: "{}",
    },
    { signingDate },
  );
  const headers = Object.entries(change(signed.headers)).filter(([, value]) => value !== undefined);
  const mock = mockOperation(
    {
      operation: {
        name: "Run",
        service: { ...exampleService, signingName: "example" },
        input: unitShape,
        errors: {},
        ...(auth && { auth }),
      },
      protocol: awsJson1_1Server,
      output: unitShape,
      errors: {},
      defaultOutput: () => ({}),
    },
    { credentials: [identity, temporary, expired], clock: () => now, ...options },
  );
  const request = new Request(url, {
    method: "POST",
    headers: Object.fromEntries(headers) as { [name: string]: string },
    body: sentBody,
  });
  const response = (await getResponse([mock.handler], request)) ?? Response.error();
  const { __type: type, message } = await response.json();
  expect(JSON.stringify(message ?? "")).not.toMatch(/wJalrXUtnFEMI|secret/);
  return { status: response.status, ...(type && { type, message }) };
}

const mismatch = {
  status: 400,
  type: "InvalidSignatureException",
  message: expect.stringMatching(/^The request signature we calculated does not match/),
};

function withAuthorization(
  change: (authorization: string) => string,
): NonNullable<Sending["change"]> {
  return (headers) => ({ ...headers, authorization: change(headers.authorization ?? "") });
}

describe("a signature is right", () => {
  it.each<[string, Sending]>([
    ["with the secret of the access key", {}],
    ["with temporary credentials and their token", { credentials: temporary }],
    ["up to 5 minutes ago", { signingDate: new Date(now.getTime() - 300_000) }],
    ["up to 5 minutes ahead", { signingDate: new Date(now.getTime() + 300_000) }],
    ["on any host and path, with a query", { url: "http://127.0.0.1:8080/a%20b/c?x=1&y=a%2Fb" }],
    ["for any Region, where none is configured", { region: "eu-west-1" }],
    ["for the Region that is configured", { options: { region: "us-east-1" } }],
    ["with one identity", { options: { credentials: identity } }],
    ["with an identity that a function finds", { options: { credentials: async () => identity } }],
    [
      "without a host among the headers, as in a browser",
      { change: (headers) => ({ ...headers, host: undefined }) },
    ],
    ["with headers that came after it", { change: (headers) => ({ ...headers, via: "proxy" }) }],
    [
      "whose parameters stand apart by commas alone",
      { change: withAuthorization((text) => text.replaceAll(", ", ",")) },
    ],
  ])("%s", async (_what, sending) => {
    expect(await send(sending)).toEqual({ status: 200 });
  });
});

describe("a signature is not looked at", () => {
  const unsigned: Sending = { change: (headers) => ({ ...headers, authorization: undefined }) };

  it.each<[string, Sending]>([
    ["where no credentials are configured", { options: { credentials: undefined } }],
    ["where the operation goes without", { auth: "none" }],
    ["where the operation may go without, and does", { auth: "optional" }],
  ])("%s", async (_what, sending) => {
    expect(await send({ ...unsigned, ...sending })).toEqual({ status: 200 });
  });

  it("but a wrong one is refused where the operation may go without", async () => {
    const credentials = { ...identity, secretAccessKey: "other" };
    expect(await send({ auth: "optional", credentials })).toEqual(mismatch);
  });
});

describe("a signature does not match", () => {
  it.each<[string, Sending]>([
    ["another secret", { credentials: { ...identity, secretAccessKey: "other" } }],
    ["another body", { sentBody: '{ "Id": 1 }' }],
    [
      "another header",
      {
        change: (headers) => ({
          ...headers,
          "content-type": "application/x-amz-json-1.1;charset=utf-8",
        }),
      },
    ],
    [
      "a header that is missing",
      { change: withAuthorization((text) => text.replace("host;", "host;x-lost;")) },
    ],
    ["another signature", { change: withAuthorization((text) => text.replace(/.$/, "x")) }],
    [
      "an empty secret of the service",
      { options: { credentials: { ...identity, secretAccessKey: "" } } },
    ],
  ])("%s", async (_what, sending) => {
    expect(await send(sending)).toEqual(mismatch);
  });

  it("a body whose checksum, which is signed in its place, is that of another", async () => {
    const signer = createSigner({
      service: "example",
      region: "us-east-1",
      credentials: identity,
      sha256: Sha256,
    });
    const hash = new Sha256();
    hash.update("{}");
    const checksum = Buffer.from(await hash.digest()).toString("hex");
    const signed = await signer.sign(
      {
        method: "POST",
        protocol: "https:",
        hostname: "example.us-east-1.amazonaws.com",
        path: "/",
        headers: {
          host: "example.us-east-1.amazonaws.com",
          "content-type": "application/x-amz-json-1.1",
          "x-amz-content-sha256": checksum,
          "x-amz-target": "ExampleFrontEnd.Run",
        },
        body: "{}",
      },
      { signingDate: now },
    );
    const change = (): typeof signed.headers => signed.headers;
    expect(await send({ change })).toEqual({ status: 200 });
    expect(await send({ change, sentBody: "{ }" })).toEqual(mismatch);
  });
});

describe("the service says what is wrong with a request's signature", () => {
  it.each<[string, Sending, string, string]>([
    [
      "there is none",
      { change: (headers) => ({ ...headers, authorization: undefined }) },
      "MissingAuthenticationTokenException",
      "Missing Authentication Token",
    ],
    [
      "it has no parameter",
      {
        change: (headers) => ({ ...headers, authorization: "Bearer abc", "x-amz-date": undefined }),
      },
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
    [
      "it lacks one parameter",
      { change: withAuthorization((text) => text.replace(/, Signature=.*/, "")) },
      "IncompleteSignatureException",
      "Authorization header requires 'Signature' parameter.",
    ],
    [
      "it has no date",
      { change: (headers) => ({ ...headers, "x-amz-date": undefined }) },
      "IncompleteSignatureException",
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
    [
      "its date is none",
      { change: (headers) => ({ ...headers, "x-amz-date": "2026-07-01T12:00:00Z" }) },
      "IncompleteSignatureException",
      "Date must be in ISO-8601 'basic format'. Got '2026-07-01T12:00:00Z'. See http://en.wikipedia.org/wiki/ISO_8601",
    ],
    [
      "its algorithm is another",
      {
        change: withAuthorization((text) =>
          text.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
        ),
      },
      "IncompleteSignatureException",
      "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    ],
    [
      "its credential is too short",
      { change: withAuthorization((text) => text.replace("/us-east-1", "")) },
      "IncompleteSignatureException",
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20260701/example/aws4_request'",
    ],
    [
      "the host is not signed",
      { change: withAuthorization((text) => text.replace("host;", "")) },
      "InvalidSignatureException",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      "the target is not signed",
      { change: withAuthorization((text) => text.replace(";x-amz-target", "")) },
      "InvalidSignatureException",
      "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      "it is for another Region",
      { region: "eu-west-1", options: { region: "us-east-1" } },
      "InvalidSignatureException",
      "Credential should be scoped to a valid region, not 'eu-west-1'.",
    ],
    [
      "it is for another service",
      { service: "other" },
      "InvalidSignatureException",
      "Credential should be scoped to correct service: 'example'.",
    ],
    [
      "it is for another day, and what else is wrong",
      {
        change: withAuthorization((text) =>
          text.replace("20260701", "20260630").replace("aws4_request", "aws5"),
        ),
      },
      "InvalidSignatureException",
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260630' != '20260701', from '20260701T120000Z'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.",
    ],
    [
      "it is too old",
      { signingDate: new Date(now.getTime() - 301_000) },
      "InvalidSignatureException",
      "Signature expired: 20260701T115459Z is now earlier than 20260701T115500Z (20260701T120000Z - 5 min.)",
    ],
    [
      "it is from the future",
      { signingDate: new Date(now.getTime() + 301_000) },
      "InvalidSignatureException",
      "Signature not yet current: 20260701T120501Z is still later than 20260701T120500Z (20260701T120000Z + 5 min.)",
    ],
    [
      "nobody has the access key",
      { credentials: { ...identity, accessKeyId: "AKIDOTHER" } },
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ],
    [
      "the session token is another",
      { credentials: { ...temporary, sessionToken: "other" } },
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ],
    [
      "a session token is missing",
      { credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret" } },
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ],
    [
      "the credentials have expired",
      { credentials: expired },
      "ExpiredTokenException",
      "The security token included in the request is expired",
    ],
  ])("%s", async (_what, sending, type, message) => {
    expect(await send(sending)).toEqual({ status: 400, type, message });
  });
});
