import { SignatureV4 } from "@smithy/signature-v4";
import type { HttpRequest } from "@smithy/types";
import { describe, expect, it } from "vitest";
import { Sha256 as EdgeSha256 } from "../edge/sha256.ts";
import { Sha256 as NodeSha256 } from "../node/sha256.ts";
import { createSigner, type SignerOptions } from "./smithy-signature-v4.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const signingDate = new Date("2015-08-30T12:36:00Z");

describe.each([
  { name: "node:crypto", sha256: NodeSha256 },
  { name: "what the edge hashes with", sha256: EdgeSha256 },
])("with $name", ({ sha256 }) => {
  const options = {
    service: "service",
    region: "us-east-1",
    credentials,
    sha256,
  } satisfies SignerOptions;

  it("signs the published vector get-vanilla", async () => {
    const signed = await createSigner(options).sign(vanilla, { signingDate });
    expect(signed.headers).toEqual({
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
        "SignedHeaders=host;x-amz-date, " +
        "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    });
  });

  it("signs the published vector post-vanilla", async () => {
    const signed = await createSigner(options).sign(
      { ...vanilla, method: "POST" },
      { signingDate },
    );
    expect(signed.headers.authorization).toContain(
      "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  it("signs as the whole SignatureV4 of @smithy/signature-v4 does", async () => {
    const reference = new SignatureV4({ ...options, applyChecksum: false });
    const session = { ...credentials, sessionToken: "a session/token==" };
    const referenceWithSession = new SignatureV4({
      ...options,
      credentials: session,
      applyChecksum: false,
    });
    const signer = createSigner(options);
    const signerWithSession = createSigner({ ...options, credentials: session });
    for (const request of requests) {
      for (const signing of [
        { signingDate },
        { signingDate, signingRegion: "eu-west-1", signingService: "aws-marketplace" },
        { signingDate: new Date("2026-02-28T23:59:59.999Z") },
        { signingDate, unsignableHeaders: new Set(["x-amz-target"]) },
        {
          signingDate,
          unsignableHeaders: new Set(["content-type"]),
          signableHeaders: new Set(["content-type", "user-agent"]),
        },
      ]) {
        expect((await signer.sign(request, signing)).headers).toEqual(
          (await reference.sign(request, signing)).headers,
        );
        expect((await signerWithSession.sign(request, signing)).headers).toEqual(
          (await referenceWithSession.sign(request, signing)).headers,
        );
      }
    }
  });

  it("escapes the path once only where it is told to", async () => {
    const reference = new SignatureV4({ ...options, applyChecksum: false, uriEscapePath: false });
    const request = { ...vanilla, path: "/a%20b/" };
    const signed = await createSigner({ ...options, uriEscapePath: false }).sign(request, {
      signingDate,
    });
    expect(signed.headers).toEqual((await reference.sign(request, { signingDate })).headers);
    const escaped = await createSigner(options).sign(request, { signingDate });
    expect(escaped.headers.authorization).not.toBe(signed.headers.authorization);
  });
});

const vanilla: HttpRequest = {
  method: "GET",
  protocol: "https:",
  hostname: "example.amazonaws.com",
  path: "/",
  headers: { host: "example.amazonaws.com" },
};

const requests: readonly HttpRequest[] = [
  vanilla,
  { ...vanilla, path: "/a b//../ü/%2F", query: { b: ["2", "1"], a: "*", none: null } },
  {
    ...vanilla,
    method: "POST",
    headers: {
      Host: "example.amazonaws.com",
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "  AWSMPMeteringService.MeterUsage \n x ",
      "user-agent": "pawprint/1",
      "x-amzn-trace-id": "Root=1",
      Authorization: "an old one",
      "X-Amz-Date": "20000101T000000Z",
    },
    body: '{"ProductCode":"grün"}',
  },
  { ...vanilla, method: "POST", body: new Uint8Array([0, 255]) },
];

describe("createSigner", () => {
  const options: SignerOptions = {
    service: "service",
    region: "us-east-1",
    credentials,
    sha256: NodeSha256,
  };

  it("leaves the request that it gets as it is", async () => {
    const request = structuredClone(vanilla);
    await createSigner(options).sign(request, { signingDate });
    expect(request).toEqual(vanilla);
  });

  it.each([
    ["credentials", ["region-1"], ["secret 1", "secret 2", "secret 1"]],
    ["a region", ["region-1", "region-2", "region-1"], ["secret 1"]],
  ])("goes by %s at once where a provider gives others", async (_, regions, secrets) => {
    let region = "";
    let current = { accessKeyId: "", secretAccessKey: "" };
    const signer = createSigner({
      ...options,
      region: async () => region,
      credentials: async () => current,
    });
    for (const [index] of [1, 2, 3].entries()) {
      region = regions[index % regions.length] ?? "";
      current = { accessKeyId: "ID", secretAccessKey: secrets[index % secrets.length] ?? "" };
      const fresh = createSigner({ ...options, region, credentials: current });
      for (const _ of ["derived", "kept"]) {
        expect((await signer.sign(vanilla, { signingDate })).headers).toEqual(
          (await fresh.sign(vanilla, { signingDate })).headers,
        );
      }
    }
  });

  it("derives a key once for a day: later signatures take three hashes", async () => {
    let hashes = 0;
    class CountedSha256 extends NodeSha256 {
      override digest(): Promise<Uint8Array> {
        hashes += 1;
        return super.digest();
      }
    }
    const signer = createSigner({ ...options, sha256: CountedSha256 });
    const request = { ...vanilla, method: "POST", body: "{}" };
    await signer.sign(request, { signingDate });
    expect(hashes).toBe(7);
    await signer.sign(request, { signingDate });
    expect(hashes).toBe(10);
    await signer.sign(request, { signingDate: new Date("2015-08-31T00:00:00Z") });
    expect(hashes).toBe(17);
  });

  it("signs in parallel", async () => {
    const signer = createSigner(options);
    const dates = ["2015-08-30T12:36:00Z", "2015-08-31T12:36:00Z", "2015-08-30T12:36:00Z"];
    const signed = await Promise.all(
      dates.map((date) => signer.sign(vanilla, { signingDate: new Date(date) })),
    );
    for (const [index, date] of dates.entries()) {
      const alone = await createSigner(options).sign(vanilla, { signingDate: new Date(date) });
      expect(signed[index]?.headers).toEqual(alone.headers);
    }
  });

  it("leaves out a session token that is empty", async () => {
    const signer = createSigner({ ...options, credentials: { ...credentials, sessionToken: "" } });
    const { headers } = await signer.sign(vanilla, { signingDate });
    expect(headers).not.toHaveProperty("x-amz-security-token");
  });

  it("refuses credentials that are none", async () => {
    const signer = createSigner({ ...options, credentials: async () => ({}) as never });
    await expect(signer.sign(vanilla)).rejects.toThrow("credential");
  });

  it("signs with the time of the call where no date is given", async () => {
    const before = Date.now() - 1_000;
    const { headers } = await createSigner(options).sign(vanilla);
    const date = (headers["x-amz-date"] ?? "").replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      "$1-$2-$3T$4:$5:$6Z",
    );
    expect(Date.parse(date)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(date)).toBeLessThanOrEqual(Date.now());
  });
});
