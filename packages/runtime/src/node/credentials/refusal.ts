import type { AwsCredentialIdentity } from "@smithy/types";
import type { ServiceError } from "../../errors.ts";

/** Where credentials come from, as far as a service may mind. */
export type CredentialSource = "long-term-keys" | "node-role" | "pod-identity";

/** Credentials that operations refuse, from the overlay of their model. */
export interface CredentialRefusal {
  readonly operations: readonly string[];
  /** The errors that such a refusal comes as, by their names on the wire. */
  readonly errors: readonly string[];
  readonly sources: readonly CredentialSource[];
  /** What to do instead. */
  readonly advice: string;
}

const sourceNames: { readonly [source in CredentialSource]: string } = {
  "long-term-keys": "long-term keys",
  "node-role": "the role of the node, from its instance metadata",
  "pod-identity": "EKS Pod Identity",
};

/** Adds to the message of an error where the credentials came from, if the operation is known to refuse such. */
export function createRefusalExplanation(
  refusals: readonly CredentialRefusal[],
): (operation: string, error: ServiceError, identity: AwsCredentialIdentity) => void {
  return (operation, error, identity) => {
    const source = selectSource(identity, process.env);
    const refusal = refusals.find(
      ({ operations, errors, sources }) =>
        operations.includes(operation) &&
        errors.includes(error.name) &&
        source !== undefined &&
        sources.includes(source),
    );
    if (refusal === undefined || source === undefined) return;
    const origin = `The request was signed with credentials of ${sourceNames[source]}, which ${operation} refuses.`;
    addToMessage(error, `${origin} ${refusal.advice}`);
  };
}

function selectSource(
  identity: AwsCredentialIdentity & { readonly $source?: object },
  variables: { readonly [name: string]: string | undefined },
): CredentialSource | undefined {
  const { sessionToken, $source = {} } = identity;
  if (!sessionToken) return "long-term-keys";
  if ("CREDENTIALS_IMDS" in $source) return isInCluster(variables) ? "node-role" : undefined;
  if ("CREDENTIALS_HTTP" in $source && isPodIdentity(variables)) return "pod-identity";
  return undefined;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
function isPodIdentity(variables: { readonly [name: string]: string | undefined }): boolean {
  const {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url = "",
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file = "",
  } = variables;
  if (path) return false;
  return (
    /^http:\/\/(?:169\.254\.170\.23|\[fd00:ec2::23\])\//.test(url) ||
    file.includes("eks-pod-identity")
  );
}

function isInCluster(variables: { readonly [name: string]: string | undefined }): boolean {
  return Boolean(
    variables.KUBERNETES_SERVICE_HOST ||
      variables.ECS_CONTAINER_METADATA_URI_V4 ||
      variables.ECS_CONTAINER_METADATA_URI,
  );
}

function addToMessage(error: ServiceError, text: string): void {
  const { message, stack } = error;
  const longer = message === "" ? text : `${message}\n${text}`;
  error.message = longer;
  // V8 has put the message into the stack when the error was made, and logs print the stack.
  if (stack && message !== "") error.stack = stack.replace(message, () => longer);
}
