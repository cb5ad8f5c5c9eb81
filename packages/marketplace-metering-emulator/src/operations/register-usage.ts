import {
  CustomerNotEntitledException,
  InvalidRegionException,
  PlatformNotSupportedException,
  type RegisterUsageRequest,
  type RegisterUsageResult,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";
import type { Caller } from "../seed.ts";
import type { SigningKeys } from "../signing-keys.ts";
import { findProduct } from "./product.ts";

/** A container asks, when it starts, whether the buyer is subscribed, and gets a token that says so. */
export async function registerUsage(
  { ProductCode, PublicKeyVersion, Nonce }: RegisterUsageRequest,
  call: Call,
  keys: SigningKeys,
): Promise<RegisterUsageResult> {
  const { caller, directory, options, now } = call;
  checkPlatform(call);
  checkRegion(call);
  const product = findProduct(ProductCode, call);
  const key = await keys.find(product, PublicKeyVersion);
  if (!directory.findAgreement(ProductCode, caller.accountId, now)) {
    throw new CustomerNotEntitledException({
      message: `The account ${caller.accountId} is not subscribed to ${ProductCode}.`,
    });
  }
  const claims = {
    productCode: ProductCode,
    publicKeyVersion: PublicKeyVersion,
    ...(Nonce !== undefined && { nonce: Nonce }),
    iat: Math.floor(now.getTime() / 1000),
  };
  const named = options.claimNames === "camelCase" ? claims : toPascalCase(claims);
  const hasExpired = key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now.getTime();
  return {
    Signature: await key.sign(named),
    ...(hasExpired && { PublicKeyRotationTimestamp: new Date(key.expiresAt) }),
  };
}

function checkRegion({ caller, rules, region, now }: Call): void {
  if (!rules.holds("register-usage-region", "sameRegionAsCaller", now)) return;
  if (caller.region === region) return;
  throw new InvalidRegionException({
    message: `The container runs in ${caller.region}, and the endpoint is that of ${region}.`,
  });
}

const platforms: { readonly [source in Caller["credentials"] & string]?: "ecs" | "eks" } = {
  ecsTaskRole: "ecs",
  eksPodIdentity: "eks",
  eksServiceAccountRole: "eks",
  nodeRole: "eks",
};

function checkPlatform({ caller, rules, now }: Call): void {
  const platform = platforms[caller.credentials];
  if (platform === undefined || !rules.holds("register-usage-platform", platform, now)) {
    const where = platform ?? "neither Amazon ECS nor Amazon EKS";
    throw new PlatformNotSupportedException({ message: `The software runs on ${where}.` });
  }
  if (rules.find("register-usage-credentials", now) === undefined) return;
  if (rules.holds("register-usage-credentials", caller.credentials, now)) return;
  throw new PlatformNotSupportedException({
    message: `RegisterUsage does not take credentials of this kind: ${caller.credentials}.`,
  });
}

/** The name that a rule's page shows for a claim; `iat` is a standard one and stays. */
function toPascalCase({ iat, ...claims }: { readonly iat: number }): object {
  const entries = Object.entries(claims).map(([name, value]) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    value,
  ]);
  return { ...Object.fromEntries(entries), iat };
}
