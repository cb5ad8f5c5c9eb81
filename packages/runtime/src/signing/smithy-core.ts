import type { HttpRequest as Request } from "@smithy/types";
import { brandOf } from "../brand.ts";

// What the parts of `@smithy/signature-v4` take from `@smithy/core`: the build puts this file in the
// place of that package, whose modules gather what a whole client of the AWS SDK needs (47 kB gzip in
// Node). Most of it is in every bundle anyway. Another name in a later version fails the build.

export { toBytes as fromUtf8, toBytes as toUint8Array } from "../bytes.ts";
export { uriEncode as escapeUri } from "../endpoints/url.ts";
export { toHex } from "./hex-encoding.ts";

/** There, a class that can do more. */
export const HttpRequest = {
  clone: (request: Request): Request => ({ ...request, headers: { ...request.headers } }),
};

export function normalizeProvider<Value>(
  input: Value | (() => Promise<Value>),
): () => Promise<Value> {
  return typeof input === "function" ? (input as () => Promise<Value>) : async () => input;
}

export function hasOwn(object: object, name: string): boolean {
  return Object.hasOwn(object, name);
}

/** Gives an object a member of this name instead of another prototype. */
export function writeKey(object: object): void {
  Object.defineProperty(object, "__proto__", {
    value: undefined,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return brandOf(value) === "[object ArrayBuffer]";
}

/** Only presigned URLs and event streams need it, and nothing of them is here. */
export function fromHex(): never {
  throw new TypeError("not here");
}
