import {
  createScope,
  getCanonicalHeaders,
  getPayloadHash,
  prepareRequest,
  SignatureV4Base,
} from "@smithy/signature-v4";
import type {
  AwsCredentialIdentity,
  ChecksumConstructor,
  HttpRequest,
  Provider,
  RequestSigner,
  RequestSigningArguments,
} from "@smithy/types";
import { toHex } from "./hex-encoding.ts";

export interface SignerOptions {
  /** The service's name in a signature, such as `aws-marketplace`. */
  readonly service: string;
  readonly region: string | Provider<string>;
  /** Who signs. A function is called for each signature, so it keeps what it can keep itself. */
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  readonly sha256: ChecksumConstructor;
  /**
   * Whether the path is escaped once more in what is signed. Default: true, which holds for every
   * service but S3; an endpoint rule's `disableDoubleEncoding` says otherwise.
   */
  readonly uriEscapePath?: boolean | undefined;
}

/** Makes what signs requests with Signature Version 4, in the `authorization` header. */
export function createSigner(options: SignerOptions): RequestSigner {
  return new SignatureV4(options);
}

/**
 * Signs requests with the parts of `@smithy/signature-v4`. Its own class of this name would bring
 * presigned URLs and event streams into every bundle (2.2 kB gzip), and hash the credentials for
 * every signature to find their key in a cache.
 */
class SignatureV4 extends SignatureV4Base implements RequestSigner {
  #lastKey: SigningKey | undefined;

  constructor({ uriEscapePath = true, ...options }: SignerOptions) {
    // Only S3 and Glacier want the checksum of the body in a header of its own.
    super({ ...options, uriEscapePath, applyChecksum: false });
  }

  async sign(original: HttpRequest, options: RequestSigningArguments = {}): Promise<HttpRequest> {
    const { signingDate = new Date(), signableHeaders, unsignableHeaders } = options;
    const credentials = await this.credentialProvider();
    this.validateResolvedCredentials(credentials);
    const region = options.signingRegion ?? (await this.regionProvider());
    const { longDate, shortDate } = this.formatDate(signingDate);
    const scope = createScope(shortDate, region, options.signingService ?? this.service);

    const request = prepareRequest(original);
    request.headers["x-amz-date"] = longDate;
    if (credentials.sessionToken) {
      request.headers["x-amz-security-token"] = credentials.sessionToken;
    }
    const headers = getCanonicalHeaders(request, unsignableHeaders, signableHeaders);
    const payloadHash = await getPayloadHash(request, this.sha256);
    const canonicalRequest = this.createCanonicalRequest(request, headers, payloadHash);
    const stringToSign = await this.createStringToSign(
      longDate,
      scope,
      canonicalRequest,
      algorithm,
    );
    const key = await this.#selectKey(credentials.secretAccessKey, scope);
    const signature = toHex(await this.#authenticate(stringToSign, key));
    request.headers.authorization =
      `${algorithm} Credential=${credentials.accessKeyId}/${scope}, ` +
      `SignedHeaders=${this.getCanonicalHeaderList(headers)}, Signature=${signature}`;
    return request;
  }

  /** A key holds for a secret, day, region and service. The last one is kept. */
  async #selectKey(secret: string, scope: string): Promise<Uint8Array> {
    if (this.#lastKey?.secret === secret && this.#lastKey.scope === scope) return this.#lastKey.key;
    let key: string | Uint8Array = `AWS4${secret}`;
    for (const part of scope.split("/")) key = await this.#authenticate(part, key);
    this.#lastKey = { secret, scope, key: key as Uint8Array };
    return this.#lastKey.key;
  }

  #authenticate(text: string, key: string | Uint8Array): Promise<Uint8Array> {
    const hash = new this.sha256(key);
    hash.update(new TextEncoder().encode(text));
    return hash.digest();
  }
}

interface SigningKey {
  readonly secret: string;
  readonly scope: string;
  readonly key: Uint8Array;
}

const algorithm = "AWS4-HMAC-SHA256";
