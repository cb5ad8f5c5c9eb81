import type { AwsCredentialIdentity } from "@smithy/types";

/** How the mocks of a service behave. All of it may be left out. */
export interface MockOptions {
  /**
   * What an operation answers while the test has said nothing of it. `default`: an output that the
   * model allows, always the same. `error`: the error `UnmockedOperation`, which clients do not
   * retry, and whose message lists what was called until then. Default: `default`.
   */
  readonly onUnmocked?: "default" | "error" | undefined;
  /**
   * Whose requests are answered: one identity, several, or a function that finds the identity of an
   * access key. The signature of each request is verified then, as the service does, and a request
   * that is not signed right gets the service's own error. Default: no signature is looked at.
   */
  readonly credentials?:
    | AwsCredentialIdentity
    | readonly AwsCredentialIdentity[]
    | FindCredentials
    | undefined;
  /** The Region that the service is in: requests signed for another one are refused. Default: any will do. Only with `credentials`. */
  readonly region?: string | undefined;
  /**
   * The service's clock: it stands in the `date` of each answer, and a signature must be within 5
   * minutes of it. Default: the time of this machine.
   */
  readonly clock?: (() => Date) | undefined;
  /**
   * How many calls each operation keeps in `calls`: the latest ones. A server that runs for days
   * wants few. Default: all.
   */
  readonly keptCalls?: number | undefined;
}

/** Finds who an access key belongs to; nobody is `undefined`. */
export type FindCredentials = (
  accessKeyId: string,
) => AwsCredentialIdentity | undefined | Promise<AwsCredentialIdentity | undefined>;
