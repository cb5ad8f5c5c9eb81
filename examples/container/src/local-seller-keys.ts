import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { RegisterUsageRequest } from "@pawprint/marketplace-metering-node";
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";

/** A key pair as AWS Marketplace keeps one for each product, for tests and trials. */
export interface SellerKeys {
  readonly publicKey: KeyObject;
  /** As the portal shows it. */
  readonly publicKeyPem: string;
  readonly privateKey: KeyObject;
}

export function createSellerKeys(): SellerKeys {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { publicKey: createPublicKey(publicKeyPem), publicKeyPem, privateKey };
}

/** The claims with which AWS Marketplace answers a request. */
export function createClaims({
  ProductCode,
  PublicKeyVersion,
  Nonce,
}: RegisterUsageRequest): JWTPayload {
  return {
    productCode: ProductCode,
    publicKeyVersion: PublicKeyVersion,
    ...(Nonce !== undefined && { nonce: Nonce }),
    iat: Math.floor(Date.now() / 1000),
  };
}

/** Signs as AWS Marketplace does, or not quite. */
export function sign(
  claims: JWTPayload,
  key: KeyObject | Uint8Array,
  header: JWTHeaderParameters = { alg: "PS256", typ: "JWT" },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}
