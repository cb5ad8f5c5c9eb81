import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { ConfigurationError } from "./errors.ts";
import { isCredentialIdentity } from "./options.ts";
import { readMessage } from "./thrown.ts";

/** How many milliseconds before their expiry credentials are asked for again: a request must still be on time when it arrives. */
const refreshWindow = 300_000;

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
      current = checkIdentity(await provider());
      return current;
    } catch (cause) {
      if (current !== undefined && !expiresWithin(current, 0)) return current;
      throw cause;
    }
  };

  return async () => {
    if (current !== undefined && !expiresWithin(current, refreshWindow)) return current;
    pending ??= refresh().finally(() => {
      pending = undefined;
    });
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
      throw new ConfigurationError(`${option}: none could be had: ${readMessage(cause)}`, {
        cause,
      });
    }
  };
}

function checkIdentity(given: AwsCredentialIdentity): AwsCredentialIdentity {
  if (!isCredentialIdentity(given)) {
    throw new TypeError("the provider gave no object with accessKeyId and secretAccessKey");
  }
  const { expiration } = given;
  if (expiration === undefined || Number.isFinite(expiration?.getTime?.())) return given;
  throw new TypeError("the provider gave an expiration that is no valid Date");
}

function expiresWithin({ expiration }: AwsCredentialIdentity, milliseconds: number): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < milliseconds;
}
