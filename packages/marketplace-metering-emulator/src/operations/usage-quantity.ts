import { UnmodeledServiceError } from "@pawprint/marketplace-metering";
import type { Call } from "../call.ts";

/** The quantity that counts. Throws where it is missing or too high for the rules of that time. */
export function readQuantity(quantity: number | undefined, { rules, now }: Call): number {
  if (rules.find("usage-quantity", now) === undefined) return quantity ?? 0;
  if (quantity === undefined && rules.holds("usage-quantity", "required", now)) {
    throw refuse("The quantity is missing.");
  }
  const maximum = rules.number("usage-quantity", "maximum", now) ?? Infinity;
  if (quantity !== undefined && quantity > maximum) {
    throw refuse(`The quantity ${quantity} is above ${maximum}.`);
  }
  return quantity ?? rules.number("usage-quantity", "default", now) ?? 0;
}

function refuse(message: string): UnmodeledServiceError {
  return new UnmodeledServiceError("ValidationException", "client", { message });
}
