import { createWireInput, targets, type WorkName } from "../work.ts";

// Without an import, so that it can be bundled for workerd, Deno and Bun, too.
const crypto = process.getBuiltinModule("node:crypto");

// The least that a call can cost: the same bytes over the same transport, with as many hashes as a
// signature whose key is known, and nothing that checks, retries or explains.

export interface BareRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** The hash of the body, the hash of the request, and the signature. */
export function createBareRequest(work: WorkName): BareRequest {
  const body = JSON.stringify(createWireInput(work));
  const canonical = `POST\n/\n\nx-amz-target:${targets[work]}\n\nx-amz-target\n${hash(body)}`;
  const signature = crypto.createHmac("sha256", signingKey).update(hash(canonical)).digest("hex");
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

function hash(text: string): string {
  return crypto.hash("sha256", text, "hex");
}

const signingKey = new Uint8Array(32).fill(7);
