import { InvalidPublicKeyVersionException } from "@pawprint/marketplace-metering";
import type { Product, ProductKey } from "./seed.ts";

/** A version of a product's key pair. */
export interface SigningKey {
  /** PEM (SubjectPublicKeyInfo), as AWS shows it to the seller. */
  readonly publicKey: string;
  readonly expiresAt: string | undefined;
  /** A JSON Web Token with these claims, signed with RSASSA-PSS and SHA-256 (PS256). */
  sign(claims: object): Promise<string>;
}

const algorithm = { name: "RSA-PSS", hash: "SHA-256" };
const keyUse = { publicExponent: Uint8Array.of(1, 0, 1), modulusLength: 2048 };

/** Where made keys are kept, so that a token can be checked after the emulator has started again. */
export interface KeyStore {
  /** PEM (PKCS #8) of the private key that was made for this id. */
  readKey(id: string): string | undefined;
  writeKey(id: string, privateKey: string): void;
}

/** The key pairs of all products. One that is not given is made when it is first needed. */
export class SigningKeys {
  readonly #store: KeyStore | undefined;
  readonly #keys = new Map<string, Promise<SigningKey>>();

  constructor(store?: KeyStore) {
    this.#store = store;
  }

  /** Throws an `InvalidPublicKeyVersionException` where the product has no such version. */
  async find(product: Product, version: number): Promise<SigningKey> {
    const { productCode, keys = [{ version: 1 }] } = product;
    const given = keys.find((key) => key.version === version);
    if (given === undefined) {
      throw new InvalidPublicKeyVersionException({
        message: `The product ${productCode} has no key of version ${version}.`,
      });
    }
    const id = JSON.stringify([productCode, version]);
    const { privateKey, expiresAt } = given;
    const place = JSON.stringify([id, privateKey, expiresAt]);
    const key = this.#keys.get(place) ?? this.#create(id, given);
    this.#keys.set(place, key);
    return key;
  }

  async #create(id: string, { privateKey, expiresAt }: ProductKey): Promise<SigningKey> {
    const pem = privateKey ?? this.#store?.readKey(id) ?? (await this.#make(id));
    const pair = await importPair(pem);
    return {
      publicKey: formatPem("PUBLIC KEY", await crypto.subtle.exportKey("spki", pair.publicKey)),
      expiresAt,
      sign: (claims) => signToken(claims, pair.privateKey),
    };
  }

  async #make(id: string): Promise<string> {
    const use = { ...algorithm, ...keyUse };
    const pair = await crypto.subtle.generateKey(use, true, ["sign", "verify"]);
    const bytes = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
    const pem = formatPem("PRIVATE KEY", bytes);
    this.#store?.writeKey(id, pem);
    return pem;
  }
}

/** Throws where a text is no private key that can sign these tokens. */
export async function checkPrivateKey(pem: string): Promise<void> {
  await importPair(pem);
}

async function importPair(pem: string): Promise<CryptoKeyPair> {
  const bytes = readPem(pem);
  const privateKey = await crypto.subtle
    .importKey("pkcs8", bytes, algorithm, true, ["sign"])
    .catch((cause: unknown) => {
      throw new TypeError("it is no RSA key in PKCS #8", { cause });
    });
  const { kty, n, e } = await crypto.subtle.exportKey("jwk", privateKey);
  const jwk = { kty, n, e } as JsonWebKey;
  const publicKey = await crypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]);
  return { privateKey, publicKey };
}

async function signToken(claims: object, key: CryptoKey): Promise<string> {
  const text = [{ alg: "PS256", typ: "JWT" }, claims]
    .map((part) => toBase64Url(new TextEncoder().encode(JSON.stringify(part))))
    .join(".");
  const signing = { name: algorithm.name, saltLength: 32 };
  const signature = await crypto.subtle.sign(signing, key, new TextEncoder().encode(text));
  return `${text}.${toBase64Url(new Uint8Array(signature))}`;
}

function readPem(pem: string): Uint8Array<ArrayBuffer> {
  const match = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem);
  if (match?.[1] === undefined) {
    throw new TypeError("it is no PEM of PKCS #8, which begins with -----BEGIN PRIVATE KEY-----");
  }
  return Uint8Array.from(atob(match[1].replace(/\s/g, "")), (character) => character.charCodeAt(0));
}

function formatPem(label: string, bytes: ArrayBuffer): string {
  const lines = toBase64(new Uint8Array(bytes)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
