import {
  DisabledApiException,
  InvalidProductCodeException,
  InvalidUsageDimensionException,
} from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";
import type { Product } from "../seed.ts";

/** The product of a code. Throws where there is none, or its API is switched off. */
export function findProduct(productCode: string, { directory }: Call): Product {
  const product = directory.products.get(productCode);
  if (product === undefined) {
    const message = `There is no product with the code ${JSON.stringify(productCode)}.`;
    throw new InvalidProductCodeException({ message });
  }
  if (product.disabled) {
    throw new DisabledApiException({ message: `The API is disabled for ${productCode}.` });
  }
  return product;
}

export function checkDimension(dimension: string, { productCode, dimensions }: Product): void {
  if (dimensions.includes(dimension)) return;
  throw new InvalidUsageDimensionException({
    message: `The product ${productCode} has no dimension ${JSON.stringify(dimension)}.`,
  });
}

/** Whether a product is metered by licence instead of by its code: the newer ones are. */
export function isMeteredByLicense({ createdOn }: Product, { rules, now }: Call): boolean {
  const first = rules.text("customer-of-newer-products", "productsCreatedFrom", now);
  return first !== undefined && createdOn >= first;
}
