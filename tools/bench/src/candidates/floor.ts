import { createWireInput, targets, type WorkName } from "../work.ts";

// The least that a call can cost: the same bytes over the same transport, with as many hashes as a
// signature whose key is known, and nothing that checks, retries or explains.

export interface BareRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** SHA-256, in hexadecimal digits. */
export interface Hashing {
  hash(text: string): string;
  /** HMAC with a key that is known. */
  sign(text: string): string;
}

/** The hash of the body, the hash of the request, and the signature. */
export function createBareRequest(work: WorkName, { hash, sign }: Hashing): BareRequest {
  const body = JSON.stringify(createWireInput(work));
  const canonical = `POST\n/\n\nx-amz-target:${targets[work]}\n\nx-amz-target\n${hash(body)}`;
  const signature = sign(hash(canonical));
  return {
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": targets[work],
      "x-amz-date": "20260701T100000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260701/us-east-1/aws-marketplace/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${signature}`,
    },
    body,
  };
}

export const signingKey: Uint8Array = new Uint8Array(32).fill(7);
