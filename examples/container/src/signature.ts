import type { KeyObject } from "node:crypto";
import { errors, type JWTPayload, jwtVerify } from "jose";
import { RegistrationError } from "./registration-error.ts";

export interface ExpectedSignature {
  readonly productCode: string;
  readonly publicKeyVersion: number;
  readonly nonce: string;
  readonly publicKey: KeyObject;
}

/**
 * Returns where the signature was made by AWS Marketplace, for this product, with this version of
 * the key, in answer to this very request. Throws a `RegistrationError` in every other case.
 */
export async function verifySignature(
  signature: string,
  { publicKey, ...expected }: ExpectedSignature,
): Promise<void> {
  const claims = await readClaims(signature, publicKey);
  for (const [name, value] of Object.entries(expected)) {
    const found = claims[name] ?? claims[toPascalCase(name)];
    if (found === value) continue;
    throw new RegistrationError(
      `the signature is for the ${name} ${JSON.stringify(found)}, not ${JSON.stringify(value)}`,
    );
  }
}

async function readClaims(signature: string, publicKey: KeyObject): Promise<JWTPayload> {
  try {
    // The one algorithm that AWS Marketplace uses. Without this, a token chooses its own: `none`, or
    // HS256 with the public key as the secret.
    const { payload } = await jwtVerify(signature, publicKey, { algorithms: ["PS256"] });
    return payload;
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError)) throw cause;
    throw new RegistrationError(`the signature does not hold: ${cause.message}`, { cause });
  }
}

/** One page of the documentation writes the claims like this. */
function toPascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
