import type { AwsCredentialIdentity } from "@smithy/types";
import { Sha256 } from "../edge/sha256.ts";
import type { HttpRequest } from "../http-handler.ts";
import { createSigner } from "../signing/smithy-signature-v4.ts";
import type { FindCredentials, MockOptions } from "./mock-options.ts";
import { RequestProblem } from "./request-problem.ts";

/** A request with its body as it arrived. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface SignatureRules {
  readonly find: FindCredentials;
  /** The service's name in a signature. */
  readonly service: string;
  /** Absent where any Region will do. */
  readonly region: string | undefined;
  readonly now: Date;
}

/** Who may sign, as one function. Absent where signatures are not looked at. */
export function readCredentials({ credentials }: MockOptions): FindCredentials | undefined {
  if (credentials === undefined || typeof credentials === "function") return credentials;
  const known = [credentials].flat() as readonly AwsCredentialIdentity[];
  return (accessKeyId) => known.find((identity) => identity.accessKeyId === accessKeyId);
}

/**
 * Throws a `RequestProblem` where a request is not signed by someone known, for this service, now.
 * The signature is made anew of what arrived, by the code that signs for clients, and compared. The
 * errors and their texts are those of AWS's JSON services; none shows what would have been right.
 */
export async function verifySignature(
  request: SignedRequest,
  { find, service, region, now }: SignatureRules,
): Promise<void> {
  const { headers } = request;
  const authorization = headers.get("authorization");
  if (authorization === null) {
    throw new RequestProblem("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const { credential, signedHeaders, signature } = readAuthorization(authorization, headers);
  const scope = readCredential(credential);
  const amzDate = headers.get("x-amz-date") ?? "";
  const signingDate = readDate(amzDate);

  checkSignedHeaders(headers, signedHeaders);
  checkScope(scope, { amzDate, region, service });
  checkTime(signingDate, now);
  const identity = await findIdentity(scope.accessKeyId, headers, { find, now });

  const signer = createSigner({
    service: scope.service,
    region: scope.region,
    // The token, where there is one, is among the headers that came.
    credentials: {
      accessKeyId: identity.accessKeyId,
      secretAccessKey: identity.secretAccessKey,
    },
    sha256: Sha256,
  });
  const signed = await signer.sign(toHttpRequest(request), {
    signingDate,
    signableHeaders: new Set(signedHeaders),
    unsignableHeaders: new Set([...headers.keys()].filter((name) => !signedHeaders.includes(name))),
  });
  const expected = readParameters(signed.headers.authorization ?? "");
  // A header that was signed and did not arrive is in one list alone.
  const hasAllHeaders = signedHeaders.join(";") === expected.get("SignedHeaders");
  const isSame = signature === expected.get("Signature");
  if (!hasAllHeaders || !isSame || !(await hasOwnChecksum(request))) {
    throw new RequestProblem(
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  }
}

interface Authorization {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function readAuthorization(authorization: string, headers: Headers): Authorization {
  const parameters = readParameters(authorization);
  const credential = parameters.get("Credential") ?? "";
  const signature = parameters.get("Signature") ?? "";
  const signedHeaders = parameters.get("SignedHeaders") ?? "";
  const problems = [
    credential === "" && "Authorization header requires 'Credential' parameter.",
    signature === "" && "Authorization header requires 'Signature' parameter.",
    signedHeaders === "" && "Authorization header requires 'SignedHeaders' parameter.",
    !headers.has("x-amz-date") &&
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ].filter((text) => text !== false);
  if (problems.length > 0)
    throw new RequestProblem("IncompleteSignatureException", problems.join(" "));
  const [used = ""] = authorization.split(" ", 1);
  if (used !== algorithm) {
    const text = `Unsupported AWS 'algorithm': '${used}'.`;
    throw new RequestProblem("IncompleteSignatureException", text);
  }
  return { credential, signature, signedHeaders: signedHeaders.toLowerCase().split(";") };
}

const algorithm = "AWS4-HMAC-SHA256";

/** The parameters of an authorization header, which stand apart by commas, spaces or both. */
function readParameters(authorization: string): ReadonlyMap<string, string> {
  return new Map(
    authorization
      .split(/[\s,]+/)
      .slice(1)
      .map((part) => {
        const [name = "", ...value] = part.split("=");
        return [name, value.join("=")] as const;
      }),
  );
}

interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

function readCredential(credential: string): CredentialScope {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split("/");
  if (!accessKeyId || !date || !region || !service || !terminator || rest.length > 0) {
    throw new RequestProblem(
      "IncompleteSignatureException",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, date, region, service, terminator };
}

function readDate(amzDate: string): Date {
  const iso = amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const date = new Date(iso === amzDate ? Number.NaN : iso);
  if (!Number.isNaN(date.getTime())) return date;
  throw new RequestProblem(
    "IncompleteSignatureException",
    `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}

function checkSignedHeaders(headers: Headers, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes("host")) throw unsigned("'Host' or ':authority'");
  const name = [...headers.keys()].find(
    (header) => header.startsWith("x-amz-") && !signedHeaders.includes(header),
  );
  if (name !== undefined) throw unsigned(`'${name}'`);
}

function unsigned(names: string): RequestProblem {
  return new RequestProblem(
    "InvalidSignatureException",
    `${names} must be a 'SignedHeader' in the AWS Authorization.`,
  );
}

function checkScope(
  scope: CredentialScope,
  expected: {
    readonly amzDate: string;
    readonly region: string | undefined;
    readonly service: string;
  },
): void {
  const day = expected.amzDate.slice(0, 8);
  const problems = [
    scope.date !== day &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${expected.amzDate}'.`,
    expected.region !== undefined &&
      scope.region !== expected.region &&
      `Credential should be scoped to a valid region, not '${scope.region}'.`,
    scope.service !== expected.service &&
      `Credential should be scoped to correct service: '${expected.service}'.`,
    scope.terminator !== "aws4_request" &&
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`,
  ].filter((text) => text !== false);
  if (problems.length > 0) {
    throw new RequestProblem("InvalidSignatureException", problems.join(" "));
  }
}

const tolerance = 300_000;

function checkTime(signed: Date, now: Date): void {
  const [time, current] = [signed.getTime(), now.getTime()];
  const earliest = new Date(current - tolerance);
  const latest = new Date(current + tolerance);
  if (signed < earliest) {
    throw new RequestProblem(
      "InvalidSignatureException",
      `Signature expired: ${formatDate(time)} is now earlier than ${formatDate(earliest)} (${formatDate(current)} - 5 min.)`,
    );
  }
  if (signed > latest) {
    throw new RequestProblem(
      "InvalidSignatureException",
      `Signature not yet current: ${formatDate(time)} is still later than ${formatDate(latest)} (${formatDate(current)} + 5 min.)`,
    );
  }
}

function formatDate(date: Date | number): string {
  return new Date(date).toISOString().replace(/[-:]|\.\d+/g, "");
}

async function findIdentity(
  accessKeyId: string,
  headers: Headers,
  { find, now }: Pick<SignatureRules, "find" | "now">,
): Promise<AwsCredentialIdentity> {
  const identity = await find(accessKeyId);
  const token = headers.get("x-amz-security-token") ?? "";
  if (identity === undefined || (identity.sessionToken ?? "") !== token) {
    throw new RequestProblem(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  if (identity.expiration !== undefined && identity.expiration <= now) {
    throw new RequestProblem(
      "ExpiredTokenException",
      "The security token included in the request is expired",
    );
  }
  return identity;
}

function toHttpRequest({ method, url, headers, body }: SignedRequest): HttpRequest {
  const { protocol, hostname, host, pathname, searchParams } = new URL(url);
  const names = [...new Set(searchParams.keys())];
  return {
    protocol,
    hostname,
    method,
    path: pathname,
    query: Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])),
    // A browser keeps the host to itself.
    headers: { host, ...Object.fromEntries(headers) },
    body,
  };
}

/** A checksum that a client sends stands in for the body in what is signed, so it must be the body's. */
async function hasOwnChecksum({ headers, body }: SignedRequest): Promise<boolean> {
  const given = headers.get("x-amz-content-sha256");
  if (given === null) return true;
  const hash = new Sha256();
  hash.update(body);
  const bytes = await hash.digest();
  return given === Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
