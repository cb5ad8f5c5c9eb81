import { createHash, createHmac } from "node:crypto";
import type { SentRequest } from "./run-bundle.ts";

/**
 * Whether a request carries the signature of Signature Version 4 that belongs to it, computed here
 * anew. Only for requests without a query, to `/`, such as those of AWS JSON.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSigned(
  { method, url, headers, body }: SentRequest,
  secretAccessKey: string,
): boolean {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(?<scope>[^,]+), SignedHeaders=(?<names>[^,]+), Signature=(?<signature>.+)$/.exec(
      headers.authorization ?? "",
    );
  if (authorization?.groups === undefined) return false;
  const { scope = "", names = "", signature } = authorization.groups;
  const { host, pathname, search } = new URL(url);
  if (pathname !== "/" || search !== "") throw new Error(`${url}: not a URL of AWS JSON`);
  // `fetch` sets these two after the request is signed.
  const sent: SentRequest["headers"] = {
    ...headers,
    host,
    "content-length": String(Buffer.byteLength(body)),
  };
  const lines = names.split(";").map((name) => `${name}:${sent[name]}\n`);
  const canonical = [method, "/", "", lines.join(""), names, hash(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hash(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>((key, part) => sign(key, part), `AWS4${secretAccessKey}`);
  return sign(key, text).toString("hex") === signature;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sign(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
