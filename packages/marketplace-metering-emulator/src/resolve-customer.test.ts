import { expect, test } from "vitest";
import { acme, license, openMarket } from "./example.test-market.ts";

const market = openMarket();

async function resolve(token: string, accessKeyId = "SELLER"): Promise<object> {
  const { $metadata, ...result } = await market
    .client(accessKeyId)
    .resolveCustomer({ RegistrationToken: token });
  return result;
}

test("a token of an older product gives account and identifier", async () => {
  expect(await resolve("token-older")).toEqual({
    ProductCode: "older",
    CustomerAWSAccountId: acme,
    CustomerIdentifier: "acme",
  });
});

test("a token of a newer product gives account and licence, and no identifier", async () => {
  expect(await resolve("token-newer")).toEqual({
    ProductCode: "newer",
    CustomerAWSAccountId: acme,
    LicenseArn: license,
  });
});

test("a token can be resolved again within 4 hours, and not after", async () => {
  market.clock.set("2026-07-15T12:00:00Z");
  await expect(resolve("token-older")).resolves.toHaveProperty("ProductCode", "older");
  market.clock.advance(1);
  await expect(resolve("token-older")).rejects.toMatchObject({ name: "ExpiredTokenException" });
});

test("a token that there is not is invalid", async () => {
  await expect(resolve("forged")).rejects.toMatchObject({ name: "InvalidTokenException" });
});

test("only the account that published the product resolves a token", async () => {
  await expect(resolve("token-older", "OTHERSELLER")).rejects.toMatchObject({
    name: "InvalidTokenException",
  });
});
