import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Logger } from "@smithy/types";
import { describeLookup, describeRegionLookup } from "./lookup-report.ts";

/**
 * AWS's chain, whose failure says which of its links were tried and why each had nothing. The chain
 * itself says so only to a logger.
 */
export function explainCredentials(
  createChain: (options: { readonly logger: Logger }) => AwsCredentialIdentityProvider,
): AwsCredentialIdentityProvider {
  const log: string[] = [];
  const record = (...texts: readonly unknown[]): void => void log.push(texts.join(" "));
  const ignore = (): void => {};
  const warn = (...texts: unknown[]): void => console.warn(...texts);
  const chain = createChain({
    logger: { trace: ignore, debug: record, info: ignore, warn, error: ignore },
  });
  return async () => {
    log.length = 0;
    try {
      return withSource(await chain());
    } catch (cause) {
      throw new Error(describeLookup(log, cause), { cause });
    } finally {
      log.length = 0;
    }
  };
}

/** A provider of the Region whose failure says where it looked. */
export function explainRegion(provider: () => Promise<string>): () => Promise<string> {
  return async () => {
    try {
      return await provider();
    } catch (cause) {
      throw new Error(describeRegionLookup(cause), { cause });
    }
  };
}

/** Of all links of the chain, instance metadata alone does not note where credentials come from. */
function withSource(identity: AwsCredentialIdentity): AwsCredentialIdentity {
  return "$source" in identity
    ? identity
    : Object.assign({}, identity, { $source: { CREDENTIALS_IMDS: "0" } });
}
