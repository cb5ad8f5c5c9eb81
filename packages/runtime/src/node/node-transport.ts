import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { createServiceTransport } from "../create-transport.ts";
import { isServiceError, type ServiceError } from "../errors.ts";
import type { Service } from "../operation.ts";
import { nodeChecks, type TransportOptions } from "../options.ts";
import type { Platform } from "../platform.ts";
import type { Transport } from "../transport.ts";
import { NodeHttpHandler } from "./node-http-handler.ts";
import { Sha256 } from "./sha256.ts";

/** The options of a transport on Node. */
export interface NodeTransportOptions extends TransportOptions {
  /** Milliseconds until a new connection must stand, TLS included. Default: 5,000; 0: no limit. Ignored beside `requestHandler`. */
  readonly connectionTimeout?: number | undefined;
}

/** Where a region and credentials come from that nobody gave. Loaded on first need: it is large. */
export interface NodeDefaults {
  readonly defaultRegion: () => Promise<string>;
  readonly defaultCredentials: AwsCredentialIdentityProvider;
}

/** What a service's overlay knows of credentials that its operations refuse. Loaded with the first error. */
export interface NodeRefusals {
  readonly explainRefusal: (
    operation: string,
    error: ServiceError,
    identity: AwsCredentialIdentity,
  ) => void;
}

/** Makes the transport of one service on Node. */
export function createNodeTransport(
  service: Service,
  options: NodeTransportOptions,
  loadDefaults: () => Promise<NodeDefaults>,
  loadRefusals?: () => Promise<NodeRefusals>,
): Transport {
  const platform = {
    userAgent: `lang/js md/nodejs#${process.versions.node}`,
    userAgentHeader: "user-agent" as const,
    options: nodeChecks,
    sha256: Sha256,
    createHttpHandler: () => new NodeHttpHandler({ connectionTimeout: options.connectionTimeout }),
    defaultRegion: async () =>
      process.env.AWS_REGION || (await (await loadDefaults()).defaultRegion()),
    defaultCredentials: async () =>
      readEnvironmentCredentials() ?? (await (await loadDefaults()).defaultCredentials()),
    // To read a variable of the environment takes a microsecond, and this one stays as it is.
    ...(process.env.AWS_LAMBDA_FUNCTION_NAME && { requestHeaders: readTraceHeader }),
    ...(loadRefusals && { explainError: createExplanation(loadRefusals) }),
  };
  return createServiceTransport(service, platform, options);
}

function createExplanation(
  loadRefusals: () => Promise<NodeRefusals>,
): NonNullable<Platform["explainError"]> {
  return async (operation, error, credentials) => {
    if (!isServiceError(error) || error.$fault !== "client") return;
    try {
      const { explainRefusal } = await loadRefusals();
      explainRefusal(operation, error, await credentials());
    } catch {
      // The error of the service is what counts.
    }
  };
}

/**
 * The first link of the credential chain, without loading the chain: on Lambda it is all there is.
 * A profile that is named goes first, so then the chain decides.
 */
function readEnvironmentCredentials(): AwsCredentialIdentity | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_EXPIRATION: expiration,
    AWS_ACCOUNT_ID: accountId,
    AWS_PROFILE: profile,
  } = process.env;
  if (!accessKeyId || !secretAccessKey || profile) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration: new Date(expiration) }),
    ...(accountId && { accountId }),
  };
}

/** Lambda sets it anew for each invocation. @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
function readTraceHeader(): { readonly [name: string]: string } {
  const traceId = process.env._X_AMZN_TRACE_ID;
  return traceId ? { "x-amzn-trace-id": traceId } : {};
}
