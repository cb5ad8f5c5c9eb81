import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Provider } from "@smithy/types";
import { createServiceTransport } from "../create-transport.ts";
import type { Service } from "../operation.ts";
import { edgeChecks, type TransportOptions } from "../options.ts";
import type { Transport } from "../transport.ts";
import { FetchHttpHandler, type FetchHttpHandlerOptions } from "./fetch-http-handler.ts";
import { Sha256 } from "./sha256.ts";

/** The options of a transport on the edge. There is no environment to take Region and credentials from. */
export interface EdgeTransportOptions extends TransportOptions {
  readonly region: string | Provider<string>;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Sends the requests. Default: the global `fetch`, looked up at each call. Ignored beside `requestHandler`. */
  readonly fetch?: FetchHttpHandlerOptions["fetch"];
}

/** The options for a service that can be called without a signature: credentials may be missing. */
export interface AnonymousEdgeTransportOptions
  extends Omit<EdgeTransportOptions, "credentials">,
    Pick<TransportOptions, "credentials"> {}

/** Makes the transport of one service on anything that has `fetch`. */
export function createEdgeTransport(
  service: Service,
  options: AnonymousEdgeTransportOptions,
): Transport {
  const platform = {
    userAgent: "lang/js md/edge",
    userAgentHeader: "x-amz-user-agent" as const,
    options: edgeChecks,
    sha256: Sha256,
    createHttpHandler: () => new FetchHttpHandler({ fetch: options.fetch }),
  };
  return createServiceTransport(service, platform, options);
}
