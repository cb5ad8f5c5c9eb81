import { expect, test } from "vitest";
import { createClaims, createSellerKeys, sign } from "./local-seller-keys.ts";
import { verifySignature } from "./signature.ts";

const keys = createSellerKeys();
const expected = {
  productCode: "example-product",
  publicKeyVersion: 3,
  nonce: "7d9f1c1e",
  publicKey: keys.publicKey,
};
const claims = createClaims({
  ProductCode: "example-product",
  PublicKeyVersion: 3,
  Nonce: "7d9f1c1e",
});

test("a signature with the right key and claims holds", async () => {
  const signature = await sign(claims, keys.privateKey);
  await expect(verifySignature(signature, expected)).resolves.toBeUndefined();
});

test("claims in PascalCase hold, too", async () => {
  const signature = await sign(
    { ProductCode: "example-product", PublicKeyVersion: 3, Nonce: "7d9f1c1e" },
    keys.privateKey,
  );
  await expect(verifySignature(signature, expected)).resolves.toBeUndefined();
});

test.each([
  ["productCode", { productCode: "other-product" }],
  ["publicKeyVersion", { publicKeyVersion: 2 }],
  ["publicKeyVersion", { publicKeyVersion: "3" }],
  ["nonce", { nonce: "of an earlier start" }],
  ["nonce", { nonce: undefined }],
])("a signature with another %s does not hold: %o", async (name, others) => {
  const signature = await sign({ ...claims, ...others }, keys.privateKey);
  await expect(verifySignature(signature, expected)).rejects.toThrow(`is for the ${name}`);
});

test("a claim in PascalCase does not outvote the one that is wrong", async () => {
  const both = { ...claims, productCode: "other-product", ProductCode: "example-product" };
  const signature = await sign(both, keys.privateKey);
  await expect(verifySignature(signature, expected)).rejects.toThrow("is for the productCode");
});

test("a signature with another key does not hold", async () => {
  const signature = await sign(claims, createSellerKeys().privateKey);
  await expect(verifySignature(signature, expected)).rejects.toThrow("does not hold");
});

test("a token without a signature does not hold", async () => {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const signature = `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
  await expect(verifySignature(signature, expected)).rejects.toThrow("does not hold");
});

test("a token that is signed with the public key as a shared secret does not hold", async () => {
  const secret = new TextEncoder().encode(keys.publicKeyPem);
  const signature = await sign(claims, secret, { alg: "HS256", typ: "JWT" });
  await expect(verifySignature(signature, expected)).rejects.toThrow("does not hold");
});

test.each(["RS256", "PS384", "PS512"])("the right key with %s does not hold", async (alg) => {
  const signature = await sign(claims, keys.privateKey, { alg, typ: "JWT" });
  await expect(verifySignature(signature, expected)).rejects.toThrow("does not hold");
});

test("claims that were changed after signing do not hold", async () => {
  const [header, , seal] = (await sign(claims, keys.privateKey)).split(".");
  const changed = Buffer.from(JSON.stringify({ ...claims, productCode: "x" })).toString(
    "base64url",
  );
  const signature = `${header}.${changed}.${seal}`;
  await expect(verifySignature(signature, expected)).rejects.toThrow("does not hold");
});

test("a text that is no token does not hold", async () => {
  await expect(verifySignature("signature", expected)).rejects.toThrow("does not hold");
});
