import { createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Product } from "./registration.ts";

/** Reads the product that the image was built for. */
export async function readProduct(folder: URL): Promise<Product> {
  const [settings, key] = await Promise.all([
    readFile(new URL("product.json", folder), "utf8"),
    readFile(new URL("public-key.pem", folder), "utf8"),
  ]);
  const { productCode, publicKeyVersion } = JSON.parse(settings) as Omit<Product, "publicKey">;
  return { productCode, publicKeyVersion, publicKey: createPublicKey(key) };
}
