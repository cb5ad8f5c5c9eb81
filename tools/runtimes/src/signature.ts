import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

/** The secret of the scenario's clients. */
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };

/**
 * Signs a request once more, with the whole of `@smithy/signature-v4`, and says what differs;
 * nothing where the signature is right.
 */
export async function findSignatureProblem(request: Request): Promise<string | undefined> {
  const found = request.headers.get("authorization") ?? "";
  const pattern = /Credential=\w+\/\d+\/([\w-]+)\/([\w-]+)\/aws4_request, SignedHeaders=([\w;-]+),/;
  const [, region = "", service = "", signed = ""] = pattern.exec(found) ?? [];
  if (signed === "") return `signature: none was sent, but ${JSON.stringify(found)}`;
  const { hostname, port, protocol, pathname, searchParams } = new URL(request.url);
  const headers = signed
    .split(";")
    .filter((name) => !name.startsWith("x-amz-date"))
    .map((name) => [name, request.headers.get(name) ?? ""] as const);
  const signer = new SignatureV4({
    credentials,
    region,
    service,
    sha256: Sha256,
    applyChecksum: signed.includes("x-amz-content-sha256"),
  });
  const again = await signer.sign(
    {
      method: request.method,
      protocol,
      hostname,
      port: Number(port),
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(headers),
      body: new Uint8Array(await request.arrayBuffer()),
    },
    { signingDate: readDate(request.headers.get("x-amz-date") ?? "") },
  );
  const expected = again.headers.authorization;
  return expected === found ? undefined : `signature: expected ${expected}, found ${found}`;
}

/** `20260701T100000Z`. */
function readDate(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

class Sha256 {
  private readonly hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", toBytes(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error("nobody asks for this");
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
