import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { ConfigurationError } from "./errors.ts";

/** How long before their expiry credentials are asked for again: a request must still be on time when it arrives. */
const refreshWindow = 5 * 60 * 1000;

/**
 * Calls a provider once for all callers, and again shortly before what it gave expires. While new
 * credentials fail to come and the old ones still hold, the old ones are used.
 */
export function cacheCredentials(
  provider: AwsCredentialIdentityProvider,
): AwsCredentialIdentityProvider {
  let current: AwsCredentialIdentity | undefined;
  let pending: Promise<AwsCredentialIdentity> | undefined;

  const refresh = async (): Promise<AwsCredentialIdentity> => {
    try {
      current = await provider();
      return current;
    } catch (cause) {
      if (current !== undefined && !expiresWithin(current, 0)) return current;
      throw cause;
    } finally {
      pending = undefined;
    }
  };

  return async () => {
    if (current !== undefined && !expiresWithin(current, refreshWindow)) return current;
    pending ??= refresh();
    return pending;
  };
}

/** A provider whose failure is a `ConfigurationError`. */
export function namedProvider<Value>(
  option: string,
  provider: () => Promise<Value>,
): () => Promise<Value> {
  return async () => {
    try {
      return await provider();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConfigurationError(`${option}: none could be had: ${reason}`, { cause });
    }
  };
}

function expiresWithin({ expiration }: AwsCredentialIdentity, milliseconds: number): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < milliseconds;
}
