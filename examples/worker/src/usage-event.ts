/** Usage as a service of the seller reports it. */
export interface UsageEvent {
  /** Unique for each event. A service that is not sure whether an event arrived sends it again. */
  readonly id: string;
  /** The customer's id, as registration gave it. */
  readonly customer: string;
  readonly dimension: string;
  /** A whole number from 1. */
  readonly quantity: number;
}

/** The largest quantity that a usage record can carry. */
export const largestQuantity: number = 2_147_483_647;

/** Reads events as they were posted. Throws a `TypeError` that says what is wrong with which one. */
export function readUsageEvents(body: unknown): readonly UsageEvent[] {
  if (!Array.isArray(body)) throw new TypeError("the body must be an array of events");
  return body.map((event: unknown, index) => {
    const { id, customer, dimension, quantity } = Object(event) as Record<string, unknown>;
    const isText = (value: unknown): value is string =>
      typeof value === "string" && value.length > 0 && value.length <= 255;
    if (!isText(id)) throw new TypeError(`[${index}].id must be a text`);
    if (!isText(customer)) throw new TypeError(`[${index}].customer must be a text`);
    if (!isText(dimension)) throw new TypeError(`[${index}].dimension must be a text`);
    if (!isQuantity(quantity)) {
      throw new TypeError(
        `[${index}].quantity must be a whole number from 1 to ${largestQuantity}`,
      );
    }
    return { id, customer, dimension, quantity };
  });
}

function isQuantity(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largestQuantity;
}
