import type { KeyObject } from "node:crypto";
import {
  isRegisterUsageError,
  isResponseError,
  isTransportError,
  type MarketplaceMeteringClient,
} from "@pawprint/marketplace-metering-node";
import { RegistrationError } from "./registration-error.ts";
import { verifySignature } from "./signature.ts";

/** What is built into the image: all three come from the product's page in the Marketplace portal. */
export interface Product {
  readonly productCode: string;
  /** The version that the portal shows beside the key. */
  readonly publicKeyVersion: number;
  readonly publicKey: KeyObject;
}

export interface RegistrationOptions {
  readonly metering: Pick<MarketplaceMeteringClient, "registerUsage">;
  readonly product: Product;
  /** How long to go on while the service is busy or cannot be reached, in milliseconds. */
  readonly patience: number;
  /** How long an image may run after its key was replaced, in milliseconds. */
  readonly keyGracePeriod: number;
  readonly warn: (message: string) => void;
}

/**
 * Registers the container, once, and returns only where AWS Marketplace itself has said that the
 * buyer is entitled. Throws a `RegistrationError` in every other case.
 */
export async function register(options: RegistrationOptions): Promise<void> {
  const { product, keyGracePeriod, warn } = options;
  const { productCode, publicKeyVersion, publicKey } = product;
  // A value of this start alone: an answer that was recorded earlier does not have it.
  const nonce = crypto.randomUUID();
  const { Signature, PublicKeyRotationTimestamp: rotated } = await registerPatiently(
    options,
    nonce,
  );
  if (Signature === undefined) throw new RegistrationError("the answer has no signature");
  await verifySignature(Signature, { productCode, publicKeyVersion, nonce, publicKey });
  if (rotated === undefined) return;
  // A key is replaced when someone else may have it, so an old one cannot be trusted for ever. But
  // buyers need time to pull the image with the new one.
  const message = `the public key was replaced on ${rotated.toISOString()}: pull a newer image`;
  if (Date.now() - rotated.getTime() > keyGracePeriod) throw new RegistrationError(message);
  warn(message);
}

type Registration = Awaited<ReturnType<MarketplaceMeteringClient["registerUsage"]>>;

async function registerPatiently(
  { metering, product, patience, warn }: RegistrationOptions,
  nonce: string,
): Promise<Registration> {
  const { productCode: ProductCode, publicKeyVersion: PublicKeyVersion } = product;
  const deadline = Date.now() + patience;
  for (let round = 1; ; round += 1) {
    try {
      return await metering.registerUsage(
        { ProductCode, PublicKeyVersion, Nonce: nonce },
        { callTimeout: Math.max(1, deadline - Date.now()) },
      );
    } catch (error) {
      const { name, message } = error as Error;
      const delay = Math.random() * Math.min(30_000, 1_000 * 2 ** round);
      if (!isPassing(error) || Date.now() + delay >= deadline) {
        throw new RegistrationError(`${name}: ${message}`, { cause: error });
      }
      // Many tasks that start at once share a quota of 5 requests a second.
      warn(`${name}: ${message}; trying again in ${Math.round(delay)} ms`);
      await new Promise((resolve) => {
        setTimeout(resolve, delay);
      });
    }
  }
}

/** Whether the service may get over it. Not entitled, not on ECS or EKS, not allowed: never. */
function isPassing(error: unknown): boolean {
  if (isTransportError(error) || isResponseError(error)) return true;
  return (
    isRegisterUsageError(error) &&
    (error.name === "ThrottlingException" || error.name === "InternalServiceErrorException")
  );
}
