import { createHash, createHmac, hash as nodeHash, randomBytes } from "node:crypto";
import type { ChecksumConstructor, SourceData } from "@smithy/types";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Sha256 as EdgeSha256 } from "./edge/sha256.ts";
import { Sha256 as NodeSha256 } from "./node/sha256.ts";

const WebSha256 = await loadWith(() => undefined);

describe.each<{ name: string; Sha256: ChecksumConstructor }>([
  { name: "Sha256 of Node", Sha256: NodeSha256 },
  { name: "Sha256 of the edge", Sha256: EdgeSha256 },
  { name: "Sha256 of the edge without modules of Node", Sha256: WebSha256 },
])("$name", ({ Sha256 }) => {
  // FIPS 180-4, the examples of NIST.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("hashes the text of known vector %#", async (text, expected) => {
    expect(await hash(new Sha256(), text)).toBe(expected);
  });

  // RFC 4231, test cases 1, 2, 3, 4, 6 and 7: the last two have keys longer than a block.
  it.each([
    [
      bytes(20, 0x0b),
      "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ],
    [
      "Jefe",
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      bytes(20, 0xaa),
      bytes(50, 0xdd),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    ],
    [
      Uint8Array.from({ length: 25 }, (_, index) => index + 1),
      bytes(50, 0xcd),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ],
    [
      bytes(131, 0xaa),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
    [
      bytes(131, 0xaa),
      "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ],
  ])("authenticates the text of known vector %#", async (secret, data, expected) => {
    expect(await hash(new Sha256(secret), data)).toBe(expected);
  });

  it("agrees with node:crypto on random data and secrets of every length around a block", async () => {
    for (let length = 0; length <= 200; length += 1) {
      const data = randomBytes(length * 7);
      const secret = randomBytes(length);
      expect(await hash(new Sha256(), data)).toBe(createHash("sha256").update(data).digest("hex"));
      expect(await hash(new Sha256(secret), data)).toBe(
        createHmac("sha256", secret).update(data).digest("hex"),
      );
    }
  });

  it("takes text as UTF-8", async () => {
    expect(await hash(new Sha256("schlüssel"), "grün 🐾")).toBe(
      createHmac("sha256", "schlüssel").update("grün 🐾").digest("hex"),
    );
  });

  it("takes the bytes of buffers and views, and only those of the view", async () => {
    const { buffer } = Uint8Array.of(1, 2, 3, 4);
    const expected = (...values: number[]) =>
      createHash("sha256").update(Uint8Array.from(values)).digest("hex");
    expect(await hash(new Sha256(), buffer)).toBe(expected(1, 2, 3, 4));
    expect(await hash(new Sha256(), new DataView(buffer, 1, 2))).toBe(expected(2, 3));
    expect(await hash(new Sha256(), new Uint16Array(buffer, 2, 1))).toBe(expected(3, 4));
  });

  it.each([undefined, "secret"])(
    "gives the same for data in pieces, with the secret %s",
    async (secret) => {
      const whole = await hash(new Sha256(secret), "Hello, world");
      expect(await hash(new Sha256(secret), "Hello", ", ", "", "world")).toBe(whole);
    },
  );

  it.each([undefined, "secret"])("begins again after reset, with the secret %s", async (secret) => {
    const checksum = new Sha256(secret);
    const first = await hash(checksum, "abc");
    checksum.reset();
    checksum.update(new TextEncoder().encode("something else"));
    checksum.reset();
    expect(await hash(checksum, "abc")).toBe(first);
  });

  it("takes an empty secret for a secret", async () => {
    expect(await hash(new Sha256(""), "abc")).toBe(
      createHmac("sha256", "").update("abc").digest("hex"),
    );
  });
});

describe("Sha256 of the edge", () => {
  const data = new Uint8Array(50_000);
  const expected = createHash("sha256").update(data).digest("hex");

  it("leaves everything to node:crypto where that is there without an import", async () => {
    const digest = vi.spyOn(crypto.subtle, "digest");
    onTestFinished(() => digest.mockRestore());
    const native = vi.fn(nodeHash);
    const Sha256 = await loadWith(() => ({ hash: native }));
    native.mockClear();
    expect(await hash(new Sha256(), data)).toBe(expected);
    expect(native).toHaveBeenCalledOnce();
    expect(digest).not.toHaveBeenCalled();
  });

  const getHash = (hash: () => unknown) => ({ getBuiltinModule: () => ({ hash }) });
  it.each([
    ["there is no process", undefined],
    ["a process has no modules to give", {}],
    ["there is no node:crypto", { getBuiltinModule: () => undefined }],
    ["node:crypto is older than its hash function", { getBuiltinModule: () => ({}) }],
    [
      "what stands in for node:crypto only throws",
      getHash(() => {
        throw new Error("[unenv] crypto.hash is not implemented yet!");
      }),
    ],
    ["it gives nothing", getHash(() => undefined)],
    ["it gives a promise", getHash(async () => new Uint8Array(32))],
    [
      "it gives text",
      getHash(() => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ],
    ["it gives other bytes", getHash(() => new Uint8Array(32))],
  ])("leaves it to crypto.subtle where %s", async (_, process) => {
    const Sha256 = await loadAmong(process);
    expect(await hash(new Sha256("secret"), "abc")).toBe(
      createHmac("sha256", "secret").update("abc").digest("hex"),
    );
  });

  it("leaves it to crypto.subtle where to look for a process throws", async () => {
    vi.resetModules();
    const { Sha256 } = await import("./edge/sha256.ts");
    const process = Object.getOwnPropertyDescriptor(globalThis, "process") as PropertyDescriptor;
    const get = vi.fn(() => {
      throw new Error("there is no process");
    });
    Object.defineProperty(globalThis, "process", { configurable: true, get });
    const digest = new Sha256().digest();
    Object.defineProperty(globalThis, "process", process);
    expect(get).toHaveBeenCalledOnce();
    expect(Buffer.from(await digest).toString("hex")).toMatch(/^e3b0c442/);
  });
});

function loadWith(getBuiltinModule: (name: string) => unknown): Promise<typeof EdgeSha256> {
  return loadAmong({ getBuiltinModule });
}

/** The class as it is where the global `process` is another one, which it looks at once. */
async function loadAmong(process: unknown): Promise<typeof EdgeSha256> {
  vi.resetModules();
  const { Sha256 } = await import("./edge/sha256.ts");
  vi.stubGlobal("process", process);
  try {
    await new Sha256().digest();
    return Sha256;
  } finally {
    vi.unstubAllGlobals();
  }
}

async function hash(
  checksum: { update(data: SourceData): void; digest(): Promise<Uint8Array> },
  ...data: SourceData[]
): Promise<string> {
  for (const piece of data) checksum.update(piece);
  return Buffer.from(await checksum.digest()).toString("hex");
}

function bytes(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}
