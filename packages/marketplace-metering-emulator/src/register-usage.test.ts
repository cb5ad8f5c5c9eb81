import { constants, createPublicKey, verify } from "node:crypto";
import type { RegisterUsageRequest, RegisterUsageResult } from "@pawprint/marketplace-metering";
import { describe, expect, test } from "vitest";
import { openMarket } from "./example.test-market.ts";

const market = openMarket();

function register(
  members: Partial<RegisterUsageRequest> = {},
  accessKeyId = "ECS",
  region = "us-east-1",
): Promise<RegisterUsageResult> {
  const input = { ProductCode: "container", PublicKeyVersion: 2, ...members };
  return market.client(accessKeyId, region).registerUsage(input);
}

async function errorOf(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => "no error",
    (error: Error) => error.name,
  );
}

function readPart(token: string | undefined, index: number): unknown {
  return JSON.parse(Buffer.from(token?.split(".")[index] ?? "", "base64url").toString());
}

describe("the signature", () => {
  test("is a token whose header says PS256", async () => {
    const { Signature } = await register();
    expect(readPart(Signature, 0)).toEqual({ alg: "PS256", typ: "JWT" });
  });

  test("claims product, key version and nonce, and when it was issued", async () => {
    const { Signature } = await register({ Nonce: "once" });
    expect(readPart(Signature, 1)).toEqual({
      productCode: "container",
      publicKeyVersion: 2,
      nonce: "once",
      iat: Date.parse("2026-07-15T09:30:00Z") / 1000,
    });
  });

  test("is verified by the public key of its version, and by no other", async () => {
    const { Signature = "" } = await register();
    const signed = Signature.slice(0, Signature.lastIndexOf("."));
    const signature = Buffer.from(Signature.split(".")[2] ?? "", "base64url");
    const verifyWith = async (version: number): Promise<boolean> => {
      const key = createPublicKey(await market.emulator.publicKey("container", version));
      const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      return verify("sha256", Buffer.from(signed), { key, ...padding }, signature);
    };
    expect(await verifyWith(2)).toBe(true);
    expect(await verifyWith(1)).toBe(false);
  });
});

test("a key version that has expired is answered with the time of that, and a valid one without", async () => {
  expect(await register({ PublicKeyVersion: 1 })).not.toHaveProperty("PublicKeyRotationTimestamp");
  market.clock.set("2026-08-02T00:00:00Z");
  const { PublicKeyRotationTimestamp } = await register({ PublicKeyVersion: 1 });
  expect(PublicKeyRotationTimestamp).toEqual(new Date("2026-08-01T00:00:00Z"));
});

describe("a container is refused", () => {
  test.each<[string, string, Partial<RegisterUsageRequest>, string?, string?]>([
    ["on an instance", "PlatformNotSupportedException", {}, "EC2"],
    [
      "with the credentials of EKS Pod Identity",
      "PlatformNotSupportedException",
      {},
      "PODIDENTITY",
    ],
    ["at the endpoint of another Region", "InvalidRegionException", {}, "ECS", "eu-west-1"],
    ["with an unknown product", "InvalidProductCodeException", { ProductCode: "unknown" }],
    ["with an unknown key version", "InvalidPublicKeyVersionException", { PublicKeyVersion: 3 }],
    ["of an account that is not subscribed", "CustomerNotEntitledException", {}, "STRANGER"],
    ["of a product whose API is disabled", "DisabledApiException", { ProductCode: "closed" }],
  ])("%s", async (_what, name, members, key, region) => {
    expect(await errorOf(register(members, key, region))).toBe(name);
  });
});

test("a container on EKS with a role of its service account is taken", async () => {
  expect(await errorOf(register({}, "IRSA"))).toBe("no error");
});

test("EKS was not supported before November 2019", async () => {
  market.clock.set("2019-11-13T00:00:00Z");
  expect(await errorOf(register({}, "IRSA"))).toBe("PlatformNotSupportedException");
});

test("the sixth request of a second is throttled", async () => {
  for (let request = 0; request < 5; request += 1) await register();
  expect(await errorOf(register())).toBe("ThrottlingException");
});
