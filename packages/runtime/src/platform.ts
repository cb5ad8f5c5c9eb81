import type { AwsCredentialIdentityProvider, ChecksumConstructor } from "@smithy/types";
import type { PawprintError } from "./errors.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { OptionChecks } from "./options.ts";

/** What differs between Node and the edge. Everything else of a transport is the same code. */
export interface Platform {
  /** What the platform calls itself in the user agent, such as `lang/js md/nodejs#24.21.0`. */
  readonly userAgent: string;
  /** The header that carries the user agent: a browser sets `user-agent` itself. */
  readonly userAgentHeader: "user-agent" | "x-amz-user-agent";
  /** The options that only this platform's transports have. */
  readonly options: OptionChecks;
  readonly sha256: ChecksumConstructor;
  readonly createHttpHandler: () => HttpHandler;
  /** Where the region comes from when no option names it. Absent where the platform has no such place. */
  readonly defaultRegion?: () => Promise<string>;
  /** Where credentials come from when no option gives them. Absent where the platform has no such place. */
  readonly defaultCredentials?: AwsCredentialIdentityProvider;
  /** Adds to the message of an error of the service what the platform knows of its reason. */
  readonly explainError?: (
    operation: string,
    error: PawprintError,
    credentials: AwsCredentialIdentityProvider,
  ) => Promise<void>;
  /** Headers that the platform's surroundings ask for, such as Lambda's trace id. */
  readonly requestHeaders?: () => { readonly [name: string]: string };
}
